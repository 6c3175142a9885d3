/** Lines of a list in a summary; the rest is counted. */
const MOST_LISTED = 30;

/** A list under a title, in Markdown; empty where there is nothing to list. */
export function list(title: string, items: readonly string[]): string {
  if (items.length === 0) return "";
  const shown = items.slice(0, MOST_LISTED).map((item) => `- ${item}`);
  const rest = items.length - shown.length;
  return [title, "", ...shown, ...(rest > 0 ? [`- and ${rest} more`] : [])].join("\n");
}
