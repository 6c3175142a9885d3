import { defineRule, pendingEntries, source } from "#kit";

export default defineRule({
  id: "ts/pending-entry-leak",
  group: "events",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bsetTimeout/,

  docs: {
    summary: "A request that times out stays in the map of those that wait for an answer",
    why: "Entries are taken out when their answer comes. One that is given up by a timer stays, and holds on to all that its callbacks hold: with each answer that never comes the map grows. An answer that comes late is given to somebody who has already failed.",
    instead: "Delete the entry in the callback of the timer, before giving up.",
    bad: {
      "the entry of a lost answer stays for ever": source`
        declare function send(id: number, text: string): void;

        const waiting = new Map<number, (answer: string) => void>();
        let lastId = 0;

        export function ask(text: string): Promise<string> {
          const id = ++lastId;
          return new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error("no answer")), 1_000);
            waiting.set(id, (answer) => { // want "the entry stays in waiting when the time is up"
              clearTimeout(timer);
              if (answer === "") reject(new Error("refused"));
              else resolve(answer);
            });
            send(id, text);
          });
        }

        export function onAnswer(id: number, answer: string): void {
          waiting.get(id)?.(answer);
          waiting.delete(id);
        }
      `,
    },
    good: {
      "the timer takes it out": source`
        declare function send(id: number, text: string): void;

        const waiting = new Map<number, (answer: string) => void>();
        let lastId = 0;

        export function ask(text: string): Promise<string> {
          const id = ++lastId;
          return new Promise((resolve, reject) => {
            const timer = setTimeout(() => {
              waiting.delete(id);
              reject(new Error("no answer"));
            }, 1_000);
            waiting.set(id, (answer) => {
              clearTimeout(timer);
              if (answer === "") reject(new Error("refused"));
              else resolve(answer);
            });
            send(id, text);
          });
        }

        export function onAnswer(id: number, answer: string): void {
          waiting.get(id)?.(answer);
          waiting.delete(id);
        }
      `,
    },
    limits: [
      "The entry and the timer are made in one function, the entry mentions the timer and what the timer calls, and the file takes entries out somewhere.",
      "Silent where the callback of the timer calls anything but the one function that gives up: it may take the entry out.",
    ],
  },

  *check({ use }) {
    for (const { store, storedAt, timedOutAt, settled } of use(pendingEntries)) {
      yield {
        at: storedAt,
        message: `the entry stays in ${store} when the time is up: the timer calls ${settled}, but does not take it out`,
        related: [{ at: timedOutAt, note: "the timer that gives up" }],
      };
    }
  },
});
