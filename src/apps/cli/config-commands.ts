import { resolve } from "node:path";
import { findFiles } from "../../adapters/find-files.ts";
import { type Config, ConfigError } from "../../config/config.ts";
import { CONFIG_FILE } from "../../config/configs.ts";
import { configParser } from "../../config/parse-config.ts";
import { writeConfig } from "../../config/write-config.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { jobFor } from "./job-for.ts";
import { loadRules } from "./load-rules.ts";
import { existingPaths, inRoot, pathPrinter, rootOf } from "./root.ts";
import { openSession, readConfigFile } from "./session.ts";
import { UsageError } from "./usage-error.ts";

/** `chokepoint config verify`: every mistake in every configuration, or in those named; 2 where there is one. */
export async function verifyConfig(files: readonly string[], io: Io): Promise<ExitCode> {
  const rules = await loadRules();
  const root = rootOf([io.directory], io.directory);
  const shown = pathPrinter(root, io.directory);
  if (files.length > 0) {
    const parse = configParser(rules);
    const problems = files.flatMap((file) => {
      const { text } = readConfigFile(resolve(io.directory, file), file);
      const parsed = parse(file, text);
      return parsed.ok ? [] : parsed.problems;
    });
    return tell(problems, files.length, io);
  }
  const found = findFiles({
    root,
    paths: [root],
    extensions: [CONFIG_FILE],
    includes: (path) => path.split("/").at(-1) === CONFIG_FILE,
    forceExclude: false,
  });
  const source = { kind: "disk", root } as const;
  const job = await jobFor({ only: [], skip: [] }, source, [], io);
  const { configs } = await openSession(job);
  const problems = found.files.flatMap((file) => {
    try {
      configs.configFor(file);
      return [];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return error.problems.map((problem) => ({ ...problem, file: shown(problem.file) }));
    }
  });
  return tell(problems, found.files.length, io);
}

function tell(problems: ConfigError["problems"], count: number, io: Io): ExitCode {
  for (const { file, line, column, message } of problems)
    io.out(`${file}:${line}:${column}: error: ${message}\n`);
  if (problems.length > 0) return 2;
  io.say(
    count === 0
      ? `no ${CONFIG_FILE} here: the defaults hold\n`
      : `${count} configuration ${count === 1 ? "file is" : "files are"} fine\n`,
  );
  return 0;
}

/** `chokepoint config show`: what holds for a path, as JSON, with the level and options of every rule. */
export async function showConfig(
  path: string,
  { config }: { readonly config?: string },
  io: Io,
): Promise<ExitCode> {
  const [full = io.directory] = existingPaths([path], io.directory);
  const root = rootOf([full], io.directory);
  const file = inRoot(root, full);
  if (file === undefined) throw new UsageError(`${path} is outside of ${root}`);
  const options = { only: [], skip: [], ...(config !== undefined && { config }) };
  const job = await jobFor(options, { kind: "disk", root }, [], io);
  const { configs, allRules, settingsFor, snapshot } = await openSession(job);
  const isDirectory = snapshot.read(file) === undefined;
  const asked = isDirectory ? (file === "" ? "." : `${file}/.`) : file;
  const effective: Config = configs.configFor(asked);
  const rules = allRules.map((rule) => {
    const { severity, options: values } = settingsFor(asked, rule);
    return [rule.id, Object.keys(values).length === 0 ? severity : { severity, ...values }];
  });
  const shown = {
    file: effective.file === undefined ? null : pathPrinter(root, io.directory)(effective.file),
    ...(!isDirectory && { included: configs.includes(file) }),
    ...writeConfig(effective),
    rules: Object.fromEntries(rules),
  };
  io.out(`${JSON.stringify(shown, null, 2)}\n`);
  return 0;
}
