import { jsonFinding } from "./json.ts";
import type { Reporter } from "./report.ts";

/** A JSON object a line, for streams: `finding` and `notice` lines, then one of `stats`. */
export const jsonl: Reporter = ({ findings, notices, stats }) => {
  const shown = findings.filter(({ verdict }) => verdict.kind === "report");
  const lines = [
    ...shown.map((finding) => ({ type: "finding", ...jsonFinding(finding) })),
    ...notices.map((notice) => ({ type: "notice", ...notice })),
    { type: "stats", ...stats },
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
};
