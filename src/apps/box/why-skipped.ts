import type { ReviewConfig } from "../../config/config.ts";
import type { PullFacts } from "../../review/ports.ts";

/** Why the configuration leaves a pull request alone; undefined where it does not. */
export function whySkipped(pull: PullFacts, review: ReviewConfig): string | undefined {
  if (pull.isDraft && review.ignoreDrafts) return "it is a draft";
  const because = (what: string) => `the configuration leaves out ${what}`;
  if (isOneOf([pull.author], review.ignoreAuthors)) return because("its author");
  if (isOneOf([pull.title], review.ignoreTitles)) return because("titles like this");
  if (isOneOf(pull.labels, review.ignoreLabels)) return because("what has a label of its");
  if (isOneOf([pull.into], review.ignoreBranches)) return because("the branch that it goes into");
  return undefined;
}

/**
 * Whether one of the globs means one of the texts, in capitals or not. `*` is the only sign: the brackets of `dependabot[bot]`
 * are letters of a name, and a class of characters to any library of globs.
 */
function isOneOf(texts: readonly string[], globs: readonly string[]): boolean {
  return globs.some((glob) => {
    const parts = glob.toLowerCase().split("*");
    return texts.some((text) => matches(text.toLowerCase(), parts));
  });
}

/** Whether a text begins with the first part, ends with the last, and has the others between, in order. */
function matches(text: string, parts: readonly string[]): boolean {
  const [first = "", ...rest] = parts;
  if (rest.length === 0) return text === first;
  const last = rest.pop() ?? "";
  if (!text.startsWith(first) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.endsWith(last) && text.length - last.length >= at;
}
