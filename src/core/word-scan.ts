/** Lengths that are told apart; longer words count as this long. */
const LENGTHS = 64;
const ASCII = 128;

/**
 * Finds some words in texts, faster than an expression that names them all or a lookup for each word: most words differ from
 * all wanted ones in their first letter or their length. Words are of ASCII letters, digits, underscores and dollars.
 */
export class WordScan {
  readonly #wanted: ReadonlySet<string>;
  /** By first letter and length. */
  readonly #shapes = new Uint8Array(ASCII * LENGTHS);

  constructor(words: Iterable<string>) {
    this.#wanted = new Set(words);
    for (const word of this.#wanted) this.#shapes[shapeOf(word.charCodeAt(0), word.length)] = 1;
  }

  /** The wanted words of a text with their offsets, in order. */
  *wordsIn(text: string): Generator<{ readonly word: string; readonly at: number }> {
    const shapes = this.#shapes;
    for (let at = 0; at < text.length; ) {
      const first = text.charCodeAt(at);
      if (first >= ASCII || CLASS[first] !== LETTER) {
        at++;
        continue;
      }
      let end = at + 1;
      for (let code = text.charCodeAt(end); code < ASCII && CLASS[code] !== OTHER; ) {
        end++;
        code = text.charCodeAt(end);
      }
      if (shapes[shapeOf(first, end - at)] === 1) {
        const word = text.slice(at, end);
        if (this.#wanted.has(word)) yield { word, at };
      }
      at = end;
    }
  }
}

const OTHER = 0;
const LETTER = 1;
const DIGIT = 2;
const CLASS = Uint8Array.from({ length: ASCII }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[A-Za-z_$]/.test(character) ? LETTER : /[0-9]/.test(character) ? DIGIT : OTHER;
});

function shapeOf(first: number, length: number): number {
  return (first & (ASCII - 1)) * LENGTHS + Math.min(length, LENGTHS - 1);
}
