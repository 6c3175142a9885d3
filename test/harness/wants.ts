import type { Finding } from "../../src/core/finding.ts";

/** The patterns of `// want "…" "…"` (or in a block comment), by line counted from 1. */
export function wantsIn(text: string): Map<number, RegExp[]> {
  const wants = new Map<number, RegExp[]>();
  for (const [index, line] of text.split("\n").entries()) {
    const written = /(?:\/\/|\/\*) want ((?:"(?:[^"\\]|\\.)*"\s*)+)/.exec(line)?.[1];
    if (written === undefined) continue;
    const patterns = [...written.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(
      ([, pattern]) => new RegExp(pattern ?? ""),
    );
    wants.set(index + 1, patterns);
  }
  return wants;
}

/** What differs between the findings of one file and its wants, in words; empty where they agree, one finding for each want. */
export function compare(file: string, text: string, findings: readonly Finding[]): string[] {
  const wants = wantsIn(text);
  const complaints: string[] = [];
  for (const { at, rule, message } of findings.filter((finding) => finding.at.file === file)) {
    const patterns = wants.get(at.line) ?? [];
    const met = patterns.findIndex((pattern) => pattern.test(message));
    if (met === -1) complaints.push(`${file}:${at.line} not wanted: ${message} [${rule}]`);
    else patterns.splice(met, 1);
  }
  for (const [line, patterns] of wants) {
    for (const pattern of patterns) complaints.push(`${file}:${line} not found: ${pattern.source}`);
  }
  return complaints.sort();
}
