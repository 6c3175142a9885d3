import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { createPacer, openClient } from "../../../src/adapters/github/client.ts";
import { ComeBackLater } from "../../../src/review/ports.ts";

interface Refusal {
  readonly status: number;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A client of a server that refuses so often, and then answers; what it was asked. */
async function refused(refusal: Refusal, times: number) {
  let left = times;
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.method ?? "");
    const { status, message = "no", headers } = left-- > 0 ? refusal : { status: 200, headers: {} };
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify({ message }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = openClient({ token: "t", apiUrl, pacer: createPacer(0) });
  const read = () => client.rest.pulls.get({ owner: "octo", repo: "hub", pull_number: 1 });
  const write = () =>
    client.rest.issues.createComment({ owner: "octo", repo: "hub", issue_number: 1, body: "b" });
  return { asked, read, write };
}

const secondsOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (error: unknown) => (error instanceof ComeBackLater ? error.seconds : String(error)),
  );

const inTenSeconds = () => String(Math.floor(Date.now() / 1000) + 10);

describe("GitHub's API", () => {
  it.each([
    [
      "a secondary limit that says how long",
      { status: 403, headers: { "retry-after": "7" } },
      7,
      7,
    ],
    ["too many requests", { status: 429 }, 60, 60],
    [
      "a secondary limit that says no time",
      { status: 403, message: "You have exceeded a secondary rate limit" },
      60,
      60,
    ],
    [
      "nothing left of the hour",
      {
        status: 403,
        headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": inTenSeconds() },
      },
      2,
      12,
    ],
  ])("is left alone for as long as it asks, and asked once: %s", async (_, refusal, least, most) => {
    for (const kind of ["read", "write"] as const) {
      const github = await refused(refusal, 1);
      const seconds = Number(await secondsOf(github[kind]()));
      expect(seconds).toBeGreaterThanOrEqual(least);
      expect(seconds).toBeLessThanOrEqual(most);
      expect(github.asked).toHaveLength(1);
    }
  });

  it("is asked again for what is only read, and never told twice", async () => {
    const reading = await refused({ status: 502 }, 2);
    expect(await secondsOf(reading.read())).toBe("done");
    expect(reading.asked).toEqual(["GET", "GET", "GET"]);
    const writing = await refused({ status: 502 }, 1);
    expect(await secondsOf(writing.write())).toContain("HttpError");
    expect(writing.asked).toEqual(["POST"]);
  });

  it("has a 403 that is no limit told as it is", async () => {
    const github = await refused({ status: 403, message: "Resource not accessible" }, 1);
    expect(await secondsOf(github.read())).toContain("Resource not accessible");
  });

  it("is written to by one at a time, with a pause between two", async () => {
    const pacer = createPacer(50);
    const at: number[] = [];
    let running = 0;
    const write = async () => {
      expect(++running).toBe(1);
      at.push(performance.now());
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
      if (at.length === 2) throw new Error("refused");
    };
    await Promise.allSettled([pacer(write), pacer(write), pacer(write)]);
    const pauses = at.slice(1).map((time, index) => time - (at[index] ?? 0));
    expect(pauses).toHaveLength(2);
    for (const pause of pauses) expect(pause).toBeGreaterThanOrEqual(49);
  });
});
