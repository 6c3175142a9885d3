import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Git, openGit } from "../../adapters/git.ts";
import { type ChangedFile, parseDiff } from "../../engine/diff.ts";
import { passesFilter } from "../../review/review-filter.ts";
import { type Comparison, compare } from "./compare.ts";
import type { ExitCode } from "./exit-code.ts";
import { checkFormats, finishRun } from "./finish-run.ts";
import { asksForFixes, fixesFor, MOST_ROUNDS, printDiff, stageFixes, writeFixes } from "./fixes.ts";
import type { Io } from "./io.ts";
import type { LintOptions } from "./lint-options.ts";
import { look } from "./look.ts";
import { onlyShown } from "./only-shown.ts";
import { readBaseline } from "./read-baseline.ts";
import { existingPaths, inRoot, pathPrinter } from "./root.ts";
import { createCosts } from "./timing.ts";
import { UsageError } from "./usage-error.ts";

const OPTIONS = {
  staged: "--staged",
  newFromRev: "--new-from-rev",
  newFromMergeBase: "--new-from-merge-base",
  newFromPatch: "--new-from-patch",
} as const;

/** Whether the options ask for a change's findings in place of everything. */
export function asksForChanges(options: LintOptions): boolean {
  return askedFor(options).length > 0;
}

function askedFor(options: LintOptions): (keyof typeof OPTIONS)[] {
  const all = Object.keys(OPTIONS) as (keyof typeof OPTIONS)[];
  return all.filter((name) => options[name] !== undefined);
}

/**
 * `chokepoint lint --staged` and `--new-from-…`: what a change brings. The files of the index are judged as they are staged,
 * whatever stands on disk; other changes as they are on disk.
 */
export async function lintChanges(
  paths: readonly string[],
  options: LintOptions,
  io: Io,
  round = 1,
): Promise<ExitCode> {
  const started = io.clock();
  const costs = createCosts(io);
  checkFormats(options);
  const asked = askedFor(options);
  if (asked.length > 1)
    throw new UsageError(`${asked.map((name) => OPTIONS[name]).join(" and ")} exclude each other`);
  if (paths.includes("-")) throw new UsageError("`-` has no changes; name paths, or nothing");
  const known = options.baseline === undefined ? undefined : readBaseline(options.baseline, io);
  const git = openGit(io.directory);
  const isWanted = insideOf(paths, git, io);
  const change = await changeOf(options, git, io);
  const changes = change.changes.filter(({ file }) => isWanted(file));
  const settings = { options, io, costs, ...(known && { known }) };
  const filter = options.wholeFiles ? "file" : "added";
  const files = changes.filter(({ status }) => status !== "deleted").map(({ file }) => file);
  // A patch alone does not tell what was there before: then its lines decide.
  const { after, fresh } = change.before
    ? await compare({ ...change, before: change.before, changes }, settings)
    : await look(change.after, files, settings).then((looked) => ({
        after: looked,
        fresh: new Set(looked.findings),
      }));
  const { rules } = after.session;
  const changed = { filter, changes, fresh, rules } as const;
  const passing = after.findings.filter((one) => passesFilter(one, changed));
  const findings = onlyShown(after.findings, new Set(passing));
  const shown = pathPrinter(git.root, io.directory);
  if (asksForFixes(options)) {
    const read = (path: string) => after.session.snapshot.read(path);
    const fixed = await fixesFor(findings, files, read, options);
    if (options.diff) return printDiff(fixed, read, shown, io);
    if (fixed.count > 0 && round <= MOST_ROUNDS) {
      if (options.staged) stageFixes(fixed, git, read, io);
      else writeFixes(fixed, git.root, read, io);
      return lintChanges(paths, options, io, round + 1);
    }
  }
  return finishRun({
    session: after.session,
    findings,
    notices: after.notices.filter(({ file }) => files.includes(file)),
    understood: after.understood,
    milliseconds: io.clock() - started,
    shown,
    options,
    costs,
    io,
  });
}

/** Whether a path of the repository is one of those named, or below one; without names all are. */
function insideOf(paths: readonly string[], git: Git, io: Io): (file: string) => boolean {
  if (paths.length === 1 && paths[0] === ".") return () => true;
  const named = existingPaths(paths, io.directory).map((full) => inRoot(git.root, full));
  return (file) =>
    named.some((path) => path === "" || file === path || file.startsWith(`${path}/`));
}

interface Change extends Omit<Comparison, "before"> {
  readonly before: Comparison["before"] | undefined;
}

async function changeOf(options: LintOptions, git: Git, io: Io): Promise<Change> {
  const { root } = git;
  const disk = { kind: "disk", root } as const;
  const at = (commit: string) => ({ kind: "commit", root, commit }) as const;
  if (options.staged) {
    const head = git.head();
    const changes = parseDiff(git.stagedDiff(head));
    return { before: at(head), after: { kind: "index", root }, changes };
  }
  if (options.newFromPatch !== undefined) {
    const text = await patchText(options.newFromPatch, io);
    return { before: undefined, after: disk, changes: parseDiff(text) };
  }
  const base =
    options.newFromMergeBase === undefined
      ? git.commit(options.newFromRev ?? "HEAD")
      : git.mergeBase(options.newFromMergeBase);
  const changes = [...parseDiff(git.workTreeDiff(base)), ...git.untracked().map(wholeFile)];
  return { before: at(base), after: disk, changes };
}

async function patchText(path: string, io: Io): Promise<string> {
  if (path === "-") return (await io.readStandardInput()).toString("utf8");
  try {
    return readFileSync(resolve(io.directory, path), "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--new-from-patch ${path} cannot be read: ${why}`);
  }
}

/** A file that git does not know yet is new from its first line to its last. */
function wholeFile(file: string): ChangedFile {
  const all = { from: 1, to: Number.MAX_SAFE_INTEGER };
  return {
    file,
    oldFile: undefined,
    status: "added",
    added: [all],
    removedBefore: [],
    shown: [all],
  };
}
