import { contextValues, defineRule, source } from "#kit";

export default defineRule({
  id: "go/context-value-as-dependency",
  group: "context",
  severity: "info",
  since: "0.1.0",
  interest: /\bWithValue\(/,
  aliases: ["context_withvalue_used_for_dependencies_or_large_payloads"],

  docs: {
    summary: "Database, client or service put into a context",
    why: "What a function needs is no longer in its signature: a caller that forgets it finds out at run time, by a nil value.",
    instead:
      "Pass it as a parameter or keep it in a struct. Contexts carry what belongs to one request.",
    bad: {
      "the database is hidden in the context": source`
        type databaseKey struct{}

        func withDatabase(ctx context.Context, db *sql.DB) context.Context {
        	return context.WithValue(ctx, databaseKey{}, db) // want "\\*database/sql.DB is passed by context"
        }
      `,
    },
    good: {
      "the store says what it needs": source`
        type Store struct{ db *sql.DB }

        func NewStore(db *sql.DB) *Store { return &Store{db: db} }
      `,
    },
    limits: [
      "Types named DB, Database, Repository, Service, Store, Pool or Client; loggers, spans and users belong to a request.",
      "Tests are left alone.",
    ],
    references: ["context: «Use context Values only for request-scoped data»"],
  },

  *check({ use }) {
    for (const { value, dependency, isTest } of use(contextValues)) {
      if (dependency === undefined || isTest) continue;
      yield {
        at: value,
        message: `${dependency} is passed by context, where no signature shows it`,
      };
    }
  },
});
