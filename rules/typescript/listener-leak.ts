import { defineRule, effectHazards, source } from "#kit";

export default defineRule({
  id: "ts/listener-leak",
  group: "events",
  severity: "warning",

  since: "0.1.0",
  interest: /\.addEventListener\s*\(/,

  docs: {
    summary: "An effect adds a listener, and its cleanup never ends it",
    why: "The listener stays after the component is gone, and each mount adds another one: one event runs it many times, and what it holds is never freed.",
    instead: "Return a cleanup that removes it, or add it with the signal of an AbortController.",
    bad: {
      "it runs on after the component is gone": source`
        declare function useEffect(effect: () => void | (() => void), dependencies?: readonly unknown[]): void;
        declare function useState<T>(initial: T): [T, (next: T | ((old: T) => T)) => void];
        declare function refresh(): void;

        export function Clock(): void {
          useEffect(() => {
            window.addEventListener("resize", refresh); // want "window.addEventListener is never ended"
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
            window.addEventListener("resize", refresh);
            return () => window.removeEventListener("resize", refresh);
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
      if (kind !== "listener") continue;
      yield {
        at,
        message: `${name} is never ended: ${hook} returns no cleanup, and each mount adds another one`,
      };
    }
  },
});
