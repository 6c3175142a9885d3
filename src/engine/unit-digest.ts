import { createHash } from "node:crypto";
import type { SettingsFor } from "../config/rule-settings.ts";
import { languageOfRule, type Rule } from "../core/rule.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Language, Unit } from "../languages/language.ts";

/** What decides the results of units. */
export interface DigestRequest {
  readonly snapshot: Snapshot;
  /** Of what the snapshot gives for a file. */
  readonly hashOf: (path: string) => string;
  readonly languages: readonly Language[];
  readonly rules: readonly Rule[];
  readonly settingsFor: SettingsFor;
}

/**
 * Hashes all that decides what the rules that look at a unit by itself find in it, as far as it is known beforehand: its
 * files, what its language may read for them, and how the rules are set.
 */
export function createUnitDigest({
  snapshot,
  hashOf,
  languages,
  rules,
  settingsFor,
}: DigestRequest): (unit: Unit) => string {
  const directories = new Map<string, string>();
  const settings = createSettingsDigest(settingsFor);
  const byLanguage = new Map<string, readonly Rule[]>();

  const filesIn = (directory: string, { extensions }: Language) =>
    snapshot
      .list(directory)
      .filter((name) => extensions.some((extension) => name.endsWith(extension)))
      .map((name) => (directory === "" ? name : `${directory}/${name}`));
  const digestOfImported = (directory: string, language: Language) => {
    let digest = directories.get(directory);
    if (digest === undefined) {
      const parts = filesIn(directory, language).map((path) => {
        const text = snapshot.read(path) ?? "absent";
        return `${path} ${hash(language.declarationsOf?.(text) ?? text)}`;
      });
      digest = hash(parts.join("\n"));
      directories.set(directory, digest);
    }
    return digest;
  };
  const digestOfReach = (unit: Unit, language: Language): string[] => {
    const reach = language.reach?.(unit, snapshot);
    if (!reach) return [unit.directory];
    return [
      reach.directory,
      ...filesIn(reach.directory, language).map((each) => `${each} ${hashOf(each)}`),
      ...reach.imported.map((each) => `${each}/ ${digestOfImported(each, language)}`),
      ...reach.files.map((each) => `${each} ${hashOf(each)}`),
    ];
  };

  return (unit) => {
    const language = languages.find(({ name }) => name === unit.language);
    if (!language) return "";
    let asked = byLanguage.get(language.name);
    if (!asked) {
      asked = rules.filter(
        ({ id, scope }) => languageOfRule(id) === language.name && scope !== "project",
      );
      byLanguage.set(language.name, asked);
    }
    const rulesAsked = asked;
    const parts = [
      ...digestOfReach(unit, language),
      ...unit.files.map((file) => `${file} ${hashOf(file)} ${settings(file, rulesAsked)}`),
    ];
    return hash(parts.join("\n"));
  };
}

/** How rules are set for a file, in few characters. Most files have the same settings, so that texts are made for few. */
function createSettingsDigest(settingsFor: SettingsFor) {
  const numbers = new Map<object, number>();
  const digests = new Map<string, string>();
  return (file: string, rules: readonly Rule[]): string => {
    const found = rules.map((rule) => settingsFor(file, rule));
    const key = found.map((each) => {
      const number = numbers.get(each) ?? numbers.size;
      numbers.set(each, number);
      return number;
    });
    const known = digests.get(key.join());
    if (known !== undefined) return known;
    const texts = found.map((each, index) => `${rules[index]?.id} ${JSON.stringify(each)}`);
    const digest = hash(texts.join(" "));
    digests.set(key.join(), digest);
    return digest;
  };
}

/** Hashes a text whole. */
function hash(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
