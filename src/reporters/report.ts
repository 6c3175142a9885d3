import type { JudgedFinding, Notice } from "../core/finding.ts";
import type { Rule } from "../core/rule.ts";

/** A finished run, as every reporter gets it. Paths are as the user sees them: relative to the working directory. */
export interface Report {
  readonly tool: { readonly name: "chokepoint"; readonly version: string };
  /** The rules that ran. */
  readonly rules: readonly Rule[];
  /** All findings with their verdicts, in order of file, line, column and rule. Those to show have the verdict `report`. */
  readonly findings: readonly JudgedFinding[];
  readonly notices: readonly Notice[];
  readonly stats: {
    readonly files: number;
    readonly lines: number;
    readonly functions: number;
    readonly milliseconds: number;
  };
  /** The text of a file, for showing the source. */
  read(file: string): string | undefined;
  /** Whether escape sequences are wanted. */
  readonly color: boolean;
}

/** A reporter turns a report into the whole text of its format. It writes nothing and looks at nothing else. */
export type Reporter = (report: Report) => string;
