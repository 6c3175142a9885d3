import type { Finding } from "../core/finding.ts";

/** Findings that a team knows of, by fingerprint: no line and no path, so that moved code stays known. */
export interface Baseline {
  readonly version: 1;
  readonly known: readonly KnownFinding[];
}

/** `rule` and `message` are for its readers. */
export interface KnownFinding {
  readonly fingerprint: string;
  readonly rule: string;
  readonly message: string;
}

/** Reads a baseline file's text; throws an Error that says what is wrong where it isn't one. */
export function parseBaseline(text: string): Baseline {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { version, known } = (value ?? {}) as Partial<Baseline>;
  if (version !== 1) throw new Error(`"version" should be 1, as \`baseline update\` writes it`);
  if (!Array.isArray(known) || !known.every((one) => typeof one?.fingerprint === "string"))
    throw new Error(`"known" should be a list of findings, each with its "fingerprint"`);
  return { version, known };
}

/** The baseline's text that makes all the given findings known. */
export function printBaseline(findings: readonly Finding[]): string {
  const known = findings
    .map(({ fingerprint, rule, message }): KnownFinding => ({ fingerprint, rule, message }))
    .sort((one, other) => (one.fingerprint < other.fingerprint ? -1 : 1));
  return `${JSON.stringify({ version: 1, known } satisfies Baseline, null, 2)}\n`;
}
