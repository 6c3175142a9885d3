import { readFileSync } from "node:fs";

/** A person's judgement of one finding on real code, as kept in docs/precision.jsonl. */
export interface JudgedOnRealCode {
  /** `owner/name`. */
  readonly repository: string;
  readonly commit: string;
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly verdict: "right" | "wrong";
  readonly reason: string;
  /** By default it is no longer reported: set by bench/reread. */
  readonly isGone?: boolean;
}

/** Reads docs/precision.jsonl; throws with the line number where a line is not a verdict. */
export function readVerdicts(path: string): JudgedOnRealCode[] {
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.flatMap((line, index) =>
    line.trim() === "" ? [] : [parse(line, `${path}:${index + 1}`)],
  );
}

function parse(line: string, where: string): JudgedOnRealCode {
  const verdict = JSON.parse(line) as Partial<JudgedOnRealCode>;
  const { repository, commit, file, rule, reason } = verdict;
  const texts = [repository, commit, file, rule, reason];
  const isWhole = texts.every((text) => typeof text === "string" && text !== "");
  if (
    !isWhole ||
    typeof verdict.line !== "number" ||
    !/^(right|wrong)$/.test(verdict.verdict ?? "")
  ) {
    throw new Error(
      `${where}: a verdict has repository, commit, file, line, rule, verdict (right or wrong) and reason`,
    );
  }
  return verdict as JudgedOnRealCode;
}

/** The page docs/precision.md: how many findings were read, and how many were right, by rule and repository. */
export function precisionPage(verdicts: readonly JudgedOnRealCode[]): string {
  const repositories = [
    ...new Set(verdicts.map(({ repository, commit }) => `${repository} at ${commit.slice(0, 10)}`)),
  ];
  return [
    "# Precision on real code",
    "",
    "Generated from `precision.jsonl`, where every finding that was read stands with its verdict and the reason. «Still» are those that",
    "are reported by default now, on the same commit (`node dist/bench/reread.js`): what was wrong is mostly fixed since, or its rule on trial.",
    "",
    ...table("rule", verdicts, ({ rule }) => `\`${rule}\``),
    "",
    ...table("repository", verdicts, ({ repository }) => repository),
    "",
    "Read at these commits:",
    "",
    ...repositories.sort().map((repository) => `- ${repository}`),
    "",
  ].join("\n");
}

function table(
  title: string,
  verdicts: readonly JudgedOnRealCode[],
  key: (verdict: JudgedOnRealCode) => string,
): string[] {
  const rows = [...new Set(verdicts.map(key))].sort().map((name) =>
    row(
      name,
      verdicts.filter((verdict) => key(verdict) === name),
    ),
  );
  return [
    `| ${title} | read | right | share | still | right | share |`,
    "|---|---|---|---|---|---|---|",
    ...rows,
    row("all", verdicts),
  ];
}

function row(name: string, verdicts: readonly JudgedOnRealCode[]): string {
  const still = verdicts.filter(({ isGone }) => !isGone);
  return `| ${[name, ...counts(verdicts), ...counts(still)].join(" | ")} |`;
}

/** How many, how many of them right, and the share. */
function counts(verdicts: readonly JudgedOnRealCode[]): (number | string)[] {
  const right = verdicts.filter(({ verdict }) => verdict === "right").length;
  const share = verdicts.length === 0 ? "–" : `${Math.round((100 * right) / verdicts.length)} %`;
  return [verdicts.length, right, share];
}
