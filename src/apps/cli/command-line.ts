import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { ownVersion } from "../own-package.ts";
import type { BaselineAction } from "./change-baseline.ts";
import type { Shell } from "./completion.ts";
import type { ExitCode } from "./exit-code.ts";
import type { InitOptions } from "./init.ts";
import type { InterfacesOptions } from "./interfaces.ts";
import type { Io } from "./io.ts";
import type { LintOptions } from "./lint-options.ts";
import type { ReviewPullOptions } from "./review-pull.ts";

import type { ServeCommandOptions } from "./serve.ts";

type SetExitCode = (code: ExitCode) => void;

/** All commands and their options. What a command needs is loaded when it runs. */
export function commandLine(io: Io, exitWith: SetExitCode): Command {
  const program = new Command("chokepoint")
    .description(
      "Finds concurrency faults and interface pollution in Go and TypeScript, and shows the interleaving.",
    )
    .version(ownVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.say(text) })
    .showSuggestionAfterError();
  addLint(program, io, exitWith);
  addReview(program, io, exitWith);
  addBaseline(program, io, exitWith);
  addStart(program, io, exitWith);
  addRuleCommands(program, io, exitWith);
  addInspection(program, io, exitWith);
  addConfig(program, io, exitWith);
  addServe(program, io, exitWith);
  addQueue(program, io, exitWith);
  program
    .command("doctor")
    .description("print what a report of a fault needs: versions, parser, git, configuration")
    .option("--debug", "print stack traces of our own failures")
    .action(async () => {
      const { doctor } = await import("./doctor.ts");
      exitWith(await doctor(io));
    });
  return program;
}

function addLint(program: Command, io: Io, exitWith: SetExitCode): void {
  withRunOptions(
    program
      .command("lint")
      .description("judge files and directories; `-` reads standard input")
      .argument("[paths...]", "what to judge; `@FILE` names a file with paths", ["."]),
  )
    .option("--files-from <file>", "judge the paths in a file, or `-`: one a line, or ended by NUL")
    .option("--stdin-filename <path>", "the path that standard input is judged as, with `-`")
    .option("--force-exclude", "leave out ignored files also where they are named")
    .option("--no-error-on-unmatched", "exit with 0 where there is no file to judge")
    .option("--baseline <file>", "findings that this file knows are not reported")
    .option("--fix", "apply the fixes that keep the meaning")
    .option("--fix-suggestions", "apply also those that a reader should look at")
    .option("--diff", "print what --fix or --fix-suggestions would write, and write nothing")
    .option("--staged", "judge what is staged, and report what the staged lines bring")
    .option("--new-from-rev <commit>", "report what came after a commit")
    .option("--new-from-merge-base <branch>", "report what came after HEAD left a branch")
    .option("--new-from-patch <file>", "report what stands on the added lines of a patch, or `-`")
    .option("--whole-files", "with these: report everything in the files that changed")
    .action(async (paths: string[], options: LintOptions) => {
      const { lint } = await import("./lint.ts");
      const { namedPaths } = await import("./named-paths.ts");
      exitWith(await lint(await namedPaths(paths, options, io), options, io));
    });
}

function addBaseline(program: Command, io: Io, exitWith: SetExitCode): void {
  const baseline = program
    .command("baseline")
    .description("keep the findings that a team knows of, so that only new ones are reported");
  const help: Record<BaselineAction, string> = {
    update: "make all that is found now known",
    prune: "forget what is no longer found",
  };
  for (const [action, description] of Object.entries(help))
    withRunOptions(
      baseline
        .command(action)
        .description(description)
        .argument("[paths...]", "what to judge", ["."]),
    )
      .option("--baseline <file>", "the baseline", ".chokepoint-baseline.json")
      .action(async (paths: string[], options: LintOptions & { baseline: string }) => {
        const { changeBaseline } = await import("./change-baseline.ts");
        exitWith(await changeBaseline(action as BaselineAction, paths, options, io));
      });
}

