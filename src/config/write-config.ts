import type { Config } from "./config.ts";

/** A whole configuration with the keys that a file has: what holds, defaults included. */
export function writeConfig({ review, suppressions, ...config }: Config): object {
  return {
    include: config.include,
    exclude: config.exclude,
    rules: config.rules,
    "min-confidence": config.minConfidence,
    "fail-on": config.failOn,
    suppressions: { "require-reason": suppressions.requireReason },
    overrides: config.overrides,
    review: {
      filter: review.filter,
      "max-comments": review.maxComments,
      mode: review.mode,
      block: review.block,
      "ignore-drafts": review.ignoreDrafts,
      "ignore-authors": review.ignoreAuthors,
      "ignore-titles": review.ignoreTitles,
      "ignore-labels": review.ignoreLabels,
      "ignore-branches": review.ignoreBranches,
      "code-scanning": review.codeScanning,
      "resolve-threads": review.resolveThreads,
    },
  };
}
