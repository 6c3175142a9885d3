import { block, type Code } from "./code.ts";
import { interactions } from "./interactions.ts";

/** A small Go program: a function `Case7` with all that it needs, except for `flip`, `fail`, `emit` and `take`. */
export interface GoCase {
  readonly name: string;
  readonly code: Code;
}

/** Choices of the generator. */
export interface Deal {
  one<T>(from: readonly T[]): T;
  below(count: number): number;
  chance(share: number): boolean;
}

function dealOf(random: () => number): Deal {
  const below = (count: number) => Math.floor(random() * count);
  return {
    one: (from) => from[below(from.length)] as (typeof from)[number],
    below,
    chance: (share) => random() < share,
  };
}

/** How the goroutines come by channels, locks and groups. */
export type Style = "captured" | "fields" | "parameters";

/** What is being put together. The first thread is the function itself. */
export interface Draft {
  readonly style: Style;
  readonly number: number;
  readonly deal: Deal;
  /** What the function does before it starts anybody. */
  readonly before: Code[];
  readonly threads: Code[][];
  /** Deferred statements of each thread. */
  readonly deferred: Code[][];
  /** Threads that the group starts itself, by `wg.Go`. */
  readonly started: Set<number>;
  /** As it is written in the style: `c0` or `s.c0`. */
  of(object: string): string;
  channel(): string;
}

const TYPES: Readonly<Record<string, string>> = {
  c0: "chan int",
  c1: "chan int",
  c2: "chan int",
  mu: "sync.Mutex",
  rw: "sync.RWMutex",
  wg: "sync.WaitGroup",
  once: "sync.Once",
  ctx: "context.Context",
  cancel: "context.CancelFunc",
  f0: "bool",
};

const REFERENCES = new Set(["c0", "c1", "c2", "ctx", "cancel", "f0"]);

/** A program of two to four goroutines; the same for the same numbers. */
export function goCase(random: () => number, number: number): GoCase {
  const deal = dealOf(random);
  const style = deal.one<Style>(["captured", "captured", "fields", "parameters"]);
  const channels = deal.one([["c0"], ["c0", "c1"], ["c0", "c1"], ["c0", "c1", "c2"]]);
  const count = deal.one([2, 2, 3, 3, 4]);
  const draft: Draft = {
    style,
    number,
    deal,
    before: [],
    threads: Array.from({ length: count }, () => []),
    deferred: Array.from({ length: count }, () => []),
    started: new Set(),
    of: (object) => (style === "fields" ? `s.${object}` : object),
    channel: () => (style === "fields" ? `s.${deal.one(channels)}` : deal.one(channels)),
  };
  for (let left = deal.one([1, 2, 2, 3, 3, 4]); left > 0; left--) deal.one(interactions)(draft);
  for (const [thread, statements] of draft.threads.entries())
    draft.threads[thread] = disturbed(draft, thread, statements);
  return { name: `Case${number}`, code: assembled(draft) };
}

/** Statements under conditions, in loops and closures, left out and said twice. */
function disturbed({ deal, of }: Draft, thread: number, statements: readonly Code[]): Code[] {
  // What two goroutines find in one variable is not followed from the one to the other.
  const condition = () => deal.one(["flip()", thread === 0 ? of("f0") : "flip()"]);
  return statements.flatMap((statement): Code[] => {
    const change = deal.one(["if", "else", "return", "error", "drop", "twice", "loop", "closure"]);
    if (!deal.chance(0.2)) return [statement];
    switch (change) {
      case "if":
        return [block(`if ${condition()} {`, statement)];
      case "else":
        return [
          block(`if ${condition()} {`, statement, ""),
          block("} else {", deal.one([[], "return"])),
        ];
      case "return":
        return [block(`if ${condition()} {`, "return"), statement];
      case "error":
        return [block("if err := fail(); err != nil {", "return"), statement];
      case "twice":
        return [statement, statement];
      case "loop":
        return [block(`for k := 0; k < ${deal.one([2, 3])}; k++ {`, statement)];
      case "closure":
        return [block("func() {", statement, "}()")];
      default:
        return [];
    }
  });
}

