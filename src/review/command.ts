/** What somebody asks for in a comment that begins with `chokepoint`. */
export type Command =
  | { readonly kind: "review" | "pause" | "resume" | "help" }
  /** Without a rule: the findings of the comment that it answers. */
  | { readonly kind: "ignore"; readonly rule: string | undefined; readonly reason: string }
  | { readonly kind: "unignore"; readonly rule: string | undefined }
  | { readonly kind: "explain"; readonly rule: string | undefined };

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
    case "help":
      return { kind: "help" };
    case "explain":
      return { kind: "explain", rule };
    case "unignore":
      return { kind: "unignore", rule };
    case "ignore": {
      const reason = (rule === undefined ? rest : rest.slice(1))
        .join(" ")
        .replace(/^(--|—|:)\s*/, "");
      return { kind: "ignore", rule, reason: [...reason].slice(0, LONGEST_REASON).join("") };
    }
    default:
      return undefined;
  }
}
