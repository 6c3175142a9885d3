import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryTree, write } from "../../adapters/temporary-tree.ts";
import { chokepoint, FLOATING } from "./in-process.ts";

const known = (root: string) =>
  (
    JSON.parse(readFileSync(join(root, ".chokepoint-baseline.json"), "utf8")) as {
      known: unknown[];
    }
  ).known;

describe("baseline", () => {
  it("update makes everything known, and lint then reports what is new, wherever old code has moved", async () => {
    const root = temporaryTree({ "a.ts": FLOATING });
    const updated = await chokepoint(root, ["baseline", "update"]);
    expect(updated).toMatchObject({ code: 0, said: expect.stringContaining("1 known") });
    const lint = ["lint", "--baseline", ".chokepoint-baseline.json", "-f", "concise"];
    expect((await chokepoint(root, lint)).code).toBe(0);
    write(root, {
      "a.ts": `// moved\n\n${FLOATING}export function more(): void {\n  save();\n}\n`,
    });
    const { code, out } = await chokepoint(root, lint);
    expect(code).toBe(1);
    expect(out).toMatch(/^a\.ts:10:3: error: .*\n$/);
  });

  it("prune forgets what is gone, and learns nothing", async () => {
    const root = temporaryTree({ "a.ts": FLOATING, "b.ts": FLOATING.replaceAll("save", "load") });
    await chokepoint(root, ["baseline", "update"]);
    expect(known(root)).toHaveLength(2);
    write(root, { "b.ts": "export const one = 1;\n", "c.ts": FLOATING.replaceAll("save", "send") });
    const pruned = await chokepoint(root, ["baseline", "prune"]);
    expect(pruned.said).toContain("1 no longer found and forgotten, 1 kept");
    expect(known(root)).toHaveLength(1);
  });

  it("prune says what is wrong with the file", async () => {
    const root = temporaryTree({ "a.ts": FLOATING });
    expect((await chokepoint(root, ["baseline", "prune"])).said).toContain("baseline update");
    writeFileSync(join(root, ".chokepoint-baseline.json"), "[]");
    expect(await chokepoint(root, ["baseline", "prune"])).toMatchObject({
      code: 2,
      said: expect.stringContaining('"version" should be 1'),
    });
  });
});
