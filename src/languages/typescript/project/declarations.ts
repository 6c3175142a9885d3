import type { ProjectText } from "./project-texts.ts";

/** A declaration of a type as its first line tells. */
export interface DeclaredName {
  readonly kind: "interface" | "class" | "type" | "enum";
  readonly name: string;
  readonly from: ProjectText;
  /** Where its first line and its name begin. */
  readonly start: number;
  readonly nameStart: number;
  readonly isExported: boolean;
  readonly isAmbient: boolean;
  /** What stands between the name and the body: parameters, `extends`, `implements`. */
  readonly head: string;
  /** Of the body, braces included; equal where there is none. */
  readonly bodyStart: number;
  readonly end: number;
}

const DECLARATION =
  /^([ \t]*)((?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?)(interface|class|type|enum|const\s+enum)\s+([A-Za-z_$][\w$]*)/gm;

/** The types that a text declares, read without parsing. */
export function declaredNames(from: ProjectText): DeclaredName[] {
  const { text } = from;
  const found: DeclaredName[] = [];
  for (const match of text.matchAll(DECLARATION)) {
    const [whole, indent = "", modifiers = "", word = "", name = ""] = match;
    const kind = word.endsWith("enum") ? "enum" : (word as "interface" | "class" | "type");
    const afterName = match.index + whole.length;
    if (kind === "type" && !/^\s*[=<]/.test(text.slice(afterName, afterName + 20))) continue;
    const hasBody = kind === "interface" || kind === "class";
    const bodyStart = hasBody ? bodyAt(text, afterName) : -1;
    if (hasBody && bodyStart === -1) continue;
    found.push({
      kind,
      name,
      from,
      start: match.index,
      nameStart: afterName - name.length,
      isExported: /\bexport\b/.test(modifiers),
      isAmbient: /\bdeclare\b/.test(modifiers) || indent !== "",
      head: bodyStart === -1 ? "" : text.slice(afterName, bodyStart),
      bodyStart: bodyStart === -1 ? afterName : bodyStart,
      end: bodyStart === -1 ? afterName : closingBrace(text, bodyStart),
    });
  }
  return found;
}

/** The brace that opens the body: the first one outside of `<…>`. */
function bodyAt(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length && at < from + 2_000; at++) {
    const character = text[at];
    if (character === "<") depth++;
    else if (character === ">" && text[at - 1] !== "=") depth--;
    else if (character === ";" && depth <= 0) return -1;
    else if (character === "{" && depth <= 0) return at;
  }
  return -1;
}

const SKIPPED =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|[{}]/g;

/** The offset behind the brace that closes the one at `from`; strings and comments are skipped. */
function closingBrace(text: string, from: number): number {
  let depth = 0;
  SKIPPED.lastIndex = from;
  for (let match = SKIPPED.exec(text); match; match = SKIPPED.exec(text)) {
    if (match[0] === "{") depth++;
    else if (match[0] === "}" && --depth === 0) return match.index + 1;
  }
  return text.length;
}

/** The names behind a word of a head: `implements A<B>, c.D` gives A and D. */
export function namesBehind(word: "extends" | "implements", head: string): string[] {
  const start = new RegExp(`\\b${word}\\s+`).exec(withoutArguments(head));
  if (!start) return [];
  const rest = withoutArguments(head).slice(start.index + start[0].length);
  return rest
    .replace(/\b(?:extends|implements)\b[\s\S]*$/, "")
    .split(",")
    .map((each) => each.trim().split(".").at(-1)?.trim() ?? "")
    .filter((name) => /^[A-Za-z_$][\w$]*$/.test(name));
}

function withoutArguments(head: string): string {
  let text = head;
  for (let rounds = 0; rounds < 6 && /<[^<>]*>/.test(text); rounds++)
    text = text.replace(/<[^<>]*>/g, "");
  return text;
}
