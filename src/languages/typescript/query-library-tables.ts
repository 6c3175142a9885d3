/** Drivers of Drizzle whose queries are promises. */
const DRIZZLE = [
  "d1",
  "libsql",
  "mysql2",
  "neon-http",
  "neon-serverless",
  "node-postgres",
  "pglite",
  "planetscale-serverless",
  "postgres-js",
  "vercel-postgres",
]
  .map((driver) => `drizzle-orm/${driver}:{drizzle} = drizzle-orm:Database`)
  .join("\n");

const MONGOOSE_MODEL =
  "bulkSave bulkWrite countDocuments create createCollection deleteMany deleteOne distinct ensureIndexes estimatedDocumentCount exists findByIdAndDelete findByIdAndUpdate findOneAndDelete findOneAndReplace findOneAndUpdate insertMany replaceOne syncIndexes updateMany updateOne";

/**
 * What query builders and object mappers yield, in the form of the table of the platform. Most of their queries are sent when
 * somebody awaits them, so that one that is dropped has never run. What only adds to a query is no promise here: it changes the
 * query that it is called on.
 */
export const QUERY_LIBRARY_CALLS = `
knex:{default knex} = knex:Knex
knex:{Knex} = knex:Builder
knex:Knex.{table from} = knex:Builder
knex:Knex.{raw destroy} = Promise & knex:Builder
knex:{Knex.transaction} = Promise
knex:Knex.schema.{createTable alterTable dropTable dropTableIfExists createTableIfNotExists hasTable hasColumn renameTable raw} = Promise & knex:Schema
knex:Knex.migrate.{latest up down rollback make currentVersion} = Promise
knex:Knex.seed.{run} = Promise
knex:Builder.{where andWhere orWhere whereIn whereNot whereNull whereNotNull whereRaw join innerJoin leftJoin select from orderBy limit offset transacting forUpdate} = knex:Builder
knex:Builder.{insert update del delete truncate increment decrement first pluck count} = Promise & knex:Builder
kysely:Kysely.{selectFrom insertInto updateTable deleteFrom replaceInto} = kysely:Builder
kysely:Transaction.{selectFrom insertInto updateTable deleteFrom replaceInto} = kysely:Builder
kysely:Kysely.{destroy} = Promise
kysely:Builder.{values set where select selectAll innerJoin leftJoin orderBy groupBy limit offset returning returningAll onConflict forUpdate} = kysely:Builder
kysely:Builder.{execute executeTakeFirst executeTakeFirstOrThrow} = Promise
${DRIZZLE}
drizzle-orm:Database.{insert} = drizzle-orm:Insert
drizzle-orm:Database.{update} = drizzle-orm:Update
drizzle-orm:Database.{delete} = drizzle-orm:Delete
drizzle-orm:Database.{transaction execute} = Promise
drizzle-orm:Insert.{values} = Promise & drizzle-orm:Sent
drizzle-orm:Update.{set} = drizzle-orm:UpdateSet
drizzle-orm:{UpdateSet.where Delete.where} = Promise & drizzle-orm:Sent
@prisma/client:PrismaClient.{$connect $disconnect $transaction $queryRaw $queryRawUnsafe $executeRaw $executeRawUnsafe} = Promise
@prisma/client:PrismaClient.*.{create createMany createManyAndReturn update updateMany updateManyAndReturn upsert delete deleteMany findUnique findUniqueOrThrow findFirst findFirstOrThrow findMany count aggregate groupBy} = Promise & @prisma/client:Sent
mongoose:{connect disconnect default.connect default.disconnect} = Promise
mongoose:{connection.close connection.dropDatabase default.connection.close default.connection.dropDatabase} = Promise
mongoose:{model default.model} = mongoose:Model
mongoose:Model.{${MONGOOSE_MODEL}} = Promise & mongoose:Query
@supabase/supabase-js:{createClient} = @supabase/supabase-js:SupabaseClient
@supabase/supabase-js:SupabaseClient.{from} = @supabase/supabase-js:Table
@supabase/supabase-js:SupabaseClient.{rpc removeChannel} = Promise
@supabase/supabase-js:SupabaseClient.auth.{signUp signInWithPassword signInWithOAuth signInWithOtp signOut getUser getSession updateUser refreshSession resetPasswordForEmail} = Promise
@supabase/supabase-js:Table.{insert upsert} = Promise & @supabase/supabase-js:Filter
@supabase/supabase-js:Table.{update delete} = @supabase/supabase-js:Filter
@supabase/supabase-js:Filter.{eq neq in match is} = Promise & @supabase/supabase-js:Filter
firebase/firestore:{addDoc setDoc updateDoc deleteDoc getDoc getDocs runTransaction} = Promise
firebase/auth:{signInWithEmailAndPassword createUserWithEmailAndPassword signInWithPopup signInAnonymously signOut sendPasswordResetEmail updateProfile deleteUser} = Promise
`;
