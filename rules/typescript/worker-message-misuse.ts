import { defineRule, source, workerMessageMisuses } from "#kit";

export default defineRule({
  id: "ts/worker-message-misuse",
  group: "events",
  severity: "warning",
  confidence: "high",
  since: "0.1.0",
  interest: /\.postMessage\s*\(|\bworkerData\s*:/,
  aliases: ["node-doctor/no-unclonable-worker-message"],

  docs: {
    summary:
      "A message to a worker with a function or promise in it, or a buffer that is used after it was transferred",
    why: "Messages are copied by structured cloning: a function cannot be copied, and the call throws a DataCloneError. What is named in the transfer list is moved instead, and is empty for the sender from then on.",
    instead:
      "Send data alone, and answer with a message; copy what is needed before it is transferred.",
    bad: {
      "functions do not arrive": source`
        const worker = new Worker("resize.js");

        export function resize(image: string, done: () => void): void {
          worker.postMessage({ image, onDone: () => done() }); // want "onDone is a function, which no message can carry"
        }
      `,
      "nothing is left of it": source`
        const worker = new Worker("resize.js");

        export function send(pixels: Uint8Array): number {
          worker.postMessage(pixels, [pixels.buffer]);
          return pixels.length; // want "pixels was given away with the message: it is empty here"
        }
      `,
    },
    good: {
      "data alone": source`
        const worker = new Worker("resize.js");

        export function send(pixels: Uint8Array): number {
          const size = pixels.length;
          worker.postMessage(pixels, [pixels.buffer]);
          return size;
        }
      `,
    },
    limits: [
      "Only workers, ports and channels that are made in the file, or are called so where it has to do with workers; functions, symbols, promises and weak collections that are written in the message or named there; and later uses in the same block.",
    ],
    references: [
      "https://developer.mozilla.org/en-US/docs/Web/API/Web_Workers_API/Structured_clone_algorithm",
    ],
  },

  *check({ use }) {
    for (const { at, kind, name, sentAt } of use(workerMessageMisuses)) {
      yield {
        at,
        message:
          kind === "transferred"
            ? `${name} was given away with the message: it is empty here`
            : `${name} is a ${kind}, which no message can carry: sending it throws`,
        related: [{ at: sentAt, note: "sent here" }],
      };
    }
  },
});
