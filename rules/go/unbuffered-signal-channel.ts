import { defineRule, signalCalls, source } from "#kit";

export default defineRule({
  id: "go/unbuffered-signal-channel",
  group: "channels",
  severity: "error",
  since: "0.1.0",
  interest: /\bsignal\.Notify\(/,
  aliases: ["SA1017", "sigchanyzer"],

  docs: {
    summary: "signal.Notify on a channel without a buffer",
    why: "The package does not wait for a receiver: a signal that comes while nobody receives is lost.",
    instead: "Give the channel a buffer of one.",
    bad: {
      "a signal may be lost": source`
        func waitForStop() {
        	stop := make(chan os.Signal)
        	signal.Notify(stop, os.Interrupt) // want "a signal is lost"
        	<-stop
        }
      `,
    },
    good: {
      "room for one": source`
        func waitForStop() {
        	stop := make(chan os.Signal, 1)
        	signal.Notify(stop, os.Interrupt)
        	<-stop
        }
      `,
    },
    limits: ["Only where the channel is a local with one value: of others the size is not known."],
    references: ["https://pkg.go.dev/os/signal#Notify"],
  },

  *check({ use }) {
    for (const { at, channel, makeEnd } of use(signalCalls).unbuffered) {
      yield {
        at,
        message: `${channel} has no buffer: a signal is lost that comes while nobody receives`,
        fixes: [
          {
            kind: "safe",
            description: "give it a buffer of one",
            edits: [{ ...makeEnd, text: ", 1" }],
          },
        ],
      };
    }
  },
});
