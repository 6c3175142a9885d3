import { defineRule, source, type UnawaitedReturn, unawaitedReturns } from "#kit";

export default defineRule({
  id: "ts/return-await",
  group: "promises",
  severity: "warning",
  since: "0.1.0",
  interest: /\btry\b|\busing\b/,
  aliases: ["@typescript-eslint/return-await", "typescript/return-await"],

  docs: {
    summary: "Promise returned out of a try or using block without await",
    why:
      "`return` hands the promise on and leaves the block at once. When the promise is rejected later, the catch is " +
      "no longer there; a finally or a using declaration has already cleaned up what the work still needs.",
    instead: "Write `return await`: the block is left when the promise has settled.",
    bad: {
      "the catch never runs": source`
        declare function load(id: string): Promise<string>;

        export async function read(id: string): Promise<string> {
          try {
            return load(id); // want "a rejection of load\\(\\) escapes the catch"
          } catch {
            return "nothing";
          }
        }
      `,
      "the connection is closed before the query is done": source`
        declare function connect(): Promise<{ query(sql: string): Promise<number>; close(): void }>;

        export async function count(): Promise<number> {
          const connection = await connect();
          try {
            return connection.query("…"); // want "the finally block runs before connection.query\\(\\) settles"
          } finally {
            connection.close();
          }
        }
      `,
    },
    good: {
      "with await": source`
        declare function load(id: string): Promise<string>;

        export async function read(id: string): Promise<string> {
          try {
            return await load(id);
          } catch {
            return "nothing";
          }
        }
      `,
    },
    limits: [
      "Only inside try, catch with finally, and after using: elsewhere return await changes nothing that matters.",
      "Only in async functions, and only where the value is known to be a promise.",
      "Silent about a catch where the returned chain has a handler of its own; low confidence, and so not shown by default, where the called function catches everything itself.",
    ],
    references: ["https://typescript-eslint.io/rules/return-await"],
  },

  *check({ use }) {
    for (const returned of use(unawaitedReturns)) {
      const { at, left, edits, mayEscape } = returned;
      yield {
        at,
        message: messageOf(returned),
        confidence: mayEscape ? "high" : "low",
        related: [{ at: left.at, note: noteOf(left.kind) }],
        fixes: [{ kind: "safe", description: "wait for it inside the block", edits }],
      };
    }
  },
});

function messageOf({ name, left }: UnawaitedReturn): string {
  switch (left.kind) {
    case "catch":
      return `a rejection of ${name} escapes the catch, since it is returned without await`;
    case "finally":
      return `the finally block runs before ${name} settles, since it is returned without await`;
    case "using":
      return `${left.name} is disposed of before ${name} settles, since it is returned without await`;
  }
}

function noteOf(kind: UnawaitedReturn["left"]["kind"]): string {
  if (kind === "catch") return "the catch that is left";
  return kind === "finally" ? "runs too early" : "disposed of too early";
}
