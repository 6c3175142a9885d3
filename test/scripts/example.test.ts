import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeExampleRepository } from "../../scripts/example-repository.ts";
import { chokepoint, type Outcome } from "../apps/cli/in-process.ts";

interface Review {
  readonly comments: readonly {
    readonly file: string;
    readonly line: number;
    readonly side: string;
    readonly body: string;
    readonly fingerprints: readonly string[];
  }[];
  readonly summary: string;
  readonly unseen: readonly unknown[];
}

let folder = "";
let outcome: Outcome;
let review: Review;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "chokepoint-example-"));
  makeExampleRepository(folder);
  outcome = await chokepoint(folder, ["review", "main...change", "--format", "json"]);
  review = JSON.parse(outcome.out) as Review;
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the review of the example change", () => {
  it("has one comment for each planted fault, at its line, and none for their twins", () => {
    expect(
      review.comments.map(({ file, line, body }) => `${file}:${line} ${body.split("\n")[0]}`),
    ).toMatchInlineSnapshot(`
      [
        "client/src/sender.ts:11 **Two calls of \`Sender.open\` can both find \`this.connection\` unset and set it: what the first one made is lost**",
        "client/src/sender.ts:23 **Nobody waits for \`connection.send()\` or sees its rejection**",
        "client/src/sender.ts:28 **A rejection of \`this.send()\` escapes the catch, since it is returned without await**",
        "hub.go:40 **Send on \`h.events\` blocks while \`h.mu\` is held, which \`(*Hub).run\` needs before coming to the other end**",
        "price.go:14 **The goroutine waits for ever to send on answer once Price has returned**",
        "store.go:33 **\`s.mu\` stays locked when \`(*Store).Add\` returns here**",
        "store.go:44 **\`(*Store).Total\` locks \`s.mu\`, which \`(*Store).Double\` holds already**",
      ]
    `);
  });

  it("has comments that can be posted: on the right side, marked, with why, what to do and how to silence", () => {
    for (const { side, body, fingerprints } of review.comments) {
      expect(side).toBe("RIGHT");
      expect(body).toContain(`<!-- chokepoint:${fingerprints.join(",")} -->`);
      expect(body).toContain("**What to do:**");
      expect(body).toContain("to silence: `chokepoint:ignore");
    }
  });

  it("shows the interleaving of each fault that blocks or races", () => {
    const silent = review.comments.filter(({ body }) => !body.includes("sequenceDiagram"));
    expect(silent.map(({ body }) => /<sub>`([^`]+)`/.exec(body)?.[1]).sort()).toEqual([
      "ts/floating-promise",
      "ts/return-await",
    ]);
  });

  it("counts in the summary, and fails the run", () => {
    expect(review.summary).toContain("found 6 errors, 1 warning in this change");
    expect(review.unseen).toEqual([]);
    expect(outcome.code).toBe(1);
  });

  it("prints the same comments as text", async () => {
    const { out } = await chokepoint(folder, ["review", "main...change", "--fail-on", "never"]);
    for (const { file, line, body } of review.comments)
      expect(out).toContain(`━━ ${file}:${line} ━━\n\n${body.trimEnd()}\n`);
  });

  it("says nothing about the commits before the change", async () => {
    const { out, code } = await chokepoint(folder, ["review", "main..main"]);
    expect({ out, code }).toEqual({ out: "", code: 0 });
  });
});
