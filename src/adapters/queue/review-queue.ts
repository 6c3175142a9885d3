import { createHash } from "node:crypto";
import { type JobResult, PgBoss } from "pg-boss";
import { limitClaims } from "./claim-limit.ts";
import type { Database } from "./database.ts";
import { together } from "./together.ts";

/** Work that a delivery asks for. Ids and names alone: nothing of what people wrote is kept. */
export interface ReviewRequest {
  readonly installation: number;
  readonly repository: number;
  readonly owner: string;
  readonly name: string;
  readonly pull: number;
  /** The commit that the delivery spoke of; the newest one is reviewed, whatever it says. */
  readonly head: string;
}

export interface QueueCounts {
  readonly waiting: number;
  readonly active: number;
  readonly failed: number;
}

export type QueueStatus = Readonly<Record<"deliveries" | "reviews" | "dead", QueueCounts>>;

/** A review that was tried often enough. */
export interface DeadReview extends Pick<ReviewRequest, "owner" | "name" | "pull"> {
  readonly id: string;
  readonly at: Date;
  readonly why: string;
}

/** Jobs that outlive the process: each accepted delivery is worked on at least once, each pull request by one at a time. */
export interface ReviewQueue<Task extends object> {
  /** Writes a delivery down before it is answered. False: it is known already, and done or under way. */
  accept(deliveryId: string, task: Task): Promise<boolean>;
  /** Asks for a review, now or after some seconds; of several that wait for one pull request the newest stays. */
  request(review: ReviewRequest, when?: { readonly after: number }): Promise<void>;
  /** Whether a review of this head waits, and none of its pull request runs. */
  isWaiting(review: ReviewRequest): Promise<boolean>;
  /** Starts workers. A handler that throws is tried again with growing pauses, and given up after about an hour. */
  work(handlers: Handlers<Task>, options?: WorkerOptions): Promise<void>;
  status(): Promise<QueueStatus>;
  /** When the last delivery was taken; undefined where none was in the last days. */
  lastDelivery(): Promise<Date | undefined>;
  /** How many commands somebody has given in the last hour. */
  commandsOf(author: string): Promise<number>;
  /** Reviews that were given up, the newest first. */
  dead(count: number): Promise<readonly DeadReview[]>;
  /** Puts a dead review back into the queue, or all of them and the deliveries that were given up; answers how many. */
  redrive(id?: string): Promise<number>;
  /** The same for those that have rested for long enough; forgets those whose pull request was reviewed by another. */
  revive(): Promise<number>;
  /** Takes no more jobs, and waits for those under way, 25 s by default; what is not finished then is handed back. */
  stop(milliseconds?: number): Promise<void>;
}

interface Handlers<Task> {
  delivery(task: Task): Promise<void>;
  review(request: ReviewRequest, isLastTry: boolean): Promise<void>;
}

interface WorkerOptions {
  /** Reviews at the same time in this process; 2 by default. */
  readonly concurrency?: number;
}

const DELIVERIES = "deliveries";
const REVIEWS = "reviews";
const DEAD = "reviews-dead";
const WARM_UP = "warm-up";

/** GitHub sends a delivery again for three days; known ones are kept longer. */
const KEPT_SECONDS = 8 * 24 * 3600;
/** Twelve more tries take about 50 minutes: an hour in which GitHub is away, or we are killed again and again, loses nothing. */
const RETRIES = { retryLimit: 12, retryDelay: 2, retryBackoff: true, retryDelayMax: 600 };
/** What was given up rests for so many hours, twice as long after each time, and is tried anew so often: more than a day. */
const REST_HOURS = 1;
const MOST_TIMES = 5;
/**
 * How often jobs of processes that have died are looked for: they hold their installation's places meanwhile. An embedded
 * database has no other processes.
 */
