import {
  defineRule,
  effectHazards,
  handlerLeaks,
  processListeners,
  source,
  unremovedListeners,
} from "#kit";

export default defineRule({
  id: "ts/listener-leak",
  group: "events",
  severity: "warning",

  since: "0.1.0",
  interest: /\.(?:addEventListener|on|addListener|once|prependListener)\s*\(/,

  docs: {
    summary:
      "A listener that nobody removes: of an effect, of each request, or left out where others are removed",
    why: "The listener stays after the component is gone, and each mount adds another one: one event runs it many times, and what it holds is never freed.",
    instead: "Return a cleanup that removes it, or add it with the signal of an AbortController.",
    bad: {
      "the other one stays": source`
        import type { EventEmitter } from "node:events";

        export function untilIdle(server: EventEmitter, isIdle: () => boolean): Promise<void> {
          return new Promise((resolve) => {
            const look = () => {
              if (!isIdle()) return;
              server.off("response", look);
              resolve();
            };
            server.on("response", look);
            server.on("timeout", look); // want "the listener of server for timeout is never removed"
          });
        }
      `,
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
      "Outside of effects only listeners with a name, where the same function or class removes others of the same object; errors, `once` and signals are left alone.",
      "Listeners of the process only where they are added by an async method that tidies up in a finally, and hold its object, or in a handler of requests or connections; there those of emitters that are made at the top of a module too.",
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
    for (const { at, object, event, removedAt } of use(unremovedListeners)) {
      yield {
        at,
        message: `the listener of ${object} for ${event} is never removed: others are removed`,
        related: [{ at: removedAt, note: "what is removed" }],
      };
    }
    for (const { kind, at, name, event, each } of use(handlerLeaks)) {
      if (kind !== "listener") continue;
      yield {
        at,
        message: `each ${each} adds another listener to ${name} for ${event}, and nobody removes it`,
      };
    }
    for (const { at, event, method, tidiedAt } of use(processListeners)) {
      yield {
        at,
        message: `each ${method}() adds a listener to the process for ${event}, which stays when it is over`,
        related: [{ at: tidiedAt, note: "what is tidied up here does not end it" }],
      };
    }
  },
});
