import type { Dismissal, Dismissals } from "../../review/dismissals.ts";
import type { Database } from "./database.ts";
import { createReviewLog, REVIEW_TABLE, type ReviewLog } from "./review-log.ts";
import { underLock } from "./under-lock.ts";

/** A repository, and the installation that its data is wiped with. */
export interface StoredPlace {
  readonly installation: number;
  readonly repository: number;
}

/** What outlives reviews. Of what people wrote it keeps reasons alone, and nothing of the code. */
export interface Store {
  readonly reviews: ReviewLog;
  dismissals(place: StoredPlace): Dismissals;
  /** Rules by how often somebody did not want to hear of them, the most first. */
  dismissedRules(count: number): Promise<readonly DismissedRule[]>;
  /** Deletes all that is kept about an installation, or about some of its repositories, its jobs included. */
  wipe(installation: number, repositories?: readonly number[]): Promise<void>;
}

export interface DismissedRule {
  readonly rule: string;
  readonly count: number;
}

/** One statement each: an embedded database takes no more at a time. Applied again, they change nothing. */
const SCHEMA = [
  "create schema if not exists chokepoint",
  `create table if not exists chokepoint.dismissal (
    installation bigint not null, repository bigint not null, pull bigint not null, kind text not null, key text not null,
    reason text not null, author text not null, at timestamptz not null default now(),
    primary key (repository, pull, kind, key))`,
  `create table if not exists chokepoint.pause (
    installation bigint not null, repository bigint not null, pull bigint not null, primary key (repository, pull))`,
  "alter table chokepoint.dismissal add column if not exists rule text",
  ...REVIEW_TABLE,
];
/** A number of our own, under which one of several processes makes the tables. */
const SCHEMA_LOCK = 7_241_300;

/** Opens the store in the queue's database, making its tables. */
export async function openStore(database: Database): Promise<Store> {
  const { query } = database;
  if (database.isEmbedded) for (const statement of SCHEMA) await query(statement);
  else await query(underLock(SCHEMA_LOCK, SCHEMA));
  return {
    reviews: createReviewLog(database),
    dismissals: (place) => dismissalsOf(database, place),
    async dismissedRules(count) {
      const rows = await query(
        `select rule, count(*)::int as count from chokepoint.dismissal where rule is not null
         group by rule order by count(*) desc, rule limit $1`,
        [count],
      );
      return rows.map((row) => ({ rule: String(row["rule"]), count: Number(row["count"]) }));
    },
    async wipe(installation, repositories) {
      const here = "installation = $1 and ($2::bigint[] is null or repository = any($2))";
      const values = [installation, repositories ?? null];
      for (const table of ["dismissal", "pause", "review"])
        await query(`delete from chokepoint.${table} where ${here}`, values);
      await query(
        `delete from pgboss.job where (data->>'installation')::bigint = $1 and state <> 'active'
         and ($2::bigint[] is null or (data->>'repository')::bigint = any($2))`,
        values,
      );
    },
  };
}

function dismissalsOf({ query }: Database, { installation, repository }: StoredPlace): Dismissals {
  return {
    async dismiss(pull, dismissals) {
      for (const { kind, key, rule, reason, author } of dismissals)
        await query(
          `insert into chokepoint.dismissal (installation, repository, pull, kind, key, rule, reason, author)
           values ($1, $2, $3, $4, $5, $6, $7, $8)
           on conflict (repository, pull, kind, key) do update set reason = excluded.reason, author = excluded.author`,
          [installation, repository, pull, kind, key, rule ?? null, reason, author],
        );
    },
    async undo(pull, which) {
      if (which === "all") {
        const rows = await query(
          "delete from chokepoint.dismissal where repository = $1 and pull = $2 and kind in ('finding', 'rule') returning key",
          [repository, pull],
        );
        return rows.length;
      }
      let count = 0;
      for (const { kind, key } of which) {
        const rows = await query(
          "delete from chokepoint.dismissal where repository = $1 and kind = $2 and key = $3 and (kind <> 'rule' or pull = $4) returning key",
          [repository, kind, key, pull],
        );
        count += rows.length;
      }
      return count;
    },
    async list(pull) {
      const rows = await query(
        "select kind, key, reason, author from chokepoint.dismissal where repository = $1 and (pull = $2 or kind <> 'rule') order by at",
        [repository, pull],
      );
      return rows.map(
        (row): Dismissal => ({
          kind: row["kind"] as Dismissal["kind"],
          key: String(row["key"]),
          reason: String(row["reason"]),
          author: String(row["author"]),
        }),
      );
    },
    async pause(pull, isPaused) {
      await query(
        isPaused
          ? "insert into chokepoint.pause (installation, repository, pull) values ($3, $1, $2) on conflict do nothing"
          : "delete from chokepoint.pause where repository = $1 and pull = $2 and installation = $3",
        [repository, pull, installation],
      );
    },
    async isPaused(pull) {
      const rows = await query(
        "select 1 from chokepoint.pause where repository = $1 and pull = $2",
        [repository, pull],
      );
      return rows.length > 0;
    },
  };
}
