import { defineRule, effectHazards, source } from "#kit";

export default defineRule({
  id: "ts/async-effect-callback",
  group: "races",
  severity: "error",

  since: "0.1.0",
  interest: /\buse(?:Layout|Insertion)?Effect\s*\(/,
  aliases: ["react-hooks/exhaustive-deps"],

  docs: {
    summary: "An async function is given to useEffect",
    why: "React takes what an effect returns for its cleanup. A promise is none: nothing is cleaned up, errors are lost, and the effect goes on after the component is gone.",
    instead:
      "Define an async function inside the effect and call it; return a cleanup that tells it to stop.",
    bad: {
      "React gets a promise for a cleanup": source`
        declare function useEffect(effect: () => void | (() => void), dependencies?: readonly unknown[]): void;
        declare function useState<T>(initial: T): [T, (next: T | ((old: T) => T)) => void];
        declare function load(id: string): Promise<string>;

        export function Title({ id }: { id: string }): void {
          const [, setTitle] = useState("");
          useEffect(async () => { // want "useEffect is given an async function"
            setTitle(await load(id));
          }, [id]);
        }
      `,
    },
    good: {
      "the effect itself is not async": source`
        declare function useEffect(effect: () => void | (() => void), dependencies?: readonly unknown[]): void;
        declare function useState<T>(initial: T): [T, (next: T | ((old: T) => T)) => void];
        declare function load(id: string): Promise<string>;

        export function Title({ id }: { id: string }): void {
          const [, setTitle] = useState("");
          useEffect(() => {
            let ignore = false;
            void load(id).then((title) => {
              if (!ignore) setTitle(title);
            });
            return () => {
              ignore = true;
            };
          }, [id]);
        }
      `,
    },
    limits: ["The function must be written in the call."],
  },

  *check({ use }) {
    for (const { kind, at, hook } of use(effectHazards)) {
      if (kind !== "async") continue;
      yield {
        at,
        message: `${hook} is given an async function: React takes its promise for the cleanup, which then never runs`,
      };
    }
  },
});
