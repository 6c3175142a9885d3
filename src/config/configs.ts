import type { Rule, RuleOptions } from "../core/rule.ts";
import { createRuleNames } from "../core/rule-names.ts";
import {
  type Config,
  ConfigError,
  type ConfigProblem,
  DEFAULT_CONFIG,
  type RuleEntries,
  type RuleEntry,
} from "./config.ts";
import { globMatcher } from "./glob.ts";
import type { ParseConfig, WrittenConfig } from "./parse-config.ts";
import { defaultSettings, type RuleSettings, type SettingsFor } from "./rule-settings.ts";

export const CONFIG_FILE = ".chokepoint.yml";

/** What `extends` calls the owner's own configuration, and what its problems are told of. */
export const ORGANIZATION = "organization";

/** Files that may extend each other in a row. */
const LONGEST_CHAIN = 10;

/** The configurations of a tree: the nearest file up from a path holds, whole; another one only through `extends`. */
export interface Configs {
  /** Throws ConfigError where the nearest file, or one that it extends, cannot be used. */
  configFor(file: string): Config;
  /** Whether `include` and `exclude` of the nearest configuration let a file in. */
  includes(file: string): boolean;
  readonly settingsFor: SettingsFor;
  /** The level of a rule, or of one of the tool's own findings, for a file, as far as it is configured. */
  entryFor(file: string, id: string): RuleEntry | undefined;
}

export interface ConfigsRequest {
  /** Reads a file by its path relative to the root; undefined where there is none. */
  readonly read: (path: string) => string | undefined;
  readonly parse: ParseConfig;
  readonly rules: readonly Pick<Rule, "id" | "aliases">[];
  /** Holds for all files, in place of any `.chokepoint.yml`. */
  readonly only?: { readonly file: string; readonly text: string };
  /** The owner's own configuration: it holds where a repository has none, or one that extends it. */
  readonly organization?: string;
}

/** What holds for a file, overrides applied; shared by files that the same overrides match. */
interface Level {
  readonly entries: ReadonlyMap<string, RuleEntry>;
  /** By rule. */
  readonly settings: Map<string, RuleSettings>;
}

/** Finds, merges and asks configurations. Pure but for its memory. */
export function createConfigs({ read, parse, rules, only, organization }: ConfigsRequest): Configs {
  const names = createRuleNames(
    rules.map(({ id }) => id),
    rules,
  );
  const byDirectory = new Map<string, Config | ConfigError>();
  const matchers = new Map<string, (path: string) => boolean>();
  const levels = new Map<string, Level>();
  const levelOfFile = new Map<string, Level>();
  const onlyConfig = only && load(only.file, only.text, "");

  function load(file: string, text: string, directory: string): Config | ConfigError {
    const written = chainOf(file, text);
    if (written instanceof ConfigError) return written;
    return merge(written, file, directory);
  }

  /** The file and those that it extends, nearest first. */
  function chainOf(file: string, text: string): WrittenConfig[] | ConfigError {
    const chain: WrittenConfig[] = [];
    const seen = new Set<string>();
    for (let at = file, content = text; ; ) {
      seen.add(at);
      const parsed = parse(at, content);
      if (!parsed.ok) return new ConfigError(parsed.problems);
      chain.push(parsed.written);
      const wanted = parsed.written.extends;
      if (wanted === undefined) return chain;
      const fail = (message: string) =>
        new ConfigError([problemAt(at, content, parsed.extendsAt, message)]);
      if (wanted === ORGANIZATION) {
        // Outside of the App nobody knows it.
        if (organization === undefined || seen.has(ORGANIZATION)) return chain;
        [at, content] = [ORGANIZATION, organization];
        continue;
      }
      const target = resolvePath(directoryOf(at), wanted);
      if (target === undefined)
        return fail(`\`extends\` should name a file inside the repository, not \`${wanted}\``);
      if (seen.has(target) || chain.length >= LONGEST_CHAIN)
        return fail(`\`extends\` goes in a circle: ${[...seen, target].join(" → ")}`);
      const next = read(target);
      if (next === undefined) return fail(`\`extends\` names \`${target}\`, which is not there`);
      at = target;
      content = next;
    }
  }

  function nearestConfig(directory: string): Config | ConfigError {
    if (onlyConfig) return onlyConfig;
    const known = byDirectory.get(directory);
    if (known) return known;
    const file = directory === "" ? CONFIG_FILE : `${directory}/${CONFIG_FILE}`;
    const text = read(file);
    const config =
      text !== undefined
        ? load(file, text, directory)
        : directory === ""
          ? ownersConfig()
          : nearestConfig(directoryOf(directory));
    byDirectory.set(directory, config);
    return config;
  }

  function ownersConfig(): Config | ConfigError {
    return organization === undefined ? DEFAULT_CONFIG : load(ORGANIZATION, organization, "");
  }

  function configFor(file: string): Config {
    const config = nearestConfig(directoryOf(file));
    if (config instanceof ConfigError) throw config;
    return config;
  }

  function matches(glob: string, config: Config, file: string): boolean {
    const inside = config.directory === "" ? file : file.slice(config.directory.length + 1);
    let matcher = matchers.get(glob);
    if (!matcher) {
      matcher = pathMatcher(glob);
      matchers.set(glob, matcher);
    }
    return matcher(inside);
  }

  function levelFor(file: string): Level {
    const known = levelOfFile.get(file);
    if (known) return known;
    const config = configFor(file);
    const applying = config.overrides.map(({ files }) =>
      files.some((glob) => matches(glob, config, file)),
    );
    const key = `${config.file ?? ""}\0${applying.map(Number).join("")}`;
    let level = levels.get(key);
    if (!level) {
      const layers = [
        config.rules,
        ...config.overrides.filter((_, at) => applying[at]).map((one) => one.rules),
      ];
      const entries = layers.reduce(
        (merged, layer) => addEntries(merged, layer, names),
        new Map<string, RuleEntry>(),
      );
      level = { entries, settings: new Map() };
      levels.set(key, level);
    }
    levelOfFile.set(file, level);
    return level;
  }

  return {
    configFor,
    includes(file) {
      const config = configFor(file);
      return (
        config.include.some((glob) => matches(glob, config, file)) &&
        !config.exclude.some((glob) => matches(glob, config, file))
      );
    },
    entryFor: (file, id) => levelFor(file).entries.get(id),
    settingsFor(file, rule) {
      const { entries, settings } = levelFor(file);
      let set = settings.get(rule.id);
      if (!set) {
        set = settingsOf(rule, entries.get(rule.id));
        settings.set(rule.id, set);
      }
      return set;
    },
  };
}

