import type { Io } from "../../../src/apps/cli/io.ts";
import { run } from "../../../src/apps/cli/run.ts";

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly said: string;
}

/** Runs a command in this process, in a directory, as a terminal would. */
export async function chokepoint(
  directory: string,
  words: readonly string[],
  standardInput: string | Uint8Array = "",
  environment: Io["environment"] = {},
): Promise<Outcome> {
  let out = "";
  let said = "";
  const before = { ...process.env };
  try {
    const code = await run(words, {
      directory,
      environment,
      isTerminal: false,
      columns: undefined,
      out: (text) => {
        out += text;
      },
      say: (text) => {
        said += text;
      },
      readStandardInput: async () => Buffer.from(standardInput),
      clock: () => 0,
    });
    return { code, out, said };
  } finally {
    // A command that reads the `.env` of its directory leaves the process with it.
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

/** What `--format json` prints, as far as tests look. */
export interface JsonReport {
  readonly version: number;
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly fingerprint: string;
  }[];
  readonly notices: readonly {
    readonly file: string;
    readonly kind: string;
    readonly message: string;
  }[];
  readonly stats: { readonly files: number; readonly lines: number };
}

export async function lintJson(
  directory: string,
  words: readonly string[] = [],
): Promise<JsonReport> {
  const { out } = await chokepoint(directory, ["lint", "--format", "json", ...words]);
  return JSON.parse(out) as JsonReport;
}

/** A module whose line 5 lets a promise float. */
export const FLOATING = `async function save(): Promise<void> {
  throw new Error("disk full");
}
export function close(): void {
  save();
}
`;
