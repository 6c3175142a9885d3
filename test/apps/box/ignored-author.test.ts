import { expect, it } from "vitest";
import { isIgnoredAuthor } from "../../../src/apps/box/ignored-author.ts";

it.each([
  ["dependabot[bot]", ["*[bot]"], true],
  ["Robot", ["*[bot]"], false],
  ["bob", ["*[bot]"], false],
  ["ci-runner-7", ["ci-*-7", "x"], true],
  ["ci-7", ["ci-*-7"], false],
  ["Octocat", ["octocat"], true],
  ["octocat", [], false],
])("%s with %j: %s", (login, globs, expected) => {
  expect(isIgnoredAuthor(login, globs)).toBe(expected);
});
