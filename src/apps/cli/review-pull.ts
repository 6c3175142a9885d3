import { join } from "node:path";
import { createBox } from "../../adapters/box.ts";
import { type Client, createPacer, openClient, statusOf } from "../../adapters/github/client.ts";
import { createGitHubHost } from "../../adapters/github/github-host.ts";
import { languageOf } from "../../engine/language-of.ts";
import { languages } from "../../languages/registry.ts";
import { type ReviewOutcome, reviewPull } from "../../review/review.ts";
import { ownDirectory } from "../own-package.ts";
import { readRulePages, rulePage } from "../rule-pages.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { loadRules } from "./load-rules.ts";
import { printedReview } from "./print-review.ts";
import type { ReviewOptions } from "./review.ts";
import { UsageError } from "./usage-error.ts";

export interface ReviewPullOptions extends ReviewOptions {
  readonly pr?: string;
  readonly dryRun?: boolean;
}

const API = "https://api.github.com";

/** Options of `review` that only a range takes: a pull request is judged as its base branch configures it. */
const ELSEWHERE = ["only", "skip", "allow", "warn", "deny"] as const;

/**
 * `chokepoint review --pr owner/repo#n`: the review of the App, with a token in place of a server. With `--dry-run` it prints
 * what it would post.
 */
export async function reviewPullRequest(
  name: string,
  options: ReviewPullOptions,
  io: Io,
): Promise<ExitCode> {
  const place = placeOf(name);
  const wrong = ELSEWHERE.find((option) => options[option].length > 0);
  if (wrong || options.config !== undefined)
    throw new UsageError(
      `--pr takes its configuration from the base branch: leave out --${wrong ?? "config"}`,
    );
  const { GITHUB_TOKEN, GH_TOKEN, GITHUB_API_URL, RULE_PAGES } = io.environment;
  const token = GITHUB_TOKEN || GH_TOKEN;
  if (!token)
    throw new UsageError(
      "--pr needs a token in GITHUB_TOKEN, which may read the repository and write its pull requests",
    );
  const apiUrl = (GITHUB_API_URL || API).replace(/\/+$/, "");
  const rulePages = readRulePages(RULE_PAGES);
  if ("problem" in rulePages) throw new UsageError(rulePages.problem);
  const client = openClient({ token, apiUrl, pacer: createPacer() });
  const isSource = (path: string) => languageOf(path, languages) !== undefined;
  const directory = ownDirectory();
  const outcome = await reviewPull({
    host: createGitHubHost({
      client,
      ...place,
      login: await loginOf(client),
      isSource,
      ownersClient: async () => client,
      clientWith: async () => client,
    }),
    analyst: createBox({ program: join(directory, "dist/src/apps/box/main.js"), directory }),
    rules: await loadRules(),
    pages: (rule) => rulePage(rulePages.pages, rule),
    isSource,
    isDryRun: options.dryRun === true,
    ...(options.filter && { filter: options.filter }),
    ...(options.maxComments !== undefined && { maxComments: options.maxComments }),
  });
  return tell(outcome, options, io);
}

function placeOf(name: string): { owner: string; name: string; pull: number } {
  const [, owner, repository, pull] = /^([\w.-]+)\/([\w.-]+)#(\d{1,9})$/.exec(name) ?? [];
  if (owner && repository && pull) return { owner, name: repository, pull: Number(pull) };
  throw new UsageError(`--pr ${name} is no pull request: write owner/repository#number`);
}

/** Who the token is. One of GitHub's Actions may not ask, and is the robot that they all are. */
async function loginOf(client: Client): Promise<string> {
  try {
    return (await client.rest.users.getAuthenticated()).data.login;
  } catch (error) {
    const status = statusOf(error);
    if (status === 401)
      throw new UsageError("GitHub does not know the token in GITHUB_TOKEN: make a new one");
    if (status === 403) return "github-actions[bot]";
    throw error;
  }
}

function tell(outcome: ReviewOutcome, options: ReviewPullOptions, io: Io): ExitCode {
  if (outcome.kind === "superseded") {
    io.say("the pull request has a newer commit: nothing was posted; run again\n");
    return 0;
  }
  if (outcome.kind !== "reviewed") {
    io.say(`not reviewed: ${outcome.why}\n`);
    return outcome.kind === "failed" || outcome.kind === "misconfigured" ? 2 : 0;
  }
  const { plan, isFailing } = outcome;
  if (options.dryRun) io.out(printedReview(outcome, options.format.includes("json")));
  if (!options.quiet)
    io.say(
      `${plan.comments.length} new comments, ${plan.kept.length} kept, ${plan.fixed.length} settled${options.dryRun ? " (nothing was posted)" : ""}\n`,
    );
  return isFailing && options.failOn !== "never" ? 1 : 0;
}
