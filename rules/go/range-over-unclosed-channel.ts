import { defineRule, source, unclosedRanges } from "#kit";

export default defineRule({
  id: "go/range-over-unclosed-channel",
  group: "channels",
  severity: "error",
  since: "0.1.0",
  interest: /\bmake\(\s*chan\b/,
  yieldsTo: ["go/channel-deadlock", "go/goroutine-leak-channel", "go/missing-close"],

  docs: {
    summary: "Loop over a channel that nobody closes",
    why: "After the last value the loop waits for another one. Its goroutine stays for the life of the process, and so does whoever waits for it.",
    instead:
      "Close the channel where its only sender ends, or once all of its senders have been waited for.",
    bad: {
      "the sender ends without a close": source`
        func indexAll(files []string) {
        	lines := make(chan string)
        	go func() {
        		for line := range lines { // want "waits for ever once the last value of lines was sent: nobody closes it"
        			index(line)
        		}
        	}()
        	for _, file := range files {
        		lines <- file
        	}
        }

        func index(line string) {}
      `,
    },
    good: {
      "the sender closes when it ends": source`
        func indexAll(files []string) {
        	lines := make(chan string)
        	defer close(lines)
        	go func() {
        		for line := range lines {
        			index(line)
        		}
        	}()
        	for _, file := range files {
        		lines <- file
        	}
        }

        func index(line string) {}
      `,
    },
    limits: [
      "The channel is a local variable, and goes nowhere but to closures, goroutines and functions of the package.",
      "Loops with a way out of their own, senders without an end, and the function main are left out.",
    ],
    references: [
      "https://go.dev/ref/spec#For_range",
      "Go Code Review Comments: Goroutine Lifetimes",
    ],
  },

  *check({ use }) {
    for (const { at, channel, madeAt, lastSendAt, trace } of use(unclosedRanges)) {
      yield {
        at,
        message: `this waits for ever once the last value of ${channel} was sent: nobody closes it`,
        related: [
          { at: madeAt, note: "the channel is made here" },
          { at: lastSendAt, note: "values are sent here" },
        ],
        trace,
      };
    }
  },
});
