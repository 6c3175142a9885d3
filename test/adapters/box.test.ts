import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type BoxLimits, boxWalls, createBox } from "../../src/adapters/box.ts";
import { AnalysisFailure } from "../../src/review/ports.ts";

const directory = join(import.meta.dirname, "../..");
const PULL = { isDraft: false, author: "a", title: "A change", labels: [], into: "main" };
const REQUEST = { before: [], after: [], config: [], changes: [], pull: PULL };

function ask(wish: string, text = "", limits: Partial<BoxLimits> = {}) {
  const program = join(import.meta.dirname, "box-probe.mjs");
  const analysis = createBox({ program, directory }, limits).open(REQUEST);
  onTestFinished(() => analysis.close());
  return analysis.look(new Map([[wish, { text }]]), false);
}

const reasonOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (error: unknown) => (error instanceof AnalysisFailure ? error.reason : String(error)),
  );

describe("the box that strangers' code is analysed in", () => {
  it("has no environment, no file but ours, no process of its own, and no network where the system allows", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const denied = "ERR_ACCESS_DENIED";
    expect(await ask("reach", String(port))).toEqual({
      kind: "missing",
      ids: ["", denied, denied, denied, boxWalls().network ? "refused" : "done"],
    });
  });

  it("is ended when it takes too long, too much memory, or ends itself", async () => {
    expect(await reasonOf(ask("loop", "", { time: 2_000 }))).toBe("time");
    expect(await reasonOf(ask("grow", "", { memory: 200 * 1024 * 1024 }))).toBe("memory");
    expect(await reasonOf(ask("end"))).toBe("crash");
  });
});
