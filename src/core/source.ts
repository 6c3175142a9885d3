/** A template of source text without its common indentation and its first and last line break. */
export function source(strings: TemplateStringsArray): string {
  const lines = strings
    .join("")
    .replace(/^\n/, "")
    .replace(/\n[ \t]*$/, "\n")
    .split("\n");
  const indents = lines
    .filter((line) => line.trim() !== "")
    .map((line) => /^[ ]*/.exec(line)?.[0].length ?? 0);
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(Math.min(indent, line.length))).join("\n");
}
