import { defineRule, effectHazards, handlerLeaks, keptTimers, lostIntervals, source } from "#kit";

export default defineRule({
  id: "ts/timer-leak",
  group: "events",
  severity: "warning",

  since: "0.1.0",
  interest: /\bset(?:Interval|Timeout)/,

  docs: {
    summary:
      "A timer that nobody ends: of an effect without cleanup, of work that fails, or kept for nothing",
    why: "The interval goes on after the component is gone or the work has failed, and each mount or call starts another one: work piles up, state of removed components is set, and a lease that nobody works under is renewed for ever.",
    instead:
      "Return a cleanup that calls clearInterval; around work that may fail, clear it in a finally.",
    bad: {
      "renewed for ever when the work fails": source`
        declare function renew(lease: string): void;

        export async function holding(lease: string, work: () => Promise<void>): Promise<void> {
          const heartbeat = setInterval(() => renew(lease), 1_000); // want "heartbeat runs on when what is awaited rejects"
          await work();
          clearInterval(heartbeat);
        }
      `,
      "the deadline strikes when the work is done": source`
        export async function within<T>(work: Promise<T>, limit: number): Promise<T> {
          let timer: ReturnType<typeof setTimeout> | undefined;
          const late = new Promise<never>((_, reject) => {
            timer = setTimeout(() => reject(new Error("late")), limit); // want "the timeout in timer is never cleared"
          });
          return await Promise.race([work, late]);
        }
      `,
      "it runs on after the component is gone": source`
        declare function useEffect(effect: () => void | (() => void), dependencies?: readonly unknown[]): void;
        declare function useState<T>(initial: T): [T, (next: T | ((old: T) => T)) => void];
        declare function refresh(): void;

        export function Clock(): void {
          useEffect(() => {
            setInterval(refresh, 1_000); // want "setInterval is never ended"
          }, []);
        }
      `,
    },
    good: {
      "ended whatever happens": source`
        declare function renew(lease: string): void;

        export async function holding(lease: string, work: () => Promise<void>): Promise<void> {
          const heartbeat = setInterval(() => renew(lease), 1_000);
          try {
            await work();
          } finally {
            clearInterval(heartbeat);
          }
        }
      `,
      "the cleanup ends it": source`
        declare function useEffect(effect: () => void | (() => void), dependencies?: readonly unknown[]): void;
        declare function useState<T>(initial: T): [T, (next: T | ((old: T) => T)) => void];
        declare function refresh(): void;

        export function Clock(): void {
          useEffect(() => {
            const timer = setInterval(refresh, 1_000);
            return () => clearInterval(timer);
          }, []);
        }
      `,
    },
    limits: [
      "Effects of React that return a cleanup are not judged, and neither are those that end it in their body.",
      "Handles that are kept only where no use of them is more than a test: in locals, and in private fields.",
      "In handlers of requests and connections only intervals whose handle nobody keeps.",
      "Elsewhere only intervals in a constant of an async function with one clearInterval behind an await that may reject, outside of a finally.",
    ],
  },

  *check({ use }) {
    for (const { kind, at, name, hook } of use(effectHazards)) {
      if (kind !== "interval") continue;
      yield {
        at,
        message: `${name} is never ended: ${hook} returns no cleanup, and each mount adds another one`,
      };
    }
    for (const { kind, at, each } of use(handlerLeaks))
      if (kind === "interval")
        yield { at, message: `each ${each} starts another interval, and nobody can end it` };
    for (const { at, name, kind } of use(keptTimers))
      yield { at, message: `the ${kind} in ${name} is never cleared, though its handle is kept` };
    for (const { at, name, lostAt, clearedAt } of use(lostIntervals)) {
      yield {
        at,
        message: `${name} runs on when what is awaited rejects: nobody clears it then`,
        related: [
          { at: lostAt, note: "may reject" },
          { at: clearedAt, note: "not reached then" },
        ],
      };
    }
  },
});
