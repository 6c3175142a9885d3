/** What a comment asks to be silent about, before it is known which rules and lines that means. */
export interface Directive {
  /** Whose form it is: `chokepoint`, `nolint`, `eslint`, … */
  readonly form: string;
  /**
   * line: its own line. next-line: the one below. place: its own line where it trails, else the next statement. block: its own
   * line with all of the statement that begins there, else the next statement. begin, end: everything between the two.
   */
  readonly reach: "line" | "next-line" | "place" | "block" | "file" | "begin" | "end";
  /** Names as written: ids of ours, or of a peer. */
  readonly names: readonly string[];
  readonly reason: string | undefined;
}

type Reach = Directive["reach"];

interface Form {
  readonly form: string;
  /** With groups `names` and perhaps `reason` and `reach`. */
  readonly pattern: RegExp;
  readonly reach: Reach | Readonly<Record<string, Reach>>;
}

const NAME = String.raw`[@\w][\w@/.-]*`;
const NAMES = String.raw`(?<names>${NAME}(?:[\s,]+${NAME})*)`;
const DASHED_REASON = String.raw`(?:\s*--\s*(?<reason>\S[^]*))?`;

/** The forms that people already type. A form without names asks for more than our rules, and counts for nothing. */
const FORMS: readonly Form[] = [
  {
    form: "chokepoint",
    pattern: new RegExp(
      String.raw`^chokepoint:(?<reach>ignore|ignore-file)(?:\s+${NAMES}?\s*${DASHED_REASON}\s*)?$`,
    ),
    reach: { ignore: "place", "ignore-file": "file" },
  },
  {
    form: "nolint",
    pattern: new RegExp(
      String.raw`^nolint:\s*(?<names>${NAME}(?:\s*,\s*${NAME})*)(?:\s*//\s*(?<reason>.*))?`,
    ),
    reach: "block",
  },
  {
    form: "staticcheck",
    pattern: /^lint:(?<reach>ignore|file-ignore)\s+(?<names>[\w*]+(?:,[\w*]+)*)\s+(?<reason>\S.*)/,
    reach: { ignore: "place", "file-ignore": "file" },
  },
  {
    form: "revive",
    pattern:
      /^revive:(?<reach>disable-next-line|disable-line|disable|enable):(?<names>[\w-]+)(?:\s+(?<reason>\S.*))?/,
    reach: {
      "disable-next-line": "next-line",
      "disable-line": "line",
      disable: "begin",
      enable: "end",
    },
  },
  {
    form: "gosec",
    pattern:
      /^(?:#\s*nosec|gosec:disable)\s+(?<names>G\d+(?:[\s,]+G\d+)*)(?:\s*--\s*(?<reason>\S.*))?/i,
    reach: "place",
  },
  {
    form: "semgrep",
    pattern: /^nosem(?:grep)?:\s*(?<names>[\w.-]+(?:\s*,\s*[\w.-]+)*)/,
    reach: "place",
  },
  { form: "iface", pattern: /^iface:ignore=(?<names>[\w-]+(?:,[\w-]+)*)/, reach: "block" },
  {
    form: "goconcurrencylint",
    pattern: /^goconcurrencylint:ignore\s+(?<names>[\w-]+(?:\s*,\s*[\w-]+)*)/,
    reach: "place",
  },
  {
    form: "eslint",
    pattern: new RegExp(
      String.raw`^(?:eslint|oxlint)-(?<reach>disable-next-line|disable-line|disable|enable)\s+${NAMES}${DASHED_REASON}`,
    ),
    reach: {
      "disable-next-line": "next-line",
      "disable-line": "line",
      disable: "begin",
      enable: "end",
    },
  },
  {
    form: "biome",
    pattern: new RegExp(
      String.raw`^biome-(?<reach>ignore-all|ignore-start|ignore-end|ignore)\s+${NAMES}(?:\([^)]*\))?\s*:\s*(?<reason>[^]*)`,
    ),
    reach: { ignore: "place", "ignore-all": "file", "ignore-start": "begin", "ignore-end": "end" },
  },
  {
    form: "deno",
    pattern: new RegExp(
      String.raw`^deno-lint-(?<reach>ignore-file|ignore)\s+${NAMES}${DASHED_REASON}`,
    ),
    reach: { ignore: "next-line", "ignore-file": "file" },
  },
  {
    form: "tslint",
    pattern:
      /^tslint:(?<reach>disable-next-line|disable-line|disable|enable):(?<names>[\w-]+(?:\s+[\w-]+)*)/,
    reach: {
      "disable-next-line": "next-line",
      "disable-line": "line",
      disable: "begin",
      enable: "end",
    },
  },
  {
    form: "node-doctor",
    pattern: new RegExp(String.raw`^node-doctor-disable-next-line\s+${NAMES}${DASHED_REASON}`),
    reach: "next-line",
  },
];

/** What may stand in a directive, reason included; a longer comment is read so far. Keeps patterns cheap. */
const LENGTH_READ = 1000;

/**
 * Reads a comment's text (without its marks); undefined where it asks for nothing. An own directive that cannot be read is
 * answered without names, so that its author can be told.
 */
export function readDirective(comment: string): Directive | undefined {
  const text = comment.slice(0, LENGTH_READ).replace(/\s+/g, " ").trim();
  for (const { form, pattern, reach } of FORMS) {
    const groups = pattern.exec(text)?.groups;
    if (!groups) continue;
    const { names = "", reason, reach: word = "" } = groups;
    const reaches = typeof reach === "string" ? reach : reach[word];
    if (reaches === undefined) continue;
    return {
      form,
      reach: reaches,
      names: names.split(/[\s,]+/).filter((name) => name !== ""),
      reason: reason?.trim() || undefined,
    };
  }
  if (!text.startsWith("chokepoint:ignore")) return undefined;
  return { form: "chokepoint", reach: "line", names: [], reason: undefined };
}
