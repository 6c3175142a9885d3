import { readFileSync } from "node:fs";
import { diskSnapshot, type TellingSnapshot } from "../../adapters/disk-snapshot.ts";
import { openGit } from "../../adapters/git.ts";
import { type LoggingSnapshot, loggingSnapshot } from "../../adapters/read-log.ts";
import { ConfigError } from "../../config/config.ts";
import { type Configs, createConfigs } from "../../config/configs.ts";
import { configParser } from "../../config/parse-config.ts";
import type { RuleSettings, SettingsFor } from "../../config/rule-settings.ts";
import type { Rule } from "../../core/rule.ts";
import type { AnalysisRequest } from "../../engine/analyze.ts";
import { languageOf } from "../../engine/language-of.ts";
import { languages } from "../../languages/registry.ts";
import { loadParser, type SourceParser } from "../../syntax/parser.ts";
import type { GrammarName } from "../../syntax/tree.ts";
import { loadRules } from "./load-rules.ts";

/** Everything that decides what an analysis finds, as plain data: a thread is started with it. */
export interface Job {
  readonly source: Source;
  /** Where configurations are read, if not in the source. */
  readonly configFrom?: Source | undefined;
  /** The text of the owner's own configuration. */
  readonly organization?: string | undefined;
  /** Texts in place of those in the source: standard input. */
  readonly overlay: readonly (readonly [path: string, text: string])[];
  /** A configuration in place of every `.chokepoint.yml`. */
  readonly config: { readonly file: string; readonly text: string } | undefined;
  /** Rules to run, by id; `only`: also where they are off. */
  readonly rules: { readonly ids: readonly string[]; readonly areAskedFor: boolean } | undefined;
  /** Files that only the rules about the whole project judge. */
  readonly projectOnly?: readonly string[];
  /** Levels of rules that hold whatever the configuration says. */
  readonly levels: readonly (readonly [rule: string, level: RuleSettings["severity"]])[];
}

export type Source =
  | { readonly kind: "disk"; readonly root: string }
  | { readonly kind: "commit"; readonly root: string; readonly commit: string }
  /** What `git add` has put into the index. */
  | { readonly kind: "index"; readonly root: string }
  /** Already open, in this thread alone. */
  | { readonly kind: "given"; readonly snapshot: TellingSnapshot };

/** A job with its world opened. */
export interface Session {
  readonly snapshot: LoggingSnapshot;
  readonly configs: Configs;
  /** Those that run. */
  readonly rules: readonly Rule[];
  readonly allRules: readonly Rule[];
  readonly settingsFor: SettingsFor;
}

export async function openSession(job: Job): Promise<Session> {
  const allRules = await loadRules();
  const snapshot = loggingSnapshot(overlaid(openSnapshot(job.source), job.overlay));
  const settled = job.configFrom ? openSnapshot(job.configFrom) : snapshot;
  const configs = createConfigs({
    read: (path) => settled.read(path),
    parse: configParser(allRules),
    rules: allRules,
    ...(job.config && { only: job.config }),
    ...(job.organization !== undefined && { organization: job.organization }),
  });
  const wanted = job.rules && new Set(job.rules.ids);
  const rules = wanted ? allRules.filter(({ id }) => wanted.has(id)) : allRules;
  const configured = job.rules?.areAskedFor
    ? alsoWhereOff(configs.settingsFor)
    : configs.settingsFor;
  const settingsFor = withProjectOnly(
    withLevels(configured, new Map(job.levels)),
    new Set(job.projectOnly),
  );
  return { snapshot, configs, rules, allRules, settingsFor };
}

/** The files of a source as they are there. */
export function openSnapshot(source: Source): TellingSnapshot {
  if (source.kind === "given") return source.snapshot;
  if (source.kind === "disk") return diskSnapshot(source.root);
  const git = openGit(source.root);
  return source.kind === "index" ? git.indexSnapshot() : git.snapshotOf(source.commit);
}

function overlaid(below: TellingSnapshot, overlay: Job["overlay"]): TellingSnapshot {
  if (overlay.length === 0) return below;
  const texts = new Map(overlay);
  return {
    ...below,
    read: (path) => texts.get(path) ?? below.read(path),
    list(directory) {
      const prefix = directory === "" ? "" : `${directory}/`;
      const added = [...texts.keys()]
        .filter((path) => path.startsWith(prefix))
        .map((path) => path.slice(prefix.length).replace(/\/.*/s, "/"));
      return [...new Set([...below.list(directory), ...added])].sort();
    },
  };
}

function alsoWhereOff(settingsFor: SettingsFor): SettingsFor {
  const on = new Map<RuleSettings, RuleSettings>();
  return (file, rule) => {
    const settings = settingsFor(file, rule);
    if (settings.severity !== "off") return settings;
    const known = on.get(settings) ?? { ...settings, severity: rule.severity };
    on.set(settings, known);
    return known;
  };
}

function withLevels(
  settingsFor: SettingsFor,
  levels: ReadonlyMap<string, RuleSettings["severity"]>,
): SettingsFor {
  if (levels.size === 0) return settingsFor;
  return (file, rule) => {
    const settings = settingsFor(file, rule);
    return { ...settings, severity: levels.get(rule.id) ?? settings.severity };
  };
}

function withProjectOnly(settingsFor: SettingsFor, files: ReadonlySet<string>): SettingsFor {
  if (files.size === 0) return settingsFor;
  const off = { severity: "off", options: {} } as const;
  return (file, rule) =>
    rule.scope !== "project" && files.has(file) ? off : settingsFor(file, rule);
}

/** The parser with the grammars that these files need. */
export function parserFor(files: readonly string[]): Promise<SourceParser> {
  const grammars = new Set<GrammarName>();
  for (const file of files) {
    const grammar = languageOf(file, languages)?.grammarOf(file);
    if (grammar === "go") grammars.add(grammar);
    // A TypeScript package reads its declarations and plain JavaScript too.
    else if (grammar) grammars.add("typescript").add("tsx");
  }
  return loadParser([...grammars]);
}

/** What the engine is asked, for the given files. */
export function requestFor(
  session: Session,
  files: readonly string[],
  parser: SourceParser,
): AnalysisRequest {
  const { snapshot, rules, allRules, settingsFor } = session;
  return {
    files,
    snapshot,
    languages,
    rules,
    ruleIds: allRules.map(({ id }) => id),
    settingsFor,
    parser,
  };
}

/** Reads the file of `--config`; throws ConfigError where it cannot be read. */
export function readConfigFile(full: string, shown: string): { file: string; text: string } {
  try {
    return { file: shown, text: readFileSync(full, "utf8") };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : message;
    throw new ConfigError([
      { file: shown, line: 1, column: 1, message: `${why}; name another with --config` },
    ]);
  }
}
