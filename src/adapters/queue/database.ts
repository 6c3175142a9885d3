import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { type ConstructorOptions, fromPglite } from "pg-boss";
import { lockDataDirectory } from "./data-directory-lock.ts";
import { inTurn } from "./in-turn.ts";

/** Where the server keeps its jobs: a directory of its own, or a PostgreSQL. */
export type DatabasePlace = { readonly dataDirectory: string } | { readonly url: string };

/** An open database, whichever it is. */
export interface Database {
  /** Whether it lives in this process, which then is its only user. */
  readonly isEmbedded: boolean;
  readonly bossOptions: ConstructorOptions;
  /** Rows of one statement with `$1` parameters. */
  query(text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Opens the database; throws DirectoryInUseError where another process has the directory. */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  return "url" in place ? openPostgres(place.url) : openEmbedded(place.dataDirectory);
}

async function openEmbedded(dataDirectory: string): Promise<Database> {
  const lock = lockDataDirectory(dataDirectory);
  try {
    const pglite = await PGlite.create(join(dataDirectory, "postgres"));
    const queue = inTurn();
    const db = fromPglite({
      query: (text, values) => queue(() => pglite.query(text, values)),
      exec: (text) => queue(() => pglite.exec(text)),
    });
    return {
      isEmbedded: true,
      bossOptions: { db, backend: "pglite" },
      async query(text, values = []) {
        const { rows } = await queue(() =>
          pglite.query<Record<string, unknown>>(text, [...values]),
        );
        return rows;
      },
      async close() {
        await pglite.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openPostgres(url: string): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  // An idle connection that breaks is replaced by the next query; without a listener it would end the process.
  pool.on("error", () => undefined);
  await pool.query("select 1");
  return {
    isEmbedded: false,
    bossOptions: { connectionString: url },
    async query(text, values = []) {
      return (await pool.query<Record<string, unknown>>(text, [...values])).rows;
    },
    close: () => pool.end(),
  };
}
