import { describe, expect, it } from "vitest";
import { IO } from "../../../src/apps/box/look-once.ts";
import { type Compared, compare } from "../../../src/apps/cli/compare.ts";
import { withProvenFixes } from "../../../src/apps/cli/proven-fixes.ts";
import type { Source } from "../../../src/apps/cli/session.ts";
import { createCosts } from "../../../src/apps/cli/timing.ts";
import type { Edit, JudgedFinding } from "../../../src/core/finding.ts";
import { temporaryTree, write } from "../../adapters/temporary-tree.ts";

const FILE = "load.ts";
const BROKEN = `async function read(path: string): Promise<string> {
  if (path === "") throw new Error("no path");
  return path;
}

export async function load(path: string): Promise<string> {
  try {
    return read(path);
  } catch {
    return "";
  }
}
`;
const RULE = "ts/return-await";

const SETTINGS = {
  options: {
    format: [],
    only: [RULE],
    skip: [],
    allow: [],
    warn: [],
    deny: [],
    cache: false,
    threads: 1,
    ignoreComments: true,
    color: "never",
  },
  io: IO,
  costs: createCosts(IO),
} as const;

/** A change that brings the file, the source after it, and what it showed. */
async function changed(): Promise<{ compared: Compared; after: Source }> {
  const [before, after] = [temporaryTree(), temporaryTree()].map(
    (root): Source => ({ kind: "disk", root }),
  ) as [Source, Source];
  if (after.kind === "disk") write(after.root, { [FILE]: BROKEN });
  const lines = { from: 1, to: BROKEN.split("\n").length - 1 };
  const compared = await compare(
    {
      before,
      after,
      changes: [
        {
          file: FILE,
          oldFile: undefined,
          status: "added",
          added: [lines],
          removedBefore: [],
          shown: [lines],
        },
      ],
    },
    SETTINGS,
  );
  return { compared, after };
}

/** The kinds of fix that are left, where the rule had proposed these edits as a safe one. */
async function left(edits: readonly Omit<Edit, "file">[] | undefined): Promise<string[]> {
  const { compared, after } = await changed();
  const [found] = compared.after.findings;
  if (!found) throw new Error("nothing was found");
  expect(found.rule).toBe(RULE);
  const fix = edits && {
    kind: "safe" as const,
    description: "try this",
    edits: edits.map((edit) => ({ file: FILE, ...edit })),
  };
  const finding: JudgedFinding = fix ? { ...found, fixes: [fix] } : found;
  const swapped: Compared = {
    after: { ...compared.after, findings: [finding] },
    fresh: new Set([finding]),
  };
  const proven = await withProvenFixes(swapped, after, SETTINGS);
  expect([...proven.fresh]).toEqual(proven.after.findings);
  return proven.after.findings.flatMap(({ fixes }) => fixes.map(({ kind }) => kind));
}

describe("a safe fix of a new finding", () => {
  const call = BROKEN.indexOf("read(path);");

  it("is kept where it mends the file as it is after the change", async () => {
    expect(await left(undefined)).toEqual(["safe"]);
    expect(await left([{ start: call, end: call, text: "await " }])).toEqual(["safe"]);
  });

  it("is dropped where the rule still has as much to tell", async () => {
    expect(await left([{ start: call, end: call, text: "/* now */ " }])).toEqual([]);
  });

  it("is dropped where the file would not parse as well", async () => {
    expect(await left([{ start: call, end: call, text: "await ((" }])).toEqual([]);
  });

  it("leaves the finding itself alone", async () => {
    const { compared, after } = await changed();
    const proven = await withProvenFixes(compared, after, SETTINGS);
    expect(proven.after.findings).toEqual(compared.after.findings);
  });
});
