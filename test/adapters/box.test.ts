import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { type BoxLimits, boxWalls, createBox } from "../../src/adapters/box.ts";
import { AnalysisFailure } from "../../src/review/ports.ts";
import { faulty } from "../apps/server/hub.ts";

const directory = join(import.meta.dirname, "../..");
const PULL = { isDraft: false, author: "a", title: "A change", labels: [], into: "main" };
const GO_MOD = "module example.com/hub\n\ngo 1.22\n";
const LINES = [{ from: 1, to: 40 }];
const ADDED = {
  oldFile: undefined,
  status: "added",
  added: LINES,
  removedBefore: [],
  shown: LINES,
} as const;
const NO_MEMORY = "parsing needs more memory than a file may have";
const REQUEST = { before: [], after: [], config: [], changes: [], pull: PULL };

function ask(wish: string, text = "", limits: Partial<BoxLimits> = {}) {
  const program = join(import.meta.dirname, "box-probe.mjs");
  const analysis = createBox({ program, directory }, limits).open(REQUEST);
  onTestFinished(() => analysis.close());
  return analysis.look(new Map([[wish, { text }]]), false);
}

/** The processes that this one has started and that have not ended. */
function children(): number[] {
  const { stdout } = spawnSync("ps", ["-o", "pid=,state=,args=", "--ppid", String(process.pid)], {
    encoding: "utf8",
  });
  const rows = stdout
    .split("\n")
    .filter((row) => row.includes("box-probe") && !/^\s*\d+ Z/.test(row));
  return rows.map((row) => Number.parseInt(row, 10));
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

  it("gives WebAssembly no more than its own limit, whatever the heap may take", async () => {
    const limit = 64 * 1024 * 1024;
    const { ids } = (await ask("wasm", "", { parser: limit })) as { ids: readonly string[] };
    expect(Number(ids[0])).toBeGreaterThan(limit / 2);
    expect(Number(ids[0])).toBeLessThan(limit);
  });

  it("leaves out a file that needs more of it, says so, and loses no other", async () => {
    const files = { "go.mod": GO_MOD, "hub.go": faulty("Hub"), "wide.go": "a(".repeat(250_000) };
    const after = Object.entries(files).map(([path, { length: size }]) => ({
      path,
      id: path,
      size,
    }));
    const changes = after.map(({ path: file }) => ({ ...ADDED, file }));
    const program = join(directory, "dist/src/apps/box/main.js");
    const analysis = createBox({ program, directory }, { parser: 64 * 1024 * 1024 }).open({
      ...REQUEST,
      after,
      changes,
    });
    onTestFinished(() => analysis.close());
    const texts = Object.entries(files).map(([id, text]) => [id, { text }] as const);
    const reply = await analysis.look(new Map(texts), true);
    expect(reply).toMatchObject({
      kind: "looked",
      findings: [{ rule: "go/missing-unlock", at: { file: "hub.go" } }],
      notices: [{ file: "wide.go", kind: "too-large", message: NO_MEMORY }],
    });
  });

  it("reads what it imports where a link to another place stands for the folder of packages", async () => {
    const folder = (name: string) => mkdtempSync(join(tmpdir(), name));
    const [own, elsewhere] = [folder("chokepoint-own-"), folder("chokepoint-packages-")];
    onTestFinished(() => {
      for (const made of [own, elsewhere]) rmSync(made, { recursive: true });
    });
    mkdirSync(join(elsewhere, "answer"));
    writeFileSync(join(elsewhere, "answer/index.mjs"), 'export const answer = "read";\n');
    writeFileSync(join(elsewhere, "answer/package.json"), '{"exports": "./index.mjs"}\n');
    symlinkSync(elsewhere, join(own, "node_modules"));
    const program = join(own, "main.mjs");
    writeFileSync(
      program,
      `import { answer } from "answer";\nconsole.log(JSON.stringify({ kind: "missing", ids: [answer] }));\n`,
    );
    const analysis = createBox({ program, directory: own }).open(REQUEST);
    onTestFinished(() => analysis.close());
    expect(await analysis.look(new Map(), false)).toEqual({ kind: "missing", ids: ["read"] });
  });

  it("has the process of the next analysis started, which has served no other", async () => {
    const box = createBox({ program: join(import.meta.dirname, "box-probe.mjs"), directory });
    onTestFinished(() => box.stop());
    const seen = new Set<number>();
    // Those that have served take a moment to end.
    const onlyChild = async () => {
      await expect.poll(children).toHaveLength(1);
      return children()[0] ?? 0;
    };
    const whoAnswers = async () => {
      const analysis = box.open(REQUEST);
      const reply = await analysis.look(new Map([["who", { text: "" }]]), false);
      analysis.close();
      const who = Number((reply as { ids: readonly string[] }).ids[0]);
      expect(seen).not.toContain(who);
      seen.add(who);
      return who;
    };
    await whoAnswers();
    await expect.poll(children).toEqual([]);
    box.keepReady();
    for (let time = 0; time < 2; time++) {
      const waiting = await onlyChild();
      expect(await whoAnswers()).toBe(waiting);
    }
    const killed = await onlyChild();
    process.kill(killed, "SIGKILL");
    await expect.poll(children).toEqual([]);
    // Until the news has come: an analysis that it meets fails, and the queue tries that again.
    await pause(100);
    expect(await whoAnswers()).not.toBe(killed);
    await onlyChild();
    box.stop();
    await expect.poll(children).toEqual([]);
    await whoAnswers();
    await expect.poll(children).toEqual([]);
  });

  it("is ended when it takes too long, too much memory, or ends itself", async () => {
    expect(await reasonOf(ask("loop", "", { time: 2_000 }))).toBe("time");
    expect(await reasonOf(ask("grow", "", { memory: 200 * 1024 * 1024 }))).toBe("memory");
    expect(await reasonOf(ask("end"))).toBe("crash");
  });
});
