import { defineRule, source, staleIndices, staleOffsets } from "#kit";

export default defineRule({
  id: "ts/stale-index-across-await",
  group: "races",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bawait\b/,

  docs: {
    summary: "A position in a shared list is looked up before an await and used after it",
    why: "While the function waits, another call takes an element out of the list or puts one in front. The kept position then means another element: the wrong one is removed or overwritten, or one is worked on twice.",
    instead:
      "Look the position up again after the await, or change the list before it and put the element back on failure.",
    bad: {
      "two removals, and the wrong one goes": source`
        declare function forget(name: string): Promise<void>;

        const names: string[] = [];

        export async function remove(name: string): Promise<void> {
          const index = names.indexOf(name);
          if (index === -1) return;
          await forget(name);
          names.splice(index, 1); // want "index was looked up in names before the await"
        }
      `,
    },
    good: {
      "looked up after the await": source`
        declare function forget(name: string): Promise<void>;

        const names: string[] = [];

        export async function remove(name: string): Promise<void> {
          await forget(name);
          const index = names.indexOf(name);
          if (index !== -1) names.splice(index, 1);
        }
      `,
    },
    limits: [
      "The list is a field of this or a name from outside of the function, and something in the file takes elements out of it.",
      "Also the first element that is read, worked on, and then shifted away, outside of loops.",
      "Silent where a flag is set or a lock taken, and where the position or the list is tested between the await and the use.",
    ],
  },

  *check({ use }) {
    for (const { kind, list, name, foundAt, awaitedAt, usedAt } of use(staleIndices)) {
      const message =
        kind === "index"
          ? `${name} was looked up in ${list} before the await: what stands there now may be another element`
          : `${name} was first in ${list} before the await: what is taken away now may be another element`;
      yield {
        at: usedAt,
        message,
        related: [
          { at: foundAt, note: `${name} comes from here` },
          { at: awaitedAt, note: `here others can change ${list}` },
        ],
        trace: {
          threads: ["first call", "second call"],
          steps: [
            { thread: 0, at: foundAt, action: `looks into ${list}`, waits: false },
            { thread: 0, at: awaitedAt, action: "waits, and lets others run", waits: false },
            { thread: 1, at: foundAt, action: `looks into the same ${list}`, waits: false },
            { thread: 0, at: usedAt, action: `changes ${list}`, waits: false },
            {
              thread: 1,
              at: usedAt,
              action: `changes ${list} where something else stands by now`,
              waits: false,
            },
          ],
        },
        about: [usedAt, foundAt],
      };
    }
    for (const { name, list, base, reckonedAt, awaitedAt, usedAt, movedAt } of use(staleOffsets)) {
      yield {
        at: usedAt,
        message: `${name} was reckoned from ${base} before the await: by now it may point elsewhere in ${list}`,
        related: [
          { at: reckonedAt, note: `${name} comes from here` },
          { at: movedAt, note: `${base} is moved here` },
        ],
        trace: {
          threads: ["the waiting call", "the other call"],
          steps: [
            { thread: 0, at: reckonedAt, action: `reckons ${name} from ${base}`, waits: false },
            { thread: 0, at: awaitedAt, action: "waits, and lets others run", waits: false },
            { thread: 1, at: movedAt, action: `cuts ${list} and moves ${base}`, waits: false },
            {
              thread: 0,
              at: usedAt,
              action: `looks into ${list} at the old ${name}`,
              waits: false,
            },
          ],
        },
        about: [usedAt, reckonedAt],
      };
    }
  },
});
