import { createHash } from "node:crypto";
import type { SettingsFor } from "../config/rule-settings.ts";
import { languageOfRule, type Rule } from "../core/rule.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Language, Unit } from "../languages/language.ts";

/** What decides the results of units. */
export interface DigestRequest {
  readonly snapshot: Snapshot;
  readonly languages: readonly Language[];
  readonly rules: readonly Rule[];
  readonly settingsFor: SettingsFor;
}

/**
 * Hashes all that decides what the rules that look at a unit by itself find in it: its files, what its language may read for
 * them, and how the rules are set. Undefined where its language doesn't say what it reads.
 */
export function createUnitDigest({
  snapshot,
  languages,
  rules,
  settingsFor,
}: DigestRequest): (unit: Unit) => string | undefined {
  const directories = new Map<string, string>();
  const settings = new Map<object, string>();
  const byLanguage = new Map<string, readonly Rule[]>();

  const digestOfFile = (path: string) => hash(snapshot.read(path) ?? "absent");
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
  const settingsOf = (file: string, rule: Rule) => {
    const found = settingsFor(file, rule);
    let text = settings.get(found);
    if (text === undefined) {
      text = JSON.stringify(found);
      settings.set(found, text);
    }
    return text;
  };

  return (unit) => {
    const language = languages.find(({ name }) => name === unit.language);
    const reach = language?.reach?.(unit, snapshot);
    if (!language || !reach) return undefined;
    let asked = byLanguage.get(language.name);
    if (!asked) {
      asked = rules.filter(
        ({ id, scope }) => languageOfRule(id) === language.name && scope !== "project",
      );
      byLanguage.set(language.name, asked);
    }
    const parts = [
      reach.directory,
      ...filesIn(reach.directory, language).map((each) => `${each} ${digestOfFile(each)}`),
      ...reach.imported.map((each) => `${each}/ ${digestOfImported(each, language)}`),
      ...reach.files.map((each) => `${each} ${digestOfFile(each)}`),
      ...unit.files.map((file) => {
        const set = (asked ?? []).map((rule) => `${rule.id} ${settingsOf(file, rule)}`);
        return `${file} ${digestOfFile(file)} ${set.join(" ")}`;
      }),
    ];
    return hash(parts.join("\n"));
  };
}

/** Hashes a text whole. */
export function hash(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
