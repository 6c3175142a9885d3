const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** How far a bracket is followed: a text may hold nothing but brackets, and each of them is asked about. */
export const LONGEST = 2_000;

/** The offset after the bracket that closes the one at `open`; strings are stepped over. -1 where none does. */
export function afterBrackets(text: string, open: number): number {
  const waiting: string[] = [];
  const limit = Math.min(text.length, open + LONGEST);
  for (let at = open; at < limit; at++) {
    const character = text[at] as string;
    const closer = closing[character];
    if (closer) waiting.push(closer);
    else if (character === '"' || character === "'" || character === "`") {
      at = endOfString(text, at, character);
    } else if (character === waiting.at(-1)) {
      waiting.pop();
      if (waiting.length === 0) return at + 1;
    } else if (character === ")" || character === "]" || character === "}") return -1;
  }
  return -1;
}

/** The offset after the `>` that closes the `<` at `open`; the one of an arrow closes nothing. -1 where none does. */
export function afterAngles(text: string, open: number): number {
  let depth = 0;
  const limit = Math.min(text.length, open + LONGEST);
  for (let at = open; at < limit; at++) {
    if (text[at] === "<") depth++;
    else if (text[at] === ">" && text[at - 1] !== "=" && --depth === 0) return at + 1;
  }
  return -1;
}

/** A list of arguments as far as its first comma outside of brackets. */
export function firstArgument(list: string): string {
  for (let at = 0; at < list.length; at++) {
    if (list[at] === ",") return list.slice(0, at);
    if (/[([{]/.test(list[at] as string)) {
      const after = afterBrackets(list, at);
      if (after === -1) return list;
      at = after - 1;
    }
  }
  return list;
}

/** The offset of the closing quote. */
function endOfString(text: string, open: number, quote: string): number {
  const limit = Math.min(text.length, open + LONGEST);
  for (let at = open + 1; at < limit; at++) {
    if (text[at] === "\\" && quote !== "`") at++;
    else if (text[at] === quote) return at;
  }
  return limit;
}