const LOOK_SECONDS = { shared: 10, embedded: 60 };
/** Deliveries that are written with one statement. */
const MOST_TOGETHER = 200;
/** Of one installation's reviews, how many run at a time, whoever runs them. */
const PER_INSTALLATION = 2;
/** Of why something failed. Characters. */
const LONGEST_REASON = 300;

export interface QueueOptions {
  /** Looks on: what another process works at stays its own. */
  readonly isVisitor?: boolean;
}

/** Opens the queues in a database, making what is not there. `onError` hears of what goes wrong between jobs. */
export async function openReviewQueue<Task extends object>(
  database: Database,
  onError: (error: Error) => void,
  { isVisitor = false }: QueueOptions = {},
): Promise<ReviewQueue<Task>> {
  const seconds = LOOK_SECONDS[database.isEmbedded ? "embedded" : "shared"];
  const boss = new PgBoss({
    ...database.bossOptions,
    superviseIntervalSeconds: seconds,
    monitorIntervalSeconds: seconds,
  });
  boss.on("error", onError);
  await boss.start();
  await makeQueues(boss);
  if (!database.isEmbedded && !isVisitor) await limitClaims(database, REVIEWS, PER_INSTALLATION);
  if (database.isEmbedded && !isVisitor) await handBackOrphans(boss, database);
  if (!database.isEmbedded && !isVisitor) await boss.supervise();
  if (!isVisitor) await warmUp(boss);
  return new BossQueue<Task>(boss, database);
}

async function makeQueues(boss: PgBoss): Promise<void> {
  await boss.createQueue(DELIVERIES, {
    ...RETRIES,
    expireInSeconds: 60,
    heartbeatSeconds: 10,
    deleteAfterSeconds: KEPT_SECONDS,
  });
  const kept = { retentionSeconds: KEPT_SECONDS, deleteAfterSeconds: KEPT_SECONDS };
  await boss.createQueue(DEAD, kept);
  await boss.createQueue(REVIEWS, {
    ...RETRIES,
    // One that runs and one that waits for each pull request.
    policy: "stately",
    deadLetter: DEAD,
    expireInSeconds: 15 * 60,
    heartbeatSeconds: 10,
    deleteAfterSeconds: KEPT_SECONDS,
  });
}

/** An embedded database has one user: what is active when it opens belongs to a process that has died. */
async function handBackOrphans(boss: PgBoss, { query }: Database): Promise<void> {
  for (const queue of [DELIVERIES, REVIEWS]) {
    const text = "select id from pgboss.job where name = $1 and state = 'active'";
    const orphans = (await query(text, [queue])).map(({ id }) => String(id));
    if (orphans.length > 0) await boss.fail(queue, orphans, { reason: "the server stopped" });
  }
}

/** The first statements of a process take twenty times as long as those that follow. Nobody shall wait for them. */
async function warmUp(boss: PgBoss): Promise<void> {
  await boss.createQueue(WARM_UP);
  for (let round = 0; round < 5; round++) await boss.insert(WARM_UP, [{ data: {} }]);
  await boss.deleteAllJobs(WARM_UP);
}

interface Delivery<Task> {
  readonly id: string;
  readonly task: Task;
}

class BossQueue<Task extends object> implements ReviewQueue<Task> {
  readonly #boss: PgBoss;
  readonly #database: Database;

  readonly #keep: (delivery: Delivery<Task>) => Promise<boolean>;
  readonly #ask: (review: ReviewRequest) => Promise<void>;

  constructor(boss: PgBoss, database: Database) {
    this.#boss = boss;
    this.#database = database;
    this.#keep = together((deliveries) => this.#insert(deliveries), MOST_TOGETHER);
    this.#ask = together((reviews) => this.#upsertNewest(reviews), MOST_TOGETHER);
  }

