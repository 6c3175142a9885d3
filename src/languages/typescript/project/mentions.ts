import type { Mention, MentionRole } from "../../../core/project-facts.ts";
import { WordScan } from "../../../core/word-scan.ts";
import type { ProjectText } from "./project-texts.ts";

/** A mention, with what TypeScript's structural types make of it. */
export interface TypeScriptMention extends Mention {
  /** A value is made for it in place: `const a: A = {`, `{…} as A`, `satisfies A`, `mock<A>()`, a factory's result. */
  readonly makesValue: boolean;
}

interface Declared {
  readonly from: { readonly path: string };
  readonly start: number;
  readonly end: number;
}

const MOST_MENTIONS = 2_000;

/** Where the names stand in the texts, outside of their declarations, of comments and of strings. */
export function mentionsOf(
  texts: readonly ProjectText[],
  declared: ReadonlyMap<string, Declared>,
  homeOf: (path: string) => string,
): ReadonlyMap<string, readonly TypeScriptMention[]> {
  const found = new Map<string, TypeScriptMention[]>();
  const wanted = new WordScan(declared.keys());
  for (const { path, text, isTest } of texts)
    for (const { word, at } of wanted.wordsIn(text)) {
      const declaration = declared.get(word);
      if (!declaration) continue;
      const isInside =
        declaration.from.path === path && at >= declaration.start && at < declaration.end;
      if (isInside || isNoUse(text, at, word)) continue;
      const list = found.get(word) ?? [];
      found.set(word, list);
      if (list.length >= MOST_MENTIONS) continue;
      const end = at + word.length;
      const before = text.slice(Math.max(0, at - 300), at);
      const after = text.slice(end, end + 400);
      list.push({
        at: { file: path, start: at, end },
        home: homeOf(path),
        isTest,
        role: roleOf(before),
        makesValue: makesValue(before, after),
      });
    }
  return found;
}

function isNoUse(text: string, at: number, word: string): boolean {
  const before = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  // JSDoc types of JavaScript are uses: they stand in braces.
  if (/^\s*\*|\/\*/.test(before)) return !/\{[^}]*$/.test(before);
  if (/(?:^|[^:])\/\//.test(before)) return true;
  // `a.Name` is a property, or of a namespace: of no use for it.
  if (/[^.]\.$/.test(before) && !/\b[\w$]+\.$/.test(before)) return true;
  return (
    /^\s*:(?!:)/.test(text.slice(at + word.length, at + word.length + 10)) &&
    /[{,(]\s*$/.test(before)
  );
}

function roleOf(before: string): MentionRole {
  if (/\b(?:import|export)\s+(?:type\s+)?(?:[\w$]+\s*,\s*)?\{[^{}]*$/.test(before))
    return "carried";
  if (/\bimplements\b[^{};]*$/.test(before)) return "compliance";
  if (/\b(?:interface|class)\b[^{};=()]*\bextends\b[^{};]*$/.test(before)) return "embedding";
  if (/<[^<>;{}()]*\bextends\s+(?:keyof\s+)?$/.test(before)) return "constraint";
  if (/\bas\s+$/.test(before)) return "assertion";
  return "type";
}

function makesValue(before: string, after: string): boolean {
  if (before.endsWith("<")) {
    if (/(?:^|[=(,[{:?]|=>|return)\s*<$/.test(before) || MAKERS.test(before.slice(-LONGEST_MAKER)))
      return true;
  } else if (/\b(?:as|satisfies)\s+(?:unknown\s+as\s+)?$/.test(before)) return true;
  if (/^(?:<[^=;{}]*>)?(?:\[\])*\s*=\s*(?:[{([]|async\b|new\s+(?:Proxy|Map)\b)/.test(after))
    return true;
  const isResult = /\)\s*:\s*(?:Promise\s*<\s*)?$/.test(before);
  return isResult && /^[\s>[\]|&\w$]*(?:=>|\{)[\s\S]*?(?:return\s*[{[]|=>\s*\(\{)/.test(after);
}

/** What makes a value of the type argument that follows. */
const MAKERS = /\b(?:\w*[mM]ock\w*|\w*[sS]tub\w*|\w*[fF]ake\w*|Partial|Mocked\w*|create\w*)\s*<$/;
const LONGEST_MAKER = 80;
