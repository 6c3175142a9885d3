import { defineRule, effectHazards, source } from "#kit";

export default defineRule({
  id: "ts/effect-race",
  group: "races",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\buse(?:Layout|Insertion)?Effect\s*\(/,
  aliases: ["react-web-api/no-leaked-fetch"],

  docs: {
    summary: "An effect sets state from an answer that may be overtaken by a later one",
    why: "When a dependency changes while the first request is under way, both answers set the state, and the one that comes last wins, which may be the old one: the page of one user shows the data of another.",
    instead:
      "Return a cleanup that makes the old run ignore its answer, or abort the request with an AbortController.",
    bad: {
      "the answer for the old id may come last": source`
        declare function useEffect(effect: () => void | (() => void), dependencies?: readonly unknown[]): void;
        declare function useState<T>(initial: T): [T, (next: T | ((old: T) => T)) => void];
        declare function fetchUser(id: string): Promise<string>;

        export function Profile({ id }: { id: string }): void {
          const [, setUser] = useState("");
          useEffect(() => {
            const load = async (): Promise<void> => {
              const user = await fetchUser(id);
              setUser(user); // want "setUser may be called with the answer to an older question"
            };
            void load();
          }, [id]);
        }
      `,
    },
    good: {
      "an old answer is ignored": source`
        declare function useEffect(effect: () => void | (() => void), dependencies?: readonly unknown[]): void;
        declare function useState<T>(initial: T): [T, (next: T | ((old: T) => T)) => void];
        declare function fetchUser(id: string): Promise<string>;

        export function Profile({ id }: { id: string }): void {
          const [, setUser] = useState("");
          useEffect(() => {
            let ignore = false;
            const load = async (): Promise<void> => {
              const user = await fetchUser(id);
              if (!ignore) setUser(user);
            };
            void load();
            return () => {
              ignore = true;
            };
          }, [id]);
        }
      `,
    },
    limits: [
      "Only effects with dependencies, whose async function mentions one of them and sets state by useState.",
      "Silent where the effect speaks of abort, signal, cancel, ignore, mounted and the like.",
    ],
  },

  *check({ use }) {
    for (const { kind, at, name, hook, awaitedAt } of use(effectHazards)) {
      if (kind !== "race") continue;
      const step = (thread: number, action: string) => ({ thread, at, action, waits: false });
      yield {
        at,
        message: `${name} may be called with the answer to an older question: nothing stops the run of ${hook} before the dependencies changed`,
        ...(awaitedAt && {
          related: [{ at: awaitedAt, note: "while this waits, the dependencies may change" }],
        }),
        ...(awaitedAt && {
          trace: {
            threads: ["effect with the old dependencies", "effect with the new dependencies"],
            steps: [
              { thread: 0, at: awaitedAt, action: "asks, and waits", waits: false },
              { thread: 1, at: awaitedAt, action: "asks anew, and waits", waits: false },
              step(1, `calls ${name} with the new answer`),
              step(0, `calls ${name} with the old answer, which came later`),
            ],
          },
        }),
      };
    }
  },
});