  async accept(deliveryId: string, task: Task): Promise<boolean> {
    const id = asUuid(deliveryId);
    if (await this.#keep({ id, task })) return true;
    const [known] = await this.#boss.findJobs(DELIVERIES, { id });
    if (known?.state !== "failed") return false;
    // A person who asks GitHub to deliver again wants it done.
    await this.#boss.retry(DELIVERIES, id);
    return true;
  }

  /** Which of them were not known. */
  async #insert(deliveries: readonly Delivery<Task>[]): Promise<boolean[]> {
    const jobs = new Map(deliveries.map(({ id, task }) => [id, { id, data: task }]));
    const { urgent } = this.#database;
    const options = { returnId: true, ...(urgent && { db: urgent }) } as const;
    const made = await this.#boss.insert(DELIVERIES, [...jobs.values()], options);
    const news = new Set(made);
    // Of two with one id the first is new.
    return deliveries.map(({ id }) => news.delete(id));
  }

  request(review: ReviewRequest, when?: { readonly after: number }): Promise<void> {
    return when ? this.#upsert(review, when) : this.#ask(review);
  }

  /** Several requests for one pull request are one. */
  async #upsertNewest(reviews: readonly ReviewRequest[]): Promise<undefined[]> {
    const newest = new Map(reviews.map((review) => [keyOf(review), review]));
    for (const review of newest.values()) await this.#upsert(review);
    return reviews.map(() => undefined);
  }

  async #upsert(review: ReviewRequest, when?: { readonly after: number }): Promise<void> {
    await this.#boss.upsert(REVIEWS, review, {
      singletonKey: keyOf(review),
      group: { id: String(review.installation) },
      ...(when && { startAfter: when.after }),
    });
  }

  async isWaiting(review: ReviewRequest): Promise<boolean> {
    const rows = await this.#database.query(
      `select state::text as state, data->>'head' as head from pgboss.job
       where name = $1 and singleton_key = $2 and state in ('created', 'retry', 'active')`,
      [REVIEWS, keyOf(review)],
    );
    const isActive = rows.some((row) => row["state"] === "active");
    return !isActive && rows.some((row) => row["head"] === review.head);
  }

  async work(handlers: Handlers<Task>, { concurrency = 2 }: WorkerOptions = {}): Promise<void> {
    const burst = {
      pollingIntervalSeconds: 0.5,
      // Most only pass a review on: a full batch is followed by the next at once.
      batchSize: 32,
      burstWhenBatchFull: true,
      perJobResults: true,
    } as const;
    await this.#boss.work<Task, void, typeof burst>(DELIVERIES, burst, (jobs) =>
      Promise.all(jobs.map(({ id, data }) => resultOf(id, handlers.delivery(data)))),
    );
    const options = {
      pollingIntervalSeconds: 0.5,
      localConcurrency: concurrency,
      groupConcurrency: PER_INSTALLATION,
      includeMetadata: true,
    } as const;
    await this.#boss.work<ReviewRequest, void, typeof options>(REVIEWS, options, async ([job]) => {
      if (job)
        await handlers.review(job.data, job.retryCount >= job.retryLimit).catch((error) => {
          throw new Error(reasonOf(error));
        });
    });
  }

  async status(): Promise<QueueStatus> {
    const rows = await this.#database.query(
      "select name, state::text as state, count(*)::int as count from pgboss.job where name = any($1) group by 1, 2",
      [[DELIVERIES, REVIEWS, DEAD]],
    );
    const count = (name: string, ...states: string[]) =>
      rows
        .filter((row) => row["name"] === name && states.includes(String(row["state"])))
        .reduce((sum, row) => sum + Number(row["count"]), 0);
    const counts = (name: string) => ({
      waiting: count(name, "created", "retry"),
      active: count(name, "active"),
      failed: count(name, "failed"),
    });
    return { deliveries: counts(DELIVERIES), reviews: counts(REVIEWS), dead: counts(DEAD) };
  }

  async lastDelivery(): Promise<Date | undefined> {
    const [row] = await this.#database.query(
      "select max(created_on) as at from pgboss.job where name = $1",
      [DELIVERIES],
    );
    const at = row?.["at"];
    return at ? new Date(at as Date) : undefined;
  }

  async commandsOf(author: string): Promise<number> {
    const [row] = await this.#database.query(
      `select count(*)::int as count from pgboss.job where name = $1 and created_on > now() - interval '1 hour'
       and data->>'kind' = 'command' and data->>'author' = $2`,
      [DELIVERIES, author],
    );
    return Number(row?.["count"] ?? 0);
  }

  async dead(count: number): Promise<readonly DeadReview[]> {
    const rows = await this.#database.query(
      `select id, created_on as at, data, coalesce(source_output->>'message', source_output->>'reason', '') as why
       from pgboss.job where name = $1 and state in ('created', 'retry') order by created_on desc limit $2`,
      [DEAD, count],
    );
    return rows.map((row) => {
      const { owner, name, pull } = row["data"] as ReviewRequest;
      const at = new Date(row["at"] as Date);
      return { id: String(row["id"]), at, why: String(row["why"]), owner, name, pull };
    });
  }

  async redrive(id?: string): Promise<number> {
    if (id !== undefined) return this.#boss.redrive(DEAD, { ids: [id] });
    const rows = await this.#database.query(
      "select id from pgboss.job where name = $1 and state = 'failed'",
      [DELIVERIES],
    );
    const deliveries = rows.map((row) => String(row["id"]));
    if (deliveries.length > 0) await this.#boss.retry(DELIVERIES, deliveries);
    return deliveries.length + (await this.#boss.redrive(DEAD, {}));
  }

  async revive(): Promise<number> {
    const rows = await this.#database.query(
      `select id, is_moot, least(times, 16) as times, created_on < now() - $3 * power(2, least(times, 16) - 1) * interval '1 hour' as is_rested
       from (
         select dead.id, dead.created_on,
           exists (select 1 from pgboss.job as other where other.name = $2 and other.singleton_key = dead.singleton_key
             and (other.state in ('created', 'retry', 'active') or other.state = 'completed' and other.completed_on > dead.created_on)) as is_moot,
           (select count(*)::int from pgboss.job as failed where failed.name = $2 and failed.state = 'failed'
             and dead.source_root_id in (failed.id, failed.source_root_id)) as times
         from pgboss.job as dead where dead.name = $1 and dead.state = 'created') as dead`,
      [DEAD, REVIEWS, REST_HOURS],
    );
    const ids = (which: (row: Record<string, unknown>) => boolean) =>
      rows.filter(which).map(({ id }) => String(id));
    const moot = ids((row) => row["is_moot"] === true);
    if (moot.length > 0) await this.#boss.deleteJob(DEAD, moot);
    const due = ids(
      (row) => !row["is_moot"] && row["is_rested"] === true && Number(row["times"]) <= MOST_TIMES,
    );
    return due.length > 0 ? this.#boss.redrive(DEAD, { ids: due }) : 0;
  }

  async stop(milliseconds = 25_000): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: milliseconds, close: true });
    await this.#database.close();
  }
}

function keyOf({ repository, pull }: ReviewRequest): string {
  return `${repository}#${pull}`;
}

/** One job of a batch fails alone. */
async function resultOf(id: string, work: Promise<void>): Promise<JobResult> {
  try {
    await work;
    return { id, status: "completed" };
  } catch (error) {
    return { id, status: "failed", output: { message: reasonOf(error) } };
  }
}

/** Of a failure its words alone are kept: on those of GitHub's libraries hangs the request, with what we say about the code. */
function reasonOf(error: unknown): string {
  return String(error).slice(0, LONGEST_REASON);
}

/** Delivery ids are UUIDs, as job ids must be; whatever else somebody sends becomes one. */
function asUuid(deliveryId: string): string {
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(deliveryId)) return deliveryId.toLowerCase();
  const hash = createHash("sha256").update(deliveryId).digest("hex");
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}