function addStart(program: Command, io: Io, exitWith: SetExitCode): void {
  program
    .command("init")
    .description("write a .chokepoint.yml that suits the files here")
    .option("--hook", "write a git hook that judges what is staged")
    .option("--pre-commit", "print what .pre-commit-config.yaml needs")
    .option("--ci", "print a GitHub workflow")
    .option("--debug", "print stack traces of our own failures")
    .action(async (options: InitOptions) => {
      const { init } = await import("./init.ts");
      exitWith(await init(options, io));
    });
  program
    .command("completion")
    .description("print a script that completes commands and options in a shell")
    .addArgument(
      new Argument("<shell>", "the shell").choices(["bash", "zsh", "fish", "powershell"]),
    )
    .action(async (shell: Shell) => {
      const { completion } = await import("./completion.ts");
      io.out(completion(program, shell));
    });
}

function addReview(program: Command, io: Io, exitWith: SetExitCode): void {
  withRunOptions(
    program
      .command("review")
      .description("review what a git range changes, and print the comments")
      .argument(
        "[range]",
        "A..B, A...B, or A for A...HEAD; by default from the remote's default branch",
      ),
  )
    .addOption(
      new Option("--filter <filter>", "which findings get comments").choices([
        "added",
        "context",
        "function",
        "file",
        "none",
      ]),
    )
    .option("--max-comments <count>", "the most comments; the rest is listed", countOf)
    .option(
      "--pr <owner/repo#n>",
      "review a pull request on GitHub, with the token in GITHUB_TOKEN",
    )
    .option("--dry-run", "with --pr: print what would be posted, and post nothing")
    .action(async (range: string | undefined, options: ReviewPullOptions) => {
      if (options.pr !== undefined) {
        const { reviewPullRequest } = await import("./review-pull.ts");
        exitWith(await reviewPullRequest(options.pr, options, io));
        return;
      }
      const { review } = await import("./review.ts");
      exitWith(await review(range, options, io));
    });
}

function addRuleCommands(program: Command, io: Io, exitWith: SetExitCode): void {
  program
    .command("explain")
    .description("print what a rule looks for, why, and what to do")
    .argument("<rule>", "its id, or a peer's name for it")
    .option("--debug", "print stack traces of our own failures")
    .action(async (rule: string) => {
      const { explainRule } = await import("./explain-rule.ts");
      exitWith(await explainRule(rule, io));
    });
  program
    .command("rules")
    .description("list all rules")
    .option("--json", "as JSON")
    .option("--debug", "print stack traces of our own failures")
    .action(async (options: { json?: boolean }) => {
      const { listRules } = await import("./list-rules.ts");
      exitWith(await listRules(options, io));
    });
}

function addInspection(program: Command, io: Io, exitWith: SetExitCode): void {
  program
    .command("interfaces")
    .description("list the interfaces: their size, implementations, test doubles, uses and smells")
    .argument("[path]", "a directory or file", ".")
    .addOption(
      new Option("-f, --format <format>", "how to print them")
        .choices(["text", "json", "html"])
        .default("text"),
    )
    .option("--debug", "print stack traces of our own failures")
    .action(async (path: string, options: InterfacesOptions) => {
      const { printInterfaces } = await import("./interfaces.ts");
      exitWith(await printInterfaces(path, options, io));
    });
  program
    .command("model")
    .description("print the concurrency model of the function at a line")
    .argument("<place>", "FILE:LINE")
    .option("--mermaid", "as a mermaid flowchart")
    .option("--debug", "print stack traces of our own failures")
    .action(async (place: string, options: { mermaid?: boolean }) => {
      const { printModel } = await import("./print-model.ts");
      exitWith(await printModel(place, options, io));
    });
  program
    .command("why")
    .description(
      "say what is known at a line, which rules looked, and what became of their findings",
    )
    .argument("<place>", "FILE:LINE")
    .option("--config <file>", "use this configuration")
    .option("--debug", "print stack traces of our own failures")
    .action(async (place: string, options: { config?: string }) => {
      const { why } = await import("./why.ts");
      exitWith(await why(place, options, io));
    });
}

