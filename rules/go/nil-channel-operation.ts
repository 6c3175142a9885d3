import { defineRule, nilChannels, source } from "#kit";

export default defineRule({
  id: "go/nil-channel-operation",
  group: "channels",
  severity: "error",
  since: "0.1.0",
  interest: /\bvar\b.*\bchan\b/,
  aliases: ["GCL6001", "GCL6004"],

  docs: {
    summary: "Send, receive or close on a channel that is always nil",
    why: "A nil channel is never ready: a send or receive waits for ever, a close panics.",
    instead: "Make the channel before it is used.",
    bad: {
      "never made": source`
        func first(load func() string) string {
        	var result chan string
        	go func() { println(load()) }()
        	return <-result // want "result is nil: the receive waits for ever"
        }
      `,
    },
    good: {
      made: source`
        func first(load func() string) string {
        	result := make(chan string, 1)
        	go func() { result <- load() }()
        	return <-result
        }
      `,
    },
    limits: [
      "Only a local that nothing assigns, whose address nobody takes.",
      "In a select a nil channel switches its case off, which is a way to write it.",
    ],
  },

  *check({ use }) {
    for (const { at, channel, kind, declaredAt } of use(nilChannels)) {
      const what = kind === "close" ? "the close panics" : `the ${kind} waits for ever`;
      yield {
        at,
        message: `${channel} is nil: ${what}`,
        related: [{ at: declaredAt, note: "declared here, and never made" }],
      };
    }
  },
});
