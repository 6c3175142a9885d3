import type { JudgedFinding } from "../../core/finding.ts";
import { type Compared, rulesBehind } from "./compare.ts";
import { fixesFor } from "./fixes.ts";
import { type LookSettings, look } from "./look.ts";
import type { Source } from "./session.ts";

/** A look each: a review carries far fewer suggestions, and whoever waits for it should not notice. */
const MOST_PROOFS = 20;

/**
 * The same, where a new finding keeps its safe fixes only if they were tried: applied to the file as it is after the change, it
 * parses no worse, and the rule has one finding less to tell. Who takes a suggestion sees no more of a file than its lines.
 */
export async function withProvenFixes(
  { after, fresh }: Compared,
  source: Source,
  settings: LookSettings,
): Promise<Compared> {
  let proofs = 0;
  const isProven = async (finding: JudgedFinding): Promise<boolean> =>
    proofs++ < MOST_PROOFS && (await mends(finding, after, source, settings));
  const replaced = new Map<JudgedFinding, JudgedFinding>();
  for (const finding of after.findings) {
    const isAsked = fresh.has(finding) && finding.verdict.kind === "report";
    if (!isAsked || !finding.fixes.some(isSafe) || (await isProven(finding))) continue;
    replaced.set(finding, { ...finding, fixes: finding.fixes.filter((fix) => !isSafe(fix)) });
  }
  if (replaced.size === 0) return { after, fresh };
  const kept = (finding: JudgedFinding) => replaced.get(finding) ?? finding;
  return {
    after: { ...after, findings: after.findings.map(kept) },
    fresh: new Set([...fresh].map(kept)),
  };
}

async function mends(
  finding: JudgedFinding,
  { findings, files, session }: Compared["after"],
  source: Source,
  settings: LookSettings,
): Promise<boolean> {
  const { texts } = await fixesFor([finding], files, (path) => session.snapshot.read(path), {});
  if (texts.size === 0) return false;
  const rule = session.rules.find(({ id }) => id === finding.rule);
  const judged = rule?.scope === "project" ? files : [finding.at.file];
  const fixed = await look(source, judged, {
    ...settings,
    overlay: [...texts],
    projectOnly: [],
    onlyRules: rulesBehind([finding], session),
  });
  const told = (all: readonly JudgedFinding[]) =>
    all.filter(
      ({ rule, at, verdict }) =>
        verdict.kind === "report" && rule === finding.rule && at.file === finding.at.file,
    ).length;
  return told(fixed.findings) < told(findings);
}

function isSafe({ kind }: JudgedFinding["fixes"][number]): boolean {
  return kind === "safe";
}
