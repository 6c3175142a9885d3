import { defineRule, effectHazards, source } from "#kit";

export default defineRule({
  id: "ts/observer-leak",
  group: "events",
  severity: "info",

  since: "0.1.0",
  interest: /Observer\b/,

  docs: {
    summary: "An effect starts an observer, and its cleanup never ends it",
    why: "The observer stays after the component is gone, and each mount adds another one, which keeps what it observes.",
    instead: "Return a cleanup that calls disconnect.",
    bad: {
      "it runs on after the component is gone": source`
        declare function useEffect(effect: () => void | (() => void), dependencies?: readonly unknown[]): void;
        declare function useState<T>(initial: T): [T, (next: T | ((old: T) => T)) => void];
        declare function refresh(): void;

        export function Clock(): void {
          useEffect(() => {
            new ResizeObserver(refresh).observe(document.body); // want "ResizeObserver is never ended"
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
            const observer = new ResizeObserver(refresh);
            observer.observe(document.body);
            return () => observer.disconnect();
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
      if (kind !== "observer") continue;
      yield {
        at,
        message: `${name} is never ended: ${hook} returns no cleanup, and each mount adds another one`,
      };
    }
  },
});
