import { defineRule, source, unawaitedAssertions } from "#kit";

export default defineRule({
  id: "ts/unawaited-assertion",
  group: "promises",
  severity: "error",
  since: "0.1.0",
  interest: /\bexpect\b|\bassert\b|\buserEvent\b/,
  aliases: [
    "vitest/valid-expect",
    "jest/valid-expect",
    "playwright/missing-playwright-await",
    "noPlaywrightMissingAwait",
    "S8780",
  ],

  docs: {
    summary: "Async assertion of a test that nobody awaits",
    why: "The test ends before the assertion is checked: it passes whatever the assertion finds, and the failure comes, if at all, in another test.",
    instead: "Await it, or return it.",
    bad: {
      "checked too late": source`
        import { expect, test } from "vitest";

        declare function load(id: string): Promise<string>;

        test("loads", async () => {
          expect(load("a")).resolves.toBe("b"); // want "the test ends before expect\\(\\).….toBe is checked"
        });
      `,
    },
    good: {
      awaited: source`
        import { expect, test } from "vitest";

        declare function load(id: string): Promise<string>;

        test("loads", async () => {
          await expect(load("a")).resolves.toBe("b");
        });
      `,
    },
    limits: [
      "expect with resolves, rejects, poll and element; matchers of @playwright/test that wait for the page; assert.rejects; userEvent.",
      "Only statements in files that are tests by their path or imports.",
    ],
  },

  *check({ use }) {
    for (const { at, kind, name, edits } of use(unawaitedAssertions)) {
      yield {
        at,
        message:
          kind === "assertion"
            ? `the test ends before ${name} is checked`
            : `the test goes on before ${name} is done`,
        fixes: edits.length > 0 ? [{ kind: "safe", description: "wait for it", edits }] : [],
      };
    }
  },
});
