/** What somebody asks for in a comment that begins with `chokepoint`. */
export type Command =
  | { readonly kind: "review" | "pause" | "resume" | "config" | "help" }
  /** Without a rule: the findings of the comment that it answers, or, where it reaches further, their rule. */
  | {
      readonly kind: "ignore";
      readonly rule: string | undefined;
      readonly reach: Reach;
      readonly reason: string;
    }
  | { readonly kind: "unignore"; readonly rule: string | undefined; readonly reach: Reach }
  | { readonly kind: "explain"; readonly rule: string | undefined };

/** Where a rule is not to be heard of: in the pull request, in one file of the repository, in all of it. */
export type Reach = "pull" | "everywhere" | { readonly file: string };

const RULE = /^(go|ts|chokepoint)\/[a-z][a-z0-9-]*$/;
/** More of a reason is not kept. Characters. */
const LONGEST_REASON = 300;

/** Reads a command; undefined for words that are none. The first line counts, what follows is talk. */
export function readCommand(text: string): Command | undefined {
  const [line = ""] = text.trim().split(/\r?\n/, 1);
  const words = line.trim().split(/\s+/).slice(1);
  if (words[0]?.toLowerCase() === "full") words.shift();
  const [name = "help", ...rest] = words;
  const first = rest[0]?.replaceAll("`", "");
  const rule = first !== undefined && RULE.test(first) ? first : undefined;
  switch (name.toLowerCase()) {
    case "review":
      return { kind: "review" };
    case "pause":
      return { kind: "pause" };
    case "resume":
      return { kind: "resume" };
    case "config":
      return { kind: "config" };
    case "help":
      return { kind: "help" };
    case "explain":
      return { kind: "explain", rule };
    case "unignore":
      return { kind: "unignore", rule, reach: readReach(rule ? rest.slice(1) : rest).reach };
    case "ignore": {
      const { reach, words: left } = readReach(rule === undefined ? rest : rest.slice(1));
      return { kind: "ignore", rule, reach, reason: reasonIn(left) };
    }
    default:
      return undefined;
  }
}

/** `--everywhere`, or `--in FILE`, before the reason. */
function readReach(words: readonly string[]): { reach: Reach; words: readonly string[] } {
  const [flag, file, ...rest] = words;
  if (flag === "--everywhere") return { reach: "everywhere", words: words.slice(1) };
  if (flag !== "--in" || file === undefined) return { reach: "pull", words };
  return { reach: { file: file.replaceAll("`", "") }, words: rest };
}

function reasonIn(words: readonly string[]): string {
  const reason = words.join(" ").replace(/^(--|—|:)\s*/, "");
  return [...reason].slice(0, LONGEST_REASON).join("");
}
