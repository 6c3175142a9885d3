import {
  defineRule,
  type LateAwait,
  type ListAwaitedOneByOne,
  lateAwaits,
  listsAwaitedOneByOne,
  source,
  type Trace,
} from "#kit";

export default defineRule({
  id: "ts/late-awaited-promise",
  group: "promises",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bawait\b/,

  docs: {
    summary: "Promise kept without a handler while the function waits for something else",
    why:
      "If it is rejected during the other wait, nobody has a handler on it yet: the process sees an unhandled rejection, " +
      "which ends Node, although an await with a catch around it stands a few lines below. If the other wait throws, the " +
      "promise is never looked at.",
    instead:
      "Wait for both at once with `Promise.all`, or give the promise a handler where it is made: `promise.catch(() => {})`.",
    bad: {
      "two requests at once": source`
        export async function page(id: string): Promise<string> {
          try {
            const user = fetch("/user/" + id); // want "a rejection of fetch\\(\\) is unhandled while this waits for fetch\\(\\)"
            const posts = await fetch("/posts/" + id);
            return (await user).statusText + posts.statusText;
          } catch {
            return "not there";
          }
        }
      `,
      "the parts are awaited in turn": source`
        declare function fetchPart(name: string): Promise<string>;

        export async function whole(names: string[]): Promise<string> {
          const parts = names.map((name) => fetchPart(name));
          let text = "";
          for (const part of parts) text += await part; // want "a rejection of a later promise in parts is unhandled"
          return text;
        }
      `,
    },
    good: {
      "waited for together": source`
        export async function page(id: string): Promise<string> {
          const user = fetch("/user/" + id);
          const posts = fetch("/posts/" + id);
          const [one, other] = await Promise.all([user, posts]);
          return one.statusText + other.statusText;
        }
      `,
      "with a handler from the start": source`
        export async function page(id: string): Promise<string> {
          const user = fetch("/user/" + id);
          user.catch(() => {});
          const posts = await fetch("/posts/" + id);
          return (await user).statusText + posts.statusText;
        }
      `,
    },
    limits: [
      "Only constants that are used for nothing but being awaited, and lists that are used for nothing but being filled and awaited: whoever hands the promise on may attach a handler.",
      "Silent where what is called catches everything itself, for pauses, and in tests.",
    ],
    references: [
      "https://jakearchibald.com/2023/unhandled-rejections/",
      "https://nodejs.org/api/process.html#event-unhandledrejection",
    ],
  },

  *check({ use }) {
    for (const late of use(lateAwaits)) {
      const { at, started, other, meanwhile, awaitedAt, edits } = late;
      yield {
        at,
        message: `a rejection of ${started} is unhandled while this waits for ${other}`,
        related: [
          { at: meanwhile, note: "waits here" },
          { at: awaitedAt, note: "awaited only here" },
        ],
        trace: traceOf(late),
        ...(edits.length > 0 && {
          fixes: [{ kind: "suggestion", description: "give it a handler at once", edits }],
        }),
      };
    }
    for (const inTurn of use(listsAwaitedOneByOne)) {
      const { list, madeAt, awaitedAt } = inTurn;
      yield {
        at: awaitedAt,
        message: `a rejection of a later promise in ${list} is unhandled while this waits for an earlier one`,
        related: [{ at: madeAt, note: "all of them run since here" }],
        trace: inTurnTrace(inTurn),
      };
    }
  },
});

function inTurnTrace({ list, madeAt, awaitedAt }: ListAwaitedOneByOne): Trace {
  return {
    threads: ["this function", `the second promise of ${list}`],
    steps: [
      { thread: 0, at: madeAt, action: `has all promises of ${list} running`, waits: false },
      { thread: 0, at: awaitedAt, action: "waits for the first one", waits: true },
      {
        thread: 1,
        at: madeAt,
        action: "is rejected: it has no handler yet, unhandledRejection",
        waits: false,
      },
      { thread: 0, at: awaitedAt, action: "would have awaited it next", waits: false },
    ],
  };
}

function traceOf({ at, name, started, other, meanwhile, awaitedAt }: LateAwait): Trace {
  return {
    threads: ["this function", started],
    steps: [
      { thread: 0, at, action: `starts ${started} and keeps the promise in ${name}`, waits: false },
      { thread: 0, at: meanwhile, action: `waits for ${other}`, waits: true },
      {
        thread: 1,
        at,
        action: `is rejected: ${name} has no handler yet, unhandledRejection`,
        waits: false,
      },
      { thread: 0, at: awaitedAt, action: `would have awaited ${name}`, waits: false },
    ],
  };
}
