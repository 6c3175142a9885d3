import type { Reporter } from "./report.ts";

/** One finding a line, in the form that editors and terminals turn into links. */
export const concise: Reporter = ({ findings }) =>
  findings
    .filter(({ verdict }) => verdict.kind === "report")
    .map(
      ({ at, severity, message, rule }) =>
        `${at.file}:${at.line}:${at.column}: ${severity}: ${message} [${rule}]\n`,
    )
    .join("");
