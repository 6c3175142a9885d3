/** What a peer's test file asks of one line, or of one stretch of code that must stay silent. */
export interface MarkedFile {
  readonly path: string;
  readonly text: string;
  /** Lines, counted from 1, on which the peer reports. */
  readonly positives: readonly number[];
  /** Stretches of lines that the peer leaves alone. */
  readonly negatives: readonly { readonly from: number; readonly to: number }[];
}

/** The forms of test files whose expectations stand in comments. */
export type MarkerForm = "want" | "warn" | "revive" | "gocritic" | "semgrep";

export function markerForm(form: string): MarkerForm | undefined {
  if (/comment: want/.test(form)) return "want";
  if (/comment: WARN/.test(form)) return "warn";
  if (/comment: MATCH/.test(form)) return "revive";
  if (/block comment marker/.test(form)) return "gocritic";
  return /ruleid:/.test(form) ? "semgrep" : undefined;
}

/** Reads one file. Negatives are declared functions without a marker, and lines that a form marks as right. */
export function readMarked(
  path: string,
  text: string,
  form: MarkerForm,
  ruleId: string,
): MarkedFile {
  const lines = text.split("\n");
  const positives = lines.flatMap((line, index) => positiveAt(lines, line, index, form, ruleId));
  const right = form === "semgrep" ? okLines(lines, ruleId) : [];
  const silent = functionsIn(lines).filter(
    ({ from, to }) => !positives.some((line) => line >= from && line <= to),
  );
  const negatives =
    right.length > 0 ? right : /negative/.test(path) || form !== "semgrep" ? silent : [];
  return { path, text: withoutMarkers(lines, form).join("\n"), positives, negatives };
}

function positiveAt(
  lines: readonly string[],
  line: string,
  index: number,
  form: MarkerForm,
  ruleId: string,
): number[] {
  switch (form) {
    case "want": {
      const wanted = /\/[/*].*?\bwant (?:\S+:)?["`]/.exec(line)?.[0];
      return wanted === undefined || /want \w+:"/.test(line) ? [] : [index + 1];
    }
    case "warn":
      return /\/\/ WARN /.test(line) ? [index + 1] : [];
    case "revive": {
      const match = /\/\/ ?MATCH(?::(\d+))? /.exec(line);
      if (!match) return [];
      return [match[1] === undefined ? index + 1 : Number(match[1])];
    }
    case "gocritic": {
      if (!/^\s*\/\*! .* \*\/\s*$/.test(line)) return [];
      const next = lines.findIndex((other, at) => at > index && !/^\s*\/[/*]/.test(other));
      return next === -1 ? [] : [next + 1];
    }
    case "semgrep":
      return new RegExp(`^\\s*// ?ruleid: ?.*\\b${ruleId}\\b`).test(line) ? [index + 2] : [];
  }
}

function okLines(lines: readonly string[], ruleId: string): { from: number; to: number }[] {
  return lines.flatMap((line, index) =>
    new RegExp(`^\\s*// ?ok: ?.*\\b${ruleId}\\b`).test(line)
      ? [{ from: index + 2, to: index + 2 }]
      : [],
  );
}

/** Declared functions, from `func` at the margin to the closing brace at the margin. */
function functionsIn(lines: readonly string[]): { from: number; to: number }[] {
  return lines.flatMap((line, index) => {
    if (!line.startsWith("func ")) return [];
    const end = lines.findIndex((other, at) => at >= index && other.startsWith("}"));
    return [{ from: index + 1, to: end === -1 || /\}\s*$/.test(line) ? index + 1 : end + 1 }];
  });
}

/** Comments that stand above code might be taken as the reason for it. */
function withoutMarkers(lines: readonly string[], form: MarkerForm): string[] {
  if (form === "semgrep")
    return lines.map((line) => line.replace(/^\s*\/\/ ?(?:ruleid|ok|todoruleid|todook):.*$/, ""));
  return form === "gocritic"
    ? lines.map((line) => line.replace(/^\s*\/\*! .* \*\/\s*$/, ""))
    : [...lines];
}
