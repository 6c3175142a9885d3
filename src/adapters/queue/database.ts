import { join } from "node:path";
import pg from "pg";
import { type ConstructorOptions, type Db, fromPglite } from "pg-boss";
import { lockDataDirectory } from "./data-directory-lock.ts";
import { openEmbeddedPostgres } from "./embedded-postgres.ts";
import { inTurn, type Line } from "./in-turn.ts";

/** Where the server keeps its jobs: a directory of its own, or a PostgreSQL. */
export type DatabasePlace = { readonly dataDirectory: string } | { readonly url: string };

/** An open database, whichever it is. */
export interface Database {
  /** Whether it lives in this process, which then is its only user. */
  readonly isEmbedded: boolean;
  readonly bossOptions: ConstructorOptions;
  /** For statements that somebody waits for while jobs are worked at; one's own pool has room for them. */
  readonly urgent?: Db;
  /** Rows of one statement with `$1` parameters. */
  query(text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** The PostgreSQL does not answer, or does not let us in; the message says which setting that is about. */
export class DatabaseAwayError extends Error {}

/** Opens the database; throws DirectoryInUseError where another process has the directory, DatabaseAwayError where there is none. */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  return "url" in place ? openPostgres(place.url) : openEmbedded(place.dataDirectory);
}

async function openEmbedded(dataDirectory: string): Promise<Database> {
  const lock = lockDataDirectory(dataDirectory);
  try {
    const postgres = await openEmbeddedPostgres(join(dataDirectory, "postgres"));
    const [urgent, usual] = inTurn(2) as [Line, Line];
    const through = (line: Line) =>
      fromPglite({
        query: <T>(text: string, values?: unknown[]) => line(() => postgres.query<T>(text, values)),
        exec: (text) => line(() => postgres.exec(text)),
      });
    return {
      isEmbedded: true,
      bossOptions: { db: through(usual), backend: "pglite" },
      urgent: through(urgent),
      async query(text, values = []) {
        const { rows } = await usual(() =>
          postgres.query<Record<string, unknown>>(text, [...values]),
        );
        return rows;
      },
      async close() {
        await postgres.close();
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
  try {
    await pool.query("select 1");
  } catch (error) {
    await pool.end();
    const { code = "", message = "" } = error as { code?: string; message?: string };
    throw new DatabaseAwayError(
      `DATABASE_URL: the PostgreSQL there does not let us in: ${message || code}`,
    );
  }
  return {
    isEmbedded: false,
    bossOptions: { connectionString: url },
    async query(text, values = []) {
      return (await pool.query<Record<string, unknown>>(text, [...values])).rows;
    },
    close: () => pool.end(),
  };
}
