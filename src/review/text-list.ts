/** Text that is not too long, cut after a line where it is; that it was is said. Characters. */
export function cutAtLine(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const end = text.lastIndexOf("\n", longest);
  return `${text.slice(0, Math.max(0, end))}\n\n_The rest was too long._`;
}

/** Lines of a list in a summary; the rest is counted. */
const MOST_LISTED = 30;

/** A list under a title, in Markdown; empty where there is nothing to list. */
export function list(title: string, items: readonly string[]): string {
  if (items.length === 0) return "";
  const shown = items.slice(0, MOST_LISTED).map((item) => `- ${item}`);
  const rest = items.length - shown.length;
  return [title, "", ...shown, ...(rest > 0 ? [`- and ${rest} more`] : [])].join("\n");
}
