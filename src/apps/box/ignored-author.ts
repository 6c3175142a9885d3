/**
 * Whether one of the globs means a login. `*` is the only sign: the brackets of `dependabot[bot]` are letters of a name, and a
 * class of characters to any library of globs.
 */
export function isIgnoredAuthor(login: string, globs: readonly string[]): boolean {
  return globs.some((glob) => {
    const parts = glob.toLowerCase().split("*");
    return matches(login.toLowerCase(), parts);
  });
}

/** Whether a text begins with the first part, ends with the last, and has the others between, in order. */
function matches(text: string, parts: readonly string[]): boolean {
  const [first = "", ...rest] = parts;
  if (rest.length === 0) return text === first;
  const last = rest.pop() ?? "";
  if (!text.startsWith(first) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.endsWith(last) && text.length - last.length >= at;
}
