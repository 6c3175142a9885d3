import { stringify } from "yaml";
import { treeSnapshot } from "../../adapters/tree-snapshot.ts";
import { ConfigError, type FailOn } from "../../config/config.ts";
import { CONFIG_FILE } from "../../config/configs.ts";
import { writeConfig } from "../../config/write-config.ts";
import type { JudgedFinding, Severity } from "../../core/finding.ts";
import type { ChangedFile } from "../../engine/diff.ts";
import { languageOf } from "../../engine/language-of.ts";
import { languages } from "../../languages/registry.ts";
import type { ConfigPreview } from "../../review/asides.ts";
import type { FetchedText, LookReply, LookRequest } from "../../review/ports.ts";
import { type Compared, compare } from "../cli/compare.ts";
import type { Io } from "../cli/io.ts";
import type { LintOptions } from "../cli/lint-options.ts";
import { loadRules } from "../cli/load-rules.ts";
import { withProvenFixes } from "../cli/proven-fixes.ts";
import { openSession, type Source } from "../cli/session.ts";
import { createCosts } from "../cli/timing.ts";
import { whySkipped } from "./why-skipped.ts";

/** As `chokepoint review` without options. */
const OPTIONS: LintOptions = {
  format: [],
  only: [],
  skip: [],
  allow: [],
  warn: [],
  deny: [],
  cache: false,
  threads: 1,
  ignoreComments: true,
  color: "never",
};

/** A box has no terminal, no directory and nobody to talk to. */
export const IO: Io = {
  directory: "/",
  environment: {},
  isTerminal: false,
  columns: undefined,
  out: () => undefined,
  say: () => undefined,
  readStandardInput: async () => Buffer.alloc(0),
  clock: () => performance.now(),
};

/** Looks at a change with the texts that are here; answers what it misses, until there is nothing or nothing more to come. */
export async function lookOnce(
  request: LookRequest,
  fetched: ReadonlyMap<string, FetchedText>,
  isLast: boolean,
): Promise<LookReply> {
  const given = (entries: LookRequest["after"]): Source & { readonly kind: "given" } => ({
    kind: "given",
    snapshot: treeSnapshot(entries, fetched),
  });
  const [before, after, config] = [request.before, request.after, request.config].map(given) as [
    Given,
    Given,
    Given,
  ];
  const missing = () => [
    ...new Set([before, after, config].flatMap(({ snapshot }) => snapshot.missing())),
  ];
  const reply = await attempt(
    request,
    { before, after, config },
    () => missing().length > 0 && !isLast,
  );
  const ids = missing();
  return ids.length > 0 && !isLast ? { kind: "missing", ids } : reply;
}

/** What a look at no change at all finds. */
const NOTHING = {
  kind: "looked",
  findings: [],
  fresh: [],
  failing: [],
  notices: [],
  leftOut: [],
} as const;

type Given = Source & { readonly kind: "given" };

async function attempt(
  request: LookRequest,
  { before, after, config }: Readonly<Record<"before" | "after" | "config", Given>>,
  isIncomplete: () => boolean,
): Promise<LookReply> {
  const { changes, pull, organization } = request;
  try {
    const { configs } = await openSession({
      source: config,
      organization,
      overlay: [],
      config: undefined,
      rules: undefined,
      levels: [],
    });
    const whole = configs.configFor("");
    const { review } = whole;
    const configuration = stringify(writeConfig(whole));
    if (isIncomplete()) return { kind: "missing", ids: [] };
    if (changes.length === 0) return { ...NOTHING, review, configuration };
    const why = whySkipped(pull, review);
    if (why !== undefined) return { kind: "skipped", why };
    const options = { ...OPTIONS, skip: await beyondReach(after.snapshot) };
    const settingsFrom = (configFrom: Given) => ({
      options,
      io: IO,
      costs: createCosts(IO),
      configFrom,
      organization,
    });
    const compareAs = (configFrom: Given) =>
      compare({ before, after, changes }, settingsFrom(configFrom));
    const first = await compareAs(config);
    if (isIncomplete()) return { kind: "missing", ids: [] };
    const compared = await withProvenFixes(first, after, settingsFrom(config));
    const { findings, notices, leftOut, session } = compared.after;
    const reply: LookReply = {
      kind: "looked",
      findings,
      fresh: indicesOf(findings, (finding) => compared.fresh.has(finding)),
      failing: indicesOf(findings, ({ severity, at }) =>
        fails(severity, session.configs.configFor(at.file).failOn),
      ),
      notices,
      leftOut,
      review,
      configuration,
    };
    if (isIncomplete() || !changes.some(isOfConfiguration)) return reply;
    return { ...reply, preview: await previewed(compared, () => compareAs(after)) };
  } catch (error) {
    if (error instanceof ConfigError) return { kind: "misconfigured", problems: error.problems };
    throw error;
  }
}

function isOfConfiguration({ file, oldFile }: ChangedFile): boolean {
  return [file, oldFile].some((path) => path?.split("/").at(-1) === CONFIG_FILE);
}

/** What the configuration that the change brings would say, against what today's does. */
async function previewed(today: Compared, look: () => Promise<Compared>): Promise<ConfigPreview> {
  try {
    const [now, then] = [shown(today), shown(await look())];
    const without = (some: typeof now, others: typeof now) => {
      const known = new Set(others.map(({ fingerprint }) => fingerprint));
      return some.filter(({ fingerprint }) => !known.has(fingerprint));
    };
    return { kind: "usable", more: without(then, now), fewer: without(now, then) };
  } catch (error) {
    if (error instanceof ConfigError) return { kind: "broken", problems: error.problems };
    throw error;
  }
}

function shown({ fresh }: Compared): JudgedFinding[] {
  return [...fresh].filter(({ verdict }) => verdict.kind === "report");
}

/** So many source files are fetched for the rules that compare the whole project. */
const LARGEST_PROJECT = 400;

/** The rules that would have to read all of a project that is too large for it. */
async function beyondReach(snapshot: Given["snapshot"]): Promise<string[]> {
  const waiting = [""];
  let sources = 0;
  for (let at = waiting.pop(); at !== undefined && sources <= LARGEST_PROJECT; at = waiting.pop())
    for (const name of snapshot.list(at)) {
      const path = at === "" ? name : `${at}/${name}`;
      if (name.endsWith("/")) waiting.push(path.slice(0, -1));
      else if (languageOf(path, languages)) sources++;
    }
  if (sources <= LARGEST_PROJECT) return [];
  return (await loadRules()).filter(({ scope }) => scope === "project").map(({ id }) => id);
}

const RANK: Readonly<Record<Severity | FailOn, number>> = {
  info: 0,
  warning: 1,
  error: 2,
  never: 3,
};

function fails(severity: Severity, failOn: FailOn): boolean {
  return RANK[severity] >= RANK[failOn];
}

function indicesOf(
  findings: readonly JudgedFinding[],
  holds: (finding: JudgedFinding) => boolean,
): number[] {
  return findings.flatMap((finding, index) => (holds(finding) ? [index] : []));
}
