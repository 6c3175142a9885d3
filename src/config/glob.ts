/** More alternatives of braces are letters like others. */
const MOST_ALTERNATIVES = 64;

type Token = { readonly kind: "star" } | { readonly kind: "one"; fits(letter: string): boolean };

/** A directory level of a glob; `**` stands for any number of them. */
type Level = "**" | readonly Token[];

/**
 * A glob as people write them: `*` and `?` inside of a name, `**` over directories, `[a-z]`, `[!a]`, `{a,b}`, and `!` before a
 * glob for what it does not mean. Whatever is asked takes no longer than its length times the path's: globs come from
 * repositories that nobody knows.
 */
export function globMatcher(glob: string): (path: string) => boolean {
  if (glob.startsWith("!")) {
    const inner = globMatcher(glob.slice(1));
    return (path) => !inner(path);
  }
  const patterns = alternatives(glob).map((one) => one.split("/").map(levelOf));
  return (path) => {
    const names = path.split("/");
    return patterns.some((levels) =>
      fits(levels, names, "**", (level, name) =>
        fits(level as readonly Token[], [...name], STAR, (token, letter) =>
          token.kind === "one" ? token.fits(letter) : false,
        ),
      ),
    );
  };
}

const STAR: Token = { kind: "star" };

/**
 * Whether items are a pattern's, in order; `many` in it stands for any number of them. Only the last `many` is ever tried
 * again, since what an earlier one could take the last one can as well.
 */
function fits<Part, Item>(
  pattern: readonly Part[],
  items: readonly Item[],
  many: Part,
  isOne: (part: Part, item: Item) => boolean,
): boolean {
  let part = 0;
  let item = 0;
  let lastMany = -1;
  let taken = 0;
  while (item < items.length) {
    const here = pattern[part];
    if (here === many) {
      lastMany = part++;
      taken = item;
    } else if (here !== undefined && isOne(here, items[item] as Item)) {
      part++;
      item++;
    } else if (lastMany >= 0) {
      part = lastMany + 1;
      item = ++taken;
    } else {
      return false;
    }
  }
  while (pattern[part] === many) part++;
  return part === pattern.length;
}

function levelOf(text: string): Level {
  if (text === "**") return "**";
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const sign = text[at] ?? "";
    const letters = sign === "[" ? /^\[([!^]?)(\]?[^\]]*)\]/.exec(text.slice(at)) : null;
    if (sign === "*") {
      if (tokens.at(-1) !== STAR) tokens.push(STAR);
      at++;
    } else if (sign === "?") {
      tokens.push({ kind: "one", fits: () => true });
      at++;
    } else if (letters) {
      const [whole, not, listed = ""] = letters;
      const isListed = classOf(listed);
      tokens.push({ kind: "one", fits: (letter) => isListed(letter) === (not === "") });
      at += whole.length;
    } else {
      const letter = String.fromCodePoint(text.codePointAt(sign === "\\" ? at + 1 : at) ?? 92);
      tokens.push({ kind: "one", fits: (given) => given === letter });
      at += (sign === "\\" && at + 1 < text.length ? 1 : 0) + letter.length;
    }
  }
  return tokens;
}

/** The letters between brackets: single ones, and ranges. */
function classOf(listed: string): (letter: string) => boolean {
  const ranges = [...listed.matchAll(/(.)-(.)|(.)/gsu)].map(([, from, to, one = ""]) => [
    from ?? one,
    to ?? one,
  ]);
  return (letter) => ranges.some(([from = "", to = ""]) => from <= letter && letter <= to);
}

/** What braces with commas stand for, the innermost first. */
function alternatives(glob: string): string[] {
  let done: string[] = [];
  let waiting = [glob];
  while (waiting.length > 0) {
    const next: string[] = [];
    for (const one of waiting) {
      const [whole, inside] = /\{([^{}]*,[^{}]*)\}/.exec(one) ?? [];
      if (whole === undefined || inside === undefined) done.push(one);
      else for (const part of inside.split(",")) next.push(one.replace(whole, () => part));
    }
    if (next.length + done.length > MOST_ALTERNATIVES) return [glob];
    waiting = next;
  }
  done = [...new Set(done)];
  return done;
}
