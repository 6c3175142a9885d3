import {
  type Confidence,
  defineRule,
  type Fix,
  type FloatingPromise,
  floatingPromises,
  source,
} from "#kit";

export default defineRule({
  id: "ts/floating-promise",
  group: "promises",
  severity: "error",
  since: "0.1.0",
  interest: /[)`]/,
  aliases: [
    "@typescript-eslint/no-floating-promises",
    "typescript/no-floating-promises",
    "promise/catch-or-return",
    "noFloatingPromises",
  ],
  yieldsTo: ["ts/async-constructor", "ts/unawaited-assertion", "ts/return-await"],

  docs: {
    summary: "Promise that nobody waits for",
    why:
      "The code goes on before the work is done, and when the work fails nobody is told: the rejection goes unhandled, " +
      "which ends a Node process.",
    instead:
      "Await the promise, return it, or end the chain with `.catch(…)`. Where going on is meant, say so with `void` and " +
      "let the called function handle its own errors.",
    bad: {
      "the response is sent before the user is saved": source`
        async function save(user: string): Promise<void> {
          await fetch("/users", { method: "POST", body: user });
        }

        export async function register(user: string): Promise<string> {
          save(user); // want "nobody waits for save\\(\\) or sees its rejection"
          return "welcome";
        }
      `,
      "a chain without a handler": source`
        export function warmUp(url: string, cache: Map<string, string>): void {
          fetch(url) // want "nobody waits for fetch\\(\\).then\\(\\).then\\(\\) or sees its rejection"
            .then((response) => response.text())
            .then((text) => cache.set(url, text));
        }
      `,
    },
    good: {
      "awaited, or left alone on purpose": source`
        declare function save(user: string): Promise<void>;

        export async function register(user: string): Promise<void> {
          await save(user);
          void save("audit");
          save("statistics").catch(console.error);
        }
      `,
    },
    limits: [
      "Speaks only where the value is known to be a promise: by async, by an annotation, by what a function returns, by the declarations of an installed package, or by a table of the platform.",
      "Low confidence, and so not shown by default: calls of functions that catch everything themselves or whose library handles what goes wrong (refetching of TanStack Query, navigation of Next, declarations of node:test), calls that are asynchronous by their type but not by their body, calls of functions that are declared and nowhere written and give undefined or null where they have no result, or that by a type that somebody wrote give their error as a member of the value, calls that a callback is given to, promises that an object keeps for others, objects that a method gives back, chains of which no part can fail, modules imported for what loading them does, what a comment calls not awaited, and what stands at the top of a program (a module that exports nothing, or alone what it runs), at the end of a function that only the top calls, or in a test, where a rejection ends it as it would with await.",
      "Low confidence too, in tests: where the test ends when `done` is called or a promise around is resolved, in callbacks that are not async, inside of `expect(() => …)`, where the next lines look at what the call has done so far, make time pass or wait for its outcome another way, where the call stands twice, where the promise's callbacks note or settle something of the test, where the value is only perhaps a promise, and the calls of a name that a file drops five times.",
      "Silent where a `.catch(…)` stands anywhere in the chain.",
    ],
    whenNotToUse:
      "In code that starts tasks everywhere and handles rejections in one process-wide place.",
    references: ["https://typescript-eslint.io/rules/no-floating-promises"],
  },

  *check({ use }) {
    for (const floating of use(floatingPromises)) {
      const { at, callee } = floating;
      yield {
        at,
        message: messageOf(floating),
        confidence: confidenceOf(floating),
        ...(callee && { related: [{ at: callee, note: "returns the promise" }] }),
        fixes: fixesOf(floating),
      };
    }
  },
});

function messageOf({ name, of, isCertain, excuse }: FloatingPromise): string {
  if (of === "array") return `nobody waits for the promises of ${name} or sees their rejections`;
  if (excuse === "never-rejects" || excuse === "handled") return `nobody waits for ${name}`;
  return isCertain
    ? `nobody waits for ${name} or sees its rejection`
    : `nobody waits for ${name}, which may return a promise, or sees its rejection`;
}

function confidenceOf({ isCertain, excuse }: FloatingPromise): Confidence {
  if (excuse) return "low";
  return isCertain ? "high" : "medium";
}

function fixesOf({ at, of, canAwait }: FloatingPromise): Fix[] {
  if (of === "array") return [];
  const before = (text: string) => [{ file: at.file, start: at.start, end: at.start, text }];
  const wait: Fix = {
    kind: "suggestion",
    description: "wait for it",
    edits: before("await "),
  };
  const leave: Fix = {
    kind: "suggestion",
    description: "say with void that nobody waits",
    edits: before("void "),
  };
  return canAwait ? [wait, leave] : [leave];
}
