import type { Database } from "./database.ts";
import type { ReviewRequest } from "./review-queue.ts";

/** How a review ended: a word, and two numbers. */
export interface LoggedEnd {
  readonly outcome: string;
  readonly findings?: number;
  readonly comments?: number;
}

export interface LoggedReview extends Pick<ReviewRequest, "owner" | "name" | "pull"> {
  /** Undefined while it runs; `queued` before, and `announcing` while that is told. */
  readonly outcome: string | undefined;
  readonly findings: number;
  readonly comments: number;
  readonly started: Date;
  /** Undefined where it has not ended. */
  readonly seconds: number | undefined;
}

export interface StuckReview extends ReviewRequest {
  readonly id: string;
}

export interface ReviewTotal {
  readonly outcome: string;
  readonly count: number;
  readonly seconds: number;
}

/** Reviews of the last days, by number: what an operator looks at, and what a crash leaves behind. */
export interface ReviewLog {
  /**
   * A commit waits for its review, and its check is about to say so. Answers the entry's id: no review settles it before
   * `announced` or `withdraw`, so that where we end in between a check that came to be is known, and closed as a stuck one.
   */
  announce(request: ReviewRequest): Promise<string>;
  /** The check is there, or may be: the next review settles it. */
  announced(id: string): Promise<void>;
  /** There is none. */
  withdraw(id: string): Promise<void>;
  /** A commit is looked at. Answers the entry's id. */
  begin(request: ReviewRequest, head: string): Promise<string>;
  /** Other commits of the pull request whose review never ended: one review of a pull request runs at a time. */
  abandoned(request: ReviewRequest, head: string): Promise<readonly string[]>;
  /** Those are settled, and earlier ones of the commit that the entry `under` is about. */
  settle(request: ReviewRequest, under?: string): Promise<void>;
  end(id: string, end: LoggedEnd): Promise<void>;
  /** It came to no end, and is tried again: its check is open, and another commit may be the next. */
  fail(id: string): Promise<void>;
  /** Reviews that began so many minutes ago, have not ended, and that no job is about any more. */
  stuck(minutes: number): Promise<readonly StuckReview[]>;
  /** Such a one is settled. */
  giveUp(id: string): Promise<void>;
  /** Deletes what is older than eight days. */
  forgetOld(): Promise<void>;
  /** How reviews of the last days ended, and how long they took together. */
  totals(): Promise<readonly ReviewTotal[]>;
  /** The newest first. */
  recent(count: number): Promise<readonly LoggedReview[]>;
}

/** The table, and what finds those that are under way and those that are old among thousands. */
export const REVIEW_TABLE: readonly string[] = [
  `create table if not exists chokepoint.review (
    id uuid primary key default gen_random_uuid(), installation bigint not null, repository bigint not null, owner text not null,
    name text not null, pull bigint not null, head text not null, outcome text, findings int not null default 0,
    comments int not null default 0, started timestamptz not null default now(), ended timestamptz)`,
  "create index if not exists review_unended on chokepoint.review (repository, pull) where ended is null",
  "create index if not exists review_started on chokepoint.review (started)",
];

export function createReviewLog({ query }: Pick<Database, "query">): ReviewLog {
  const unended = "repository = $1 and pull = $2 and ended is null";
  return {
    async announce({ installation, repository, owner, name, pull, head }) {
      const [row] = await query(
        `insert into chokepoint.review (installation, repository, owner, name, pull, head, outcome)
         values ($1, $2, $3, $4, $5, $6, 'announcing') returning id`,
        [installation, repository, owner, name, pull, head],
      );
      return String(row?.["id"]);
    },
    async announced(id) {
      await query("update chokepoint.review set outcome = 'queued' where id = $1", [id]);
    },
    async withdraw(id) {
      await query("delete from chokepoint.review where id = $1", [id]);
    },
    async begin({ installation, repository, owner, name, pull }, head) {
      const [row] = await query(
        `insert into chokepoint.review (installation, repository, owner, name, pull, head) values ($1, $2, $3, $4, $5, $6)
         returning id`,
        [installation, repository, owner, name, pull, head],
      );
      return String(row?.["id"]);
    },
    async abandoned({ repository, pull }, head) {
      const rows = await query(
        `select distinct head from chokepoint.review where ${unended} and head <> $3`,
        [repository, pull, head],
      );
      return rows.map((row) => String(row["head"]));
    },
    async settle({ repository, pull }, under) {
      await query(`delete from chokepoint.review where ${unended} and outcome = 'queued'`, [
        repository,
        pull,
      ]);
      await query(
        `update chokepoint.review set ended = now(), outcome = coalesce(outcome, 'cut off')
         where ${unended} and outcome is distinct from 'announcing' and ($3::uuid is null or id <> $3)`,
        [repository, pull, under ?? null],
      );
    },
    async end(id, { outcome, findings = 0, comments = 0 }) {
      await query(
        "update chokepoint.review set ended = now(), outcome = $2, findings = $3, comments = $4 where id = $1",
        [id, outcome, findings, comments],
      );
    },
    async fail(id) {
      await query("update chokepoint.review set outcome = 'failed' where id = $1", [id]);
    },
    async stuck(minutes) {
      const rows = await query(
        `select id, installation, repository, owner, name, pull, head from chokepoint.review as review
         where ended is null and started < now() - $1 * interval '1 minute' and not exists (
           select 1 from pgboss.job where job.name = 'reviews' and state in ('created', 'retry', 'active')
           and data->>'repository' = review.repository::text and data->>'pull' = review.pull::text)`,
        [minutes],
      );
      return rows.map((row) => ({
        id: String(row["id"]),
        installation: Number(row["installation"]),
        repository: Number(row["repository"]),
        owner: String(row["owner"]),
        name: String(row["name"]),
        pull: Number(row["pull"]),
        head: String(row["head"]),
      }));
    },
    async giveUp(id) {
      await query(
        `update chokepoint.review set ended = now(),
         outcome = case when outcome is null or outcome in ('queued', 'announcing') then 'cut off' else outcome end where id = $1`,
        [id],
      );
    },
    async forgetOld() {
      await query("delete from chokepoint.review where started < now() - interval '8 days'");
    },
    async totals() {
      const rows = await query(
        `select outcome, count(*)::int as count, coalesce(sum(extract(epoch from ended - started)), 0) as seconds
         from chokepoint.review where ended is not null group by outcome order by outcome`,
      );
      return rows.map((row) => ({
        outcome: String(row["outcome"]),
        count: Number(row["count"]),
        seconds: Number(row["seconds"]),
      }));
    },
    async recent(count) {
      const rows = await query(
        `select *, extract(epoch from ended - started) as seconds from chokepoint.review order by started desc limit $1`,
        [count],
      );
      return rows.map((row) => ({
        owner: String(row["owner"]),
        name: String(row["name"]),
        pull: Number(row["pull"]),
        outcome: row["outcome"] === null ? undefined : String(row["outcome"]),
        findings: Number(row["findings"]),
        comments: Number(row["comments"]),
        started: new Date(row["started"] as Date),
        seconds: row["seconds"] === null ? undefined : Number(row["seconds"]),
      }));
    },
  };
}