function addConfig(program: Command, io: Io, exitWith: SetExitCode): void {
  const config = program.command("config").description("look at the configuration");
  config
    .command("verify")
    .description("check every .chokepoint.yml, or the files named")
    .argument("[files...]", "configuration files")
    .option("--debug", "print stack traces of our own failures")
    .action(async (files: string[]) => {
      const { verifyConfig } = await import("./config-commands.ts");
      exitWith(await verifyConfig(files, io));
    });
  config
    .command("show")
    .description("print the configuration that holds for a path")
    .argument("[path]", "a file or directory", ".")
    .option("--config <file>", "use this configuration")
    .option("--debug", "print stack traces of our own failures")
    .action(async (path: string, options: { config?: string }) => {
      const { showConfig } = await import("./config-commands.ts");
      exitWith(await showConfig(path, options, io));
    });
}

function addServe(program: Command, io: Io, exitWith: SetExitCode): void {
  program
    .command("serve")
    .description("run the GitHub App; without settings, the page that makes one")
    .option("--dev", "start also with a weak webhook secret, or none")
    .option("--no-work", "take deliveries alone; other processes review (with PostgreSQL)")
    .option("--debug", "print stack traces of our own failures")
    .action(async (options: ServeCommandOptions) => {
      const { serveCommand } = await import("./serve.ts");
      exitWith(await serveCommand(options, io));
    });
}

function addQueue(program: Command, io: Io, exitWith: SetExitCode): void {
  const queue = program.command("queue").description("look at the App's queue");
  queue
    .command("status")
    .description("print what waits, runs, and has failed for good")
    .option("--debug", "print stack traces of our own failures")
    .action(async () => {
      const { queueStatus } = await import("./queue-commands.ts");
      exitWith(await queueStatus(io));
    });
  queue
    .command("redrive")
    .description("try reviews that have failed for good once more")
    .option("--debug", "print stack traces of our own failures")
    .action(async () => {
      const { queueRedrive } = await import("./queue-commands.ts");
      exitWith(await queueRedrive(io));
    });
}

/** The options that `lint` and `review` share. */
function withRunOptions(command: Command): Command {
  return command
    .option(
      "-f, --format <format[=file]>",
      "pretty, concise, agent, json, jsonl, sarif, github, gitlab, checkstyle, junit or rdjson, to stdout or a file; may be repeated",
      collect,
      [],
    )
    .option("--only <rules>", "run these rules alone, also where they are off", collect, [])
    .option("--skip <rules>", "do not run these rules", collect, [])
    .option(
      "-A, --allow <rules>",
      "these rules are off, whatever the configuration says",
      collect,
      [],
    )
    .option("-W, --warn <rules>", "these rules give warnings", collect, [])
    .option("-D, --deny <rules>", "these rules give errors", collect, [])
    .addOption(
      new Option("--min-confidence <level>", "show findings from this confidence on").choices([
        "high",
        "medium",
        "low",
      ]),
    )
    .addOption(
      new Option("--fail-on <level>", "exit with 1 from this severity on").choices([
        "error",
        "warning",
        "info",
        "never",
      ]),
    )
    .option("--max-warnings <count>", "exit with 1 where there are more warnings", countOf)
    .option("--statistics", "print how often each rule spoke")
    .option("--config <file>", "use this configuration in place of every .chokepoint.yml")
    .option("--no-cache", "compute everything anew, and keep nothing")
    .option("--cache-location <directory>", "where results are kept; by default the user's cache")
    .option("--threads <count>", "worker threads; by default as many as help", wholeNumber)
    .option("--timing", "print what each phase, analysis and rule cost")
    .option("--no-ignore-comments", "suppressions in comments count for nothing")
    .addOption(
      new Option("--color <when>", "colour the output")
        .choices(["auto", "always", "never"])
        .default("auto"),
    )
    .option("-q, --quiet", "print findings and errors alone")
    .option("--strict", "exit with 1 where there are notices")
    .option("--debug", "print stack traces of our own failures");
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, ...value.split(",").map((one) => one.trim())];
}

function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 64)
    throw new InvalidArgumentError("It should be a whole number from 1 to 64.");
  return number;
}

function countOf(value: string): number {
  if (!/^\d{1,6}$/.test(value))
    throw new InvalidArgumentError("It should be a whole number, 0 or more.");
  return Number(value);
}
