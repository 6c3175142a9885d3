import { defineRule, source, staleStates } from "#kit";

export default defineRule({
  id: "ts/stale-state-after-await",
  group: "races",
  severity: "warning",

  since: "0.1.0",
  interest: /\buseState\b/,

  docs: {
    summary: "React state is set to a value made from what it was before an await",
    why: "The state's variable keeps the value of the render in which the handler was made. Clicks and answers that came during the await are overwritten.",
    instead: "Use the updater form: `setCount((count) => count + 1)`.",
    bad: {
      "a second click during the await is lost": source`
        declare function useEffect(effect: () => void | (() => void), dependencies?: readonly unknown[]): void;
        declare function useState<T>(initial: T): [T, (next: T | ((old: T) => T)) => void];
        declare function save(): Promise<void>;

        export function Counter(): () => Promise<void> {
          const [count, setCount] = useState(0);
          return async () => {
            await save();
            setCount(count + 1); // want "setCount is given a value made from count as it was before the await"
          };
        }
      `,
    },
    good: {
      "made from what the state is then": source`
        declare function useEffect(effect: () => void | (() => void), dependencies?: readonly unknown[]): void;
        declare function useState<T>(initial: T): [T, (next: T | ((old: T) => T)) => void];
        declare function save(): Promise<void>;

        export function Counter(): () => Promise<void> {
          const [, setCount] = useState(0);
          return async () => {
            await save();
            setCount((count) => count + 1);
          };
        }
      `,
    },
    limits: [
      "Only values that are computed from the state in the call itself: sums, spreads, filter and map.",
      "The await must lie on every way to the call.",
    ],
  },

  *check({ use }) {
    for (const { at, setter, state, awaitedAt, argument, updated } of use(staleStates)) {
      yield {
        at,
        message: `${setter} is given a value made from ${state} as it was before the await`,
        related: [{ at: awaitedAt, note: `here ${state} may change` }],
        ...(updated !== undefined && {
          fixes: [
            {
              kind: "suggestion" as const,
              description: "Use the updater form",
              edits: [{ ...argument, text: updated }],
            },
          ],
        }),
      };
    }
  },
});
