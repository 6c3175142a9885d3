const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** How far a bracket is followed: more than any list of arguments or type parameters that people write. */
const LONGEST = 10_000;

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

/** The offset of the closing quote. */
function endOfString(text: string, open: number, quote: string): number {
  const limit = Math.min(text.length, open + LONGEST);
  for (let at = open + 1; at < limit; at++) {
    if (text[at] === "\\" && quote !== "`") at++;
    else if (text[at] === quote) return at;
  }
  return limit;
}
