import type { Mention, MentionRole } from "../../../core/project-facts.ts";
import { WordScan } from "../../../core/word-scan.ts";
import type { GoFile } from "../go-file.ts";
import type { GoPackage } from "../package.ts";
import { importName } from "../symbols.ts";

/** Where the names of some types and methods stand in the texts of a module. Read from words: nothing is parsed. */
export interface NameUses {
  /** By `import path.Name` (`directory.Name` where there is no path). */
  readonly mentions: ReadonlyMap<string, readonly Mention[]>;
  /** Names that stand behind a dot. */
  readonly selected: ReadonlySet<string>;
  /** Something renders templates, which call exported methods by their names. */
  readonly hasTemplates: boolean;
}

/** A name whose uses are wanted, and where it is declared. */
export interface NamedInterface {
  readonly key: string;
  readonly name: string;
  readonly file: string;
  /** Its declaration: what stands inside is no use. */
  readonly start: number;
  readonly end: number;
}

/** More uses of one name than anybody counts. */
const MOST_MENTIONS = 2_000;
const IMPORT = /^[ \t]*(?:import[ \t]+)?(?:([\w.]+)[ \t]+)?"([^"\n]+)"[ \t\r]*(?:\/\/.*)?$/gm;

/** The package that a file belongs to, as keys name it. */
export function packageKey(file: GoFile): string {
  const path = file.importPath === "" ? file.directory : file.importPath;
  return file.isTest && file.importPath === "" && file.packageName.endsWith("_test")
    ? `${path}_test`
    : path;
}

/** A text to look through. */
export interface ReadText {
  readonly path: string;
  readonly text: string;
  /** As keys begin. */
  readonly home: string;
  readonly isTest: boolean;
}

export function textsOf(packages: readonly GoPackage[]): ReadText[] {
  return packages.flatMap(({ files }) =>
    files.map((file) => ({
      path: file.path,
      text: file.text,
      home: packageKey(file),
      isTest: file.isTest,
    })),
  );
}

export function nameUses(
  texts: readonly ReadText[],
  interfaces: readonly NamedInterface[],
  methods: ReadonlySet<string>,
): NameUses {
  const byName = new Map<string, Map<string, NamedInterface[]>>();
  for (const each of interfaces) {
    const homes = byName.get(each.name) ?? new Map<string, NamedInterface[]>();
    byName.set(each.name, homes);
    homes.set(each.key, [...(homes.get(each.key) ?? []), each]);
  }
  const wanted = new WordScan([...byName.keys(), ...methods]);
  const mentions = new Map<string, Mention[]>();
  const selected = new Set<string>();
  for (const { path: file, text, home, isTest } of texts) {
    let imports: ReadonlyMap<string, string> | undefined;
    for (const { word, at } of wanted.wordsIn(text)) {
      // Three dots are a variadic parameter.
      const isBehindDot = text.charCodeAt(at - 1) === DOT && text.charCodeAt(at - 2) !== DOT;
      if (isBehindDot && methods.has(word) && !selected.has(word) && !isInComment(text, at))
        selected.add(word);
      const homes = byName.get(word);
      if (!homes) continue;
      imports ??= importsOf(text);
      const qualifier = isBehindDot ? qualifierBefore(text, at) : ".";
      const from = qualifier === undefined ? undefined : imports.get(qualifier);
      const key =
        !isBehindDot && homes.has(`${home}.${word}`) ? `${home}.${word}` : `${from}.${word}`;
      const declared = homes.get(key);
      if (!declared || isInside(declared, file, at) || isNoType(text, at, word)) continue;
      const list = mentions.get(key) ?? [];
      mentions.set(key, list);
      if (list.length >= MOST_MENTIONS) continue;
      const start = isBehindDot ? at - (qualifier?.length ?? 0) - 1 : at;
      const end = at + word.length;
      list.push({ at: { file, start, end }, home, isTest, role: roleOf(text, start, end) });
    }
  }
  const hasTemplates = texts.some(({ text }) => /"(?:text|html)\/template\b/.test(text));
  return { mentions, selected, hasTemplates };
}

function qualifierBefore(text: string, at: number): string | undefined {
  return /(?<![\w.])(\w+)\.$/.exec(text.slice(Math.max(0, at - 80), at))?.[1];
}

const DOT = 46;

function importsOf(text: string): ReadonlyMap<string, string> {
  const imports = new Map<string, string>();
  const head = /^(?:func|type|var|const)\b/m.exec(text)?.index ?? text.length;
  for (const [, alias, path = ""] of text.slice(0, head).matchAll(IMPORT)) {
    imports.set(alias ?? importName(path), path);
    // A package may be called otherwise than its path says.
    const last = path.split("/").at(-1) ?? "";
    if (alias === undefined) imports.set(last.replace(/^go-|[-.]go$/g, ""), path);
  }
  return imports;
}

function isInside(declared: readonly NamedInterface[], file: string, at: number): boolean {
  return declared.some((each) => each.file === file && at >= each.start && at < each.end);
}

/** Behind two slashes that are no part of an address. */
function isInComment(text: string, at: number): boolean {
  const before = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  return /(?:^|[^:])\/\//.test(before) && !before.startsWith("//go:generate");
}

/** In a comment or a string, a field's or method's own name, a key of a literal. */
function isNoType(text: string, at: number, word: string): boolean {
  const lineStart = text.lastIndexOf("\n", at - 1) + 1;
  const before = text.slice(lineStart, at);
  if (before.startsWith("//go:generate")) return false;
  if (isInComment(text, at) || (before.split('"').length - 1) % 2 === 1) return true;
  const after = text.slice(at + word.length, at + word.length + 40);
  if (/^\s*:[^=]|^\s*:=/.test(after) && !/\bcase\b/.test(before)) return true;
  if (/^\s*$/.test(before) && /^[ \t]+[\w*[\]]/.test(after)) return true;
  return /^func\b.*\)\s*$/.test(before) && /^[([]/.test(after);
}

function roleOf(text: string, start: number, end: number): MentionRole {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = text.indexOf("\n", end);
  const before = text.slice(lineStart, start);
  const after = text.slice(end, lineEnd === -1 ? text.length : lineEnd);
  if (/[\w\])]\[(?:[\w ]+,\s*)*\w[\w, ]*\s$/.test(before)) return "constraint";
  if (/\.\(\*?$/.test(before) || /^\s*case\b/.test(before)) return "assertion";
  if (/\bvar\s+_\s+$|^\s*_\s+$/.test(before)) return "compliance";
  if (/^\s*\*?$/.test(before) && /^\s*(?:`.*)?(?:\/\/.*)?\r?$/.test(after)) return "embedding";
  if (/^func\s+(?:\([^)]*\)\s*)?\p{Lu}/u.test(before)) return "signature";
  if (/^var\s+\w+\s+(?:=\s*)?(?:map\[[\w.]+\]|\[\d*\])+\*?$/.test(before)) return "registry";
  return "type";
}
