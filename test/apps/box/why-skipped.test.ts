import { describe, expect, it } from "vitest";
import { whySkipped } from "../../../src/apps/box/why-skipped.ts";
import { DEFAULT_CONFIG, type ReviewConfig } from "../../../src/config/config.ts";

const PULL = { isDraft: false, author: "ada", title: "A change", labels: ["bug"], into: "main" };
const skipped = (pull: Partial<typeof PULL>, review: Partial<ReviewConfig>) =>
  whySkipped({ ...PULL, ...pull }, { ...DEFAULT_CONFIG.review, ...review });

describe("a pull request", () => {
  it.each([
    ["dependabot[bot]", ["*[bot]"], true],
    ["Robot", ["*[bot]"], false],
    ["bob", ["*[bot]"], false],
    ["ci-runner-7", ["ci-*-7", "x"], true],
    ["ci-7", ["ci-*-7"], false],
    ["Octocat", ["octocat"], true],
    ["octocat", [], false],
  ])("of %s is left alone with %j: %s", (author, ignoreAuthors, expected) => {
    expect(skipped({ author }, { ignoreAuthors }) !== undefined).toBe(expected);
  });

  it("is left alone by what the configuration names, and not otherwise", () => {
    expect(skipped({ isDraft: true }, {})).toBe("it is a draft");
    expect(skipped({ isDraft: true }, { ignoreDrafts: false })).toBeUndefined();
    expect(skipped({ title: "WIP: x" }, { ignoreTitles: ["wip:*"] })).toContain("titles");
    expect(skipped({ labels: ["a", "no review"] }, { ignoreLabels: ["no review"] })).toContain(
      "label",
    );
    expect(skipped({ into: "release/1" }, { ignoreBranches: ["release/*"] })).toContain("branch");
    expect(
      skipped({}, { ignoreTitles: ["WIP*"], ignoreLabels: ["x"], ignoreBranches: ["dev"] }),
    ).toBeUndefined();
  });

  it("is looked at in no time, whatever the globs", () => {
    const started = performance.now();
    skipped({ title: "a".repeat(50_000) }, { ignoreTitles: [`${"a*".repeat(2_000)}b`] });
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
