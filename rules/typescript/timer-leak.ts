import { defineRule, effectHazards, source } from "#kit";

export default defineRule({
  id: "ts/timer-leak",
  group: "events",
  severity: "warning",

  since: "0.1.0",
  interest: /\bsetInterval\s*\(/,

  docs: {
    summary: "An effect starts an interval, and its cleanup never ends it",
    why: "The interval goes on after the component is gone, and each mount starts another one: work piles up, and state of removed components is set.",
    instead: "Return a cleanup that calls clearInterval.",
    bad: {
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
  },
});
