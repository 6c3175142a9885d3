/** A character that has no width: what stands around it is no mention, reference or link any more. */
const BREAK = "\u200b";

/**
 * Text of a repository as it may stand in a comment: it names nobody, refers to nothing, and is no markdown, HTML or line of
 * its own. Names keep the letters that they have.
 */
export function neutralText(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_[\]|<>~&$]/g, (mark) =>
      mark === "<" ? "&lt;" : mark === "&" ? "&amp;" : `\\${mark}`,
    )
    .replace(/@/g, `@${BREAK}`)
    .replace(/#(?=\d)/g, `#${BREAK}`)
    .replace(/\b(GH)-(?=\d)/gi, `$1-${BREAK}`)
    .replace(/\b(https?|ftp|mailto):/gi, `$1${BREAK}:`)
    .replace(/\bwww\./gi, `www${BREAK}.`)
    .replace(/\b([\da-f]{7,39})([\da-f])\b/gi, `$1${BREAK}$2`);
}

/** A name as it stands in code: with a dot, a receiver, a call, an index, an underscore or a hump. */
const NAME =
  /(?<![\w$.*)\]@/`-])(?:\(\*?[A-Za-z_$][\w$]*\)|\*?[A-Za-z_$][\w$]*)(?:\[[\w$]*\]|\.[#\w$]+)*(?:\(\))?(?![\w$(@/`[-]|\.\w)/g;
const LOOKS_LIKE_CODE = /\w\.#?[A-Za-z_$]|^\(|\(\)$|\]|_|^\*|^[a-z]+[A-Z]/;

/** A sentence of ours about names of the repository: they stand in it as code, and all else as it may stand in a comment. */
export function sentence(text: string): string {
  const line = oneLine(text);
  let said = "";
  let end = 0;
  for (const { 0: name, index } of line.matchAll(NAME)) {
    if (!LOOKS_LIKE_CODE.test(name)) continue;
    said += neutralText(line.slice(end, index)) + inlineCode(name);
    end = index + name.length;
  }
  return said + neutralText(line.slice(end));
}

/** Text as inline code: a fence longer than any run of backticks inside. Nothing in it is interpreted. */
export function inlineCode(text: string): string {
  const line = oneLine(text);
  const fence = "`".repeat(longestRun(line) + 1);
  const pad = line.startsWith("`") || line.endsWith("`") || line.trim() === "" ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A text that leads to an address, where there is one. */
export function linked(text: string, address: string | undefined): string {
  return address === undefined ? text : `[${text}](${address})`;
}

/** Lines as a fenced block with a language; the fence is longer than any run of backticks inside. */
export function fenced(language: string, text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text.replace(/\r?\n$/, "")}\n${fence}`;
}

/** Text inside a mermaid diagram: what could end a line, a label or the fence stands as a character number. */
export function mermaidText(text: string): string {
  return oneLine(text).replace(/[#;:<>"'`{}[\]()%\\@&|]/g, (mark) => `#${mark.charCodeAt(0)};`);
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu, " ");
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
