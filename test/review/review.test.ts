import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../src/config/config.ts";
import type { JudgedFinding } from "../../src/core/finding.ts";
import type { CheckReport } from "../../src/review/check-report.ts";
import { gather } from "../../src/review/gather.ts";
import {
  AnalysisFailure,
  type CodeHost,
  ComeBackLater,
  type LookReply,
} from "../../src/review/ports.ts";
import { reviewPull } from "../../src/review/review.ts";

const PULL = {
  isOpen: true,
  isDraft: false,
  author: "a",
  title: "A change",
  labels: [],
  into: "main",
  base: "b1",
  head: "h1",
  page: "https://github.example/octo/hub",
};

/** A host in memory, whose checks are written down. */
function world(look: () => Promise<LookReply>, more: Partial<CodeHost> = {}) {
  const checks: [conclusion: string, title: string][] = [];
  const told: string[] = [];
  const summaries: string[] = [];
  const host: CodeHost = {
    pull: async () => PULL,
    change: async () => ({ from: "b1", files: [], unseen: [] }),
    tree: async () => ({ entries: [{ path: "a.go", id: "1", size: 1 }], isWhole: true }),
    texts: async () => new Map(),
    organizationConfig: async () => undefined,
    said: async () => ({ comments: [], summaries: [] }),
    post: async () => undefined,
    cleanUp: async () => undefined,
    uploadScan: async () => undefined,
    startCheck: async () => ({
      tell: async ({ title, summary }: CheckReport) => void told.push(`${title}: ${summary}`),
      finish: async (conclusion: string, { title, summary, text }: CheckReport) => {
        checks.push([conclusion, title]);
        summaries.push(`${summary}${text}`);
      },
    }),
    ...more,
  };
  const run = (isLastTry: boolean) =>
    reviewPull({
      host,
      analyst: { open: () => ({ look, close: () => undefined }) },
      rules: [],
      pages: () => undefined,
      isSource: () => true,
      isLastTry,
      reference: "1a2b3c4d",
      sarif: (findings) => JSON.stringify(findings),
    });
  return { run, checks, told, summaries, host };
}

const FINDING: JudgedFinding = {
  rule: "go/double-lock",
  severity: "warning",
  confidence: "high",
  at: { file: "a.go", start: 0, end: 1, line: 1, column: 1, endLine: 1, endColumn: 2 },
  message: "a fault",
  fingerprint: "0".repeat(20),
  identity: "i",
  related: [],
  fixes: [],
  verdict: { kind: "report" },
};

it("tells code scanning the gravest findings, and no more than it keeps", async () => {
  const findings = [
    ...Array.from({ length: 5_000 }, () => FINDING),
    { ...FINDING, severity: "error" as const },
  ];
  const look = async (): Promise<LookReply> => ({
    kind: "looked",
    findings,
    fresh: findings.map((_, index) => index),
    notices: [],
    leftOut: [],
    review: { ...DEFAULT_CONFIG.review, codeScanning: true, filter: "none" },
    configuration: "",
    failing: [],
  });
  let uploaded: JudgedFinding[] = [];
  const { run, summaries } = world(look, {
    uploadScan: async (_head, sarif) => {
      uploaded = JSON.parse(sarif) as JudgedFinding[];
    },
  });
  await run(false);
  expect(uploaded).toHaveLength(5_000);
  expect(uploaded[0]?.severity).toBe("error");
  expect(summaries.join("")).toContain("the 5000 gravest of 5001 findings");
});

describe("a review whose analysis does not end well", () => {
  it("ends its check, and is not tried again", async () => {
    const { run, checks } = world(() => Promise.reject(new AnalysisFailure("time", "too long")));
    expect((await run(false)).kind).toBe("failed");
    expect(checks).toEqual([["timed_out", "The analysis came to no end"]]);
  });

  it("leaves its check open while there are tries left, and ends it with the last", async () => {
    const { run, checks, told } = world(() => Promise.reject(new Error("GitHub is away")));
    await expect(run(false)).rejects.toThrow("GitHub is away");
    expect(checks).toEqual([]);
    expect(told).toEqual(["The review failed: It is tried again. (Log: 1a2b3c4d)"]);
    await expect(run(true)).rejects.toThrow("GitHub is away");
    expect(checks).toEqual([["neutral", "The review failed"]]);
  });

  it("says nothing to a host that asks to wait", async () => {
    const { run, checks, told } = world(() => Promise.reject(new ComeBackLater(7)));
    for (const isLast of [false, true]) await expect(run(isLast)).rejects.toThrow(ComeBackLater);
    expect([...checks, ...told]).toEqual([]);
  });

  it("says where a repository was too large to be listed", async () => {
    const look = async (): Promise<LookReply> => ({ kind: "skipped", why: "enough" });
    const tree = async () => ({ entries: [], isWhole: false });
    const { host } = world(look, { tree });
    const analyst = { open: () => ({ look, close: () => undefined }) };
    const change = { from: "b1", files: [], unseen: [] };
    const { unseen } = await gather(PULL, change, { host, analyst, isSource: () => true });
    expect(unseen).toEqual([{ file: "…", why: expect.stringContaining("too many files to list") }]);
  });

  it("asks for files no more often than it may, and then does without", async () => {
    let looks = 0;
    const { run } = world(async () => {
      looks++;
      return looks > 9
        ? { kind: "skipped", why: "enough" }
        : { kind: "missing", ids: [`${looks}`] };
    });
    expect(await run(false)).toEqual({ kind: "skipped", why: "enough" });
    expect(looks).toBe(10);
  });
});