/** Adds a layer of entries, aliases turned into ids; an option that it leaves out keeps its value. */
function addEntries(
  below: ReadonlyMap<string, RuleEntry>,
  layer: RuleEntries,
  names: { find(name: string): readonly string[] },
): Map<string, RuleEntry> {
  const merged = new Map(below);
  for (const [name, entry] of Object.entries(layer)) {
    const found = names.find(name);
    for (const id of found.length === 0 ? [name] : found) {
      merged.set(id, { ...asMap(merged.get(id)), ...asMap(entry) });
    }
  }
  return merged;
}

function asMap(entry: RuleEntry | undefined): Exclude<RuleEntry, string> {
  if (entry === undefined) return {};
  return typeof entry === "string" ? { severity: entry } : entry;
}

function settingsOf(rule: Rule, entry: RuleEntry | undefined): RuleSettings {
  const standard = defaultSettings(rule);
  const { severity, ...options } = asMap(entry);
  return {
    // An entry with options alone asks for the rule as much as `on` does.
    severity:
      severity === undefined && entry === undefined ? standard.severity : levelOf(severity, rule),
    options: { ...standard.options, ...(options as RuleOptions) },
  };
}

function levelOf(level: string | undefined, rule: Rule): RuleSettings["severity"] {
  if (level === undefined || level === "on") return rule.severity;
  return level as RuleSettings["severity"];
}

function withEntries(below: RuleEntries, written: RuleEntries): RuleEntries {
  const merged: Record<string, RuleEntry> = { ...below };
  for (const [name, entry] of Object.entries(written))
    merged[name] = { ...asMap(merged[name]), ...asMap(entry) };
  return merged;
}

function merge(chain: readonly WrittenConfig[], file: string, directory: string): Config {
  return chain.reduceRight<Config>((below, written) => withWritten(below, written), {
    ...DEFAULT_CONFIG,
    file,
    directory,
  });
}

function withWritten(below: Config, written: WrittenConfig): Config {
  const { review = {}, suppressions = {} } = written;
  return {
    ...below,
    include: written.include ?? below.include,
    exclude: [...below.exclude, ...(written.exclude ?? [])],
    rules: withEntries(below.rules, written.rules ?? {}),
    minConfidence: written["min-confidence"] ?? below.minConfidence,
    failOn: written["fail-on"] ?? below.failOn,
    suppressions: {
      requireReason: suppressions["require-reason"] ?? below.suppressions.requireReason,
    },
    overrides: [...below.overrides, ...(written.overrides ?? [])],
    review: {
      filter: review.filter ?? below.review.filter,
      maxComments: review["max-comments"] ?? below.review.maxComments,
      mode: review.mode ?? below.review.mode,
      block: review.block ?? below.review.block,
      ignoreDrafts: review["ignore-drafts"] ?? below.review.ignoreDrafts,
      ignoreAuthors: review["ignore-authors"] ?? below.review.ignoreAuthors,
      ignoreTitles: review["ignore-titles"] ?? below.review.ignoreTitles,
      ignoreLabels: review["ignore-labels"] ?? below.review.ignoreLabels,
      ignoreBranches: review["ignore-branches"] ?? below.review.ignoreBranches,
      codeScanning: review["code-scanning"] ?? below.review.codeScanning,
      resolveThreads: review["resolve-threads"] ?? below.review.resolveThreads,
    },
  };
}

/** Without a slash a glob speaks of names at any depth, as in a gitignore; one that ends with `/` of a whole directory. */
function pathMatcher(glob: string): (path: string) => boolean {
  const clean = glob.replace(/^\.?\//, "");
  const whole = clean.endsWith("/") ? `${clean}**` : clean;
  const matches = globMatcher(whole);
  return whole.includes("/") ? matches : (path) => matches(path.slice(path.lastIndexOf("/") + 1));
}

function problemAt(file: string, text: string, offset: number, message: string): ConfigProblem {
  const before = text.slice(0, offset).split("\n");
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, message };
}

function directoryOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? "" : path.slice(0, slash);
}

/** A relative path from a directory; undefined where it leaves the root, is absolute, or a URL. */
function resolvePath(directory: string, path: string): string | undefined {
  if (path.startsWith("/") || path.includes("\0") || /^[a-z][a-z0-9+.-]*:/i.test(path))
    return undefined;
  const steps = directory === "" ? [] : directory.split("/");
  for (const step of path.replaceAll("\\", "/").split("/")) {
    if (step === "" || step === ".") continue;
    if (step !== "..") steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join("/");
}
