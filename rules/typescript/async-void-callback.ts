import {
  type AsyncVoidCallback,
  asyncVoidCallbacks,
  type Confidence,
  defineRule,
  source,
} from "#kit";

export default defineRule({
  id: "ts/async-void-callback",
  group: "promises",
  severity: "warning",
  since: "0.1.0",
  interest: /\)/,
  aliases: [
    "@typescript-eslint/no-misused-promises",
    "@typescript-eslint/strict-void-return",
    "typescript/no-misused-promises",
    "noMisusedPromises",
    "S6544",
  ],
  yieldsTo: [
    "ts/async-array-callback",
    "ts/async-interval-overlap",
    "ts/async-promise-executor",
    "ts/async-handler-unprotected",
  ],

  docs: {
    summary: "Async function given to somebody who ignores what it returns",
    why:
      "Who calls it drops the promise: nobody waits until the work is done, and a rejection goes unhandled, which ends a " +
      "Node process.",
    instead:
      "Catch errors inside the function, or give a function that starts the work and handles its rejection: " +
      "`() => void save().catch(report)`.",
    bad: {
      "a rejection in a timer": source`
        declare function refresh(): Promise<void>;

        export function start(): void {
          setTimeout(async () => { // want "setTimeout drops the promise of this function"
            await refresh();
          }, 1_000);
        }
      `,
      "a callback that returns nothing by its type": source`
        declare function onClose(callback: () => void): void;
        declare function flush(): Promise<void>;

        export function watch(): void {
          onClose(flush); // want "onClose drops the promise of this function"
        }
      `,
    },
    good: {
      "errors are handled where they happen": source`
        declare function refresh(): Promise<void>;

        export function start(): void {
          setTimeout(async () => {
            try {
              await refresh();
            } catch (error) {
              console.error(error);
            }
          }, 1_000);
          setTimeout(() => void refresh().catch(console.error), 2_000);
        }
      `,
    },
    limits: [
      "Speaks only where the place is known to ignore results: a parameter, variable or property whose type is a function that returns void, and timers of the platform.",
      "Low confidence, and so not shown by default: handlers of a page's events (attributes, and properties such as onClick in files with JSX), handlers of signals that end the process, functions whose body shows nothing that can reject, those that only sometimes give a promise, and arguments that the receiver awaits after all, whatever its type says.",
    ],
    whenNotToUse:
      "In code that handles unhandled rejections in one process-wide place, and starts tasks from everywhere.",
    references: ["https://typescript-eslint.io/rules/no-misused-promises"],
  },

  *check({ use }) {
    for (const callback of use(asyncVoidCallbacks)) {
      yield { at: callback.at, message: messageOf(callback), confidence: confidenceOf(callback) };
    }
  },
});

function messageOf({ receiver, place }: AsyncVoidCallback): string {
  const who = place === "result" ? "who gets this function" : receiver;
  if (place !== "variable" && place !== "property")
    return `${who} drops the promise of this function, and its rejection with it`;
  return `${who} is typed to return nothing: callers drop the promise of this function, and its rejection with it`;
}

function confidenceOf({ place, mayReject }: AsyncVoidCallback): Confidence {
  if (place === "handler" || !mayReject) return "low";
  return place === "argument" ? "high" : "medium";
}
