import { Octokit } from "@octokit/rest";
import { ComeBackLater } from "../../review/ports.ts";

export interface ClientOptions {
  readonly token: string;
  /** Of the REST API, without a slash at the end. */
  readonly apiUrl: string;
  /** Shared by the clients of one installation. */
  readonly pacer: Pacer;
}

/** Lets writes follow each other with a pause. */
export type Pacer = <T>(write: () => Promise<T>) => Promise<T>;

export type Client = Octokit;

/** What a failed read may be tried again; a write never is: nobody knows whether it was done. */
const TRIES = 3;
/** Milliseconds between two writes: GitHub's advice. */
const PACE = 1_000;
/** Where GitHub says no time. Seconds. */
const STANDARD_WAIT = 60;

const quiet = () => undefined;
const SILENT = { debug: quiet, info: quiet, warn: quiet, error: quiet };

/**
 * GitHub's API with a token: reads are tried again, writes follow each other with a pause and are never repeated, and a rate
 * limit is thrown as ComeBackLater: who waits lets go of the worker.
 */
export function openClient({ token, apiUrl, pacer }: ClientOptions): Client {
  const octokit = new Octokit({ auth: token, baseUrl: apiUrl, log: SILENT });
  octokit.hook.wrap("request", async (request, options) => {
    const isRead = options.method === "GET" || isQuery(options);
    try {
      if (!isRead) return await pacer(async () => request(options));
      return await tried(async () => request(options));
    } catch (error) {
      throw rateLimitOf(error) ?? error;
    }
  });
  return octokit;
}

/** One write at a time. */
export function createPacer(pace: number = PACE): Pacer {
  let last: Promise<unknown> = Promise.resolve();
  let next = 0;
  return (write) => {
    const turn = last.then(async () => {
      await pause(next - Date.now());
      try {
        return await write();
      } finally {
        next = Date.now() + pace;
      }
    });
    last = turn.catch(() => undefined);
    return turn;
  };
}

/** GraphQL reads are POSTs as well. */
function isQuery({ url, query }: { readonly url: string; readonly query?: unknown }): boolean {
  return url.endsWith("/graphql") && typeof query === "string" && /^\s*query\b/.test(query);
}

async function tried<T>(read: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await read();
    } catch (error) {
      const status = statusOf(error);
      const isPassing = status === undefined || status >= 500;
      if (!isPassing || tries >= TRIES) throw error;
      await pause(100 * tries * tries);
    }
  }
}

/** The status of GitHub's answer; undefined where there was none. */
export function statusOf(error: unknown): number | undefined {
  const { status, response } = (error ?? {}) as { status?: unknown; response?: unknown };
  // A connection that broke is told as a 500 without an answer.
  return typeof status === "number" && response !== undefined ? status : undefined;
}

function rateLimitOf(error: unknown): ComeBackLater | undefined {
  const status = statusOf(error);
  if (status !== 403 && status !== 429) return undefined;
  const { response } = error as { response: { headers: Record<string, string | undefined> } };
  const { headers } = response;
  const wait = Number(headers["retry-after"]);
  if (wait > 0) return new ComeBackLater(Math.ceil(wait));
  if (headers["x-ratelimit-remaining"] === "0") {
    const reset = Number(headers["x-ratelimit-reset"]) - Date.now() / 1000;
    return new ComeBackLater(reset > 0 ? Math.ceil(reset) + 1 : STANDARD_WAIT);
  }
  if (status === 429 || /secondary rate limit/i.test(String(error)))
    return new ComeBackLater(STANDARD_WAIT);
  return undefined;
}

function pause(milliseconds: number): Promise<void> {
  return milliseconds > 0
    ? new Promise((resolve) => setTimeout(resolve, milliseconds))
    : Promise.resolve();
}
