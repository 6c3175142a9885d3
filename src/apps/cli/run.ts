import { CommanderError } from "commander";
import { GitError } from "../../adapters/git.ts";
import { ConfigError } from "../../config/config.ts";
import { commandLine } from "./command-line.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./usage-error.ts";

/** Runs one command with the words after the program's name; answers its exit code and never throws. */
export async function run(words: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  try {
    const program = commandLine(io, (code) => {
      exitCode = code;
    });
    await program.parseAsync(words.length === 0 ? ["--help"] : [...words], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    io.say(explain(error, words.includes("--debug")));
    return 2;
  }
}

function explain(error: unknown, isDebugging: boolean): string {
  if (error instanceof ConfigError) {
    const lines = error.problems.map(
      ({ file, line, column, message }) => `${file}:${line}:${column}: error: ${message}`,
    );
    return `${lines.join("\n")}\n`;
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  if (isDebugging) return `error: ${stack ?? message}\n`;
  if (error instanceof UsageError || error instanceof GitError) return `error: ${message}\n`;
  return `error: chokepoint failed: ${message}\nThis is a fault of ours; please report it with the output of \`chokepoint doctor\` and --debug.\n`;
}