function assembled(draft: Draft): Code {
  const { style, number, threads, deferred, before, deal } = draft;
  const bodies = threads.map((statements, thread) => [...(deferred[thread] ?? []), ...statements]);
  const all = JSON.stringify([bodies, before]);
  const used = Object.keys(TYPES).filter((object) => new RegExp(`\\b${object}\\b`).test(all));
  if (draft.started.size > 0 && !used.includes("wg")) used.push("wg");
  if (used.includes("ctx") || used.includes("cancel"))
    used.push(...["ctx", "cancel"].filter((object) => !used.includes(object)));
  const setUp = declarations(draft, used);
  const spawns = bodies.slice(1).map((body, index) => spawnOf(draft, index + 1, body, used));
  const own = bodies[0] ?? [];
  const late = deal.chance(0.2) ? deal.below(own.length + 1) : 0;
  const main = [...setUp, ...before, ...own.slice(0, late), ...spawns, ...own.slice(late)];
  const functions = bodies
    .slice(1)
    .flatMap((body, index) => functionOf(draft, index + 1, body, used));
  const fields = used.map((object) => `${object} ${TYPES[object]}`);
  return [
    "package cases",
    "",
    block("import (", ['"context"', '"sync"'], ")"),
    "",
    "var _ context.Context",
    "var _ sync.Mutex",
    "",
    ...(style === "fields" ? [block(`type state${number} struct {`, fields), ""] : []),
    block(`func Case${number}() {@`, main),
    ...functions.flatMap((one) => ["", one]),
  ];
}

/** What the goroutines share, as it is made: variables, or fields of one value. */
function declarations(draft: Draft, used: readonly string[]): Code[] {
  const { style, number, deal, threads, deferred, before } = draft;
  const channels = used.filter((object) => TYPES[object] === "chan int");
  const body = JSON.stringify([threads, deferred, before]);
  // That a channel which others are given is nil is not followed: a field may be given by its address, and get a value later.
  const isGiven = (channel: string) => new RegExp(`\\((?:s\\.)?${channel}\\)`).test(body);
  const isMade = (channel: string) => channel === "c0" || isGiven(channel) || !deal.chance(0.04);
  const values = channels
    .filter(isMade)
    .map((channel) => [
      channel,
      deal.one(["make(chan int)", "make(chan int)", "make(chan int, 1)", "make(chan int, 2)"]),
    ]);
  if (used.includes("f0")) values.push(["f0", "flip()"]);
  const made = new Map(values as [string, string][]);
  const context = used.includes("ctx") ? contextOf(style === "fields" ? "s." : "", deal) : [];
  if (style === "fields") {
    const fields = [...made].map(([name, value]) => `${name}: ${value}`);
    return [`s := &state${number}{${fields.join(", ")}}`, ...context];
  }
  const variables = used
    .filter((object) => object !== "ctx" && object !== "cancel")
    .map((object) =>
      made.has(object) ? `${object} := ${made.get(object)}` : `var ${object} ${TYPES[object]}`,
    );
  return [...variables, ...context];
}

function contextOf(prefix: string, { chance }: Deal): string[] {
  const made = `${prefix}ctx, ${prefix}cancel ${prefix ? "" : ":"}= context.WithCancel(context.Background())`;
  const kept = prefix ? [] : ["_, _ = ctx, cancel"];
  return [made, ...kept, ...(chance(0.5) ? [`defer ${prefix}cancel()`] : [])];
}

function spawnOf(
  { style, number, started }: Draft,
  thread: number,
  body: Code,
  used: readonly string[],
): Code {
  const isGroup = started.has(thread);
  const group = style === "fields" ? "s.wg" : "wg";
  if (style === "captured")
    return isGroup
      ? block(`+${group}.Go(func() {@`, body, "})")
      : block("+go func() {@", body, "}()");
  const call = style === "fields" ? `s.run${thread}` : `run${number}x${thread}`;
  const given = used.map((object) => (REFERENCES.has(object) ? object : `&${object}`)).join(", ");
  const values = style === "fields" ? "" : given;
  return isGroup
    ? block(`+${group}.Go(func() {`, `${call}(${values})`, "})")
    : `+go ${call}(${values})`;
}

function functionOf(
  { style, number }: Draft,
  thread: number,
  body: Code,
  used: readonly string[],
): Code[] {
  if (style === "captured") return [];
  if (style === "fields") return [block(`func (s *state${number}) run${thread}() {@`, body)];
  const parameters = used
    .map((object) => `${object} ${REFERENCES.has(object) ? "" : "*"}${TYPES[object]}`)
    .join(", ");
  return [block(`func run${number}x${thread}(${parameters}) {@`, body)];
}
