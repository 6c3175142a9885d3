import { deafSends, defineRule, source } from "#kit";

export default defineRule({
  id: "go/select-without-cancellation",
  group: "channels",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bcontext\.Context\b/,
  yieldsTo: ["go/goroutine-leak-channel", "go/abandoned-send"],

  docs: {
    summary:
      "Goroutine that sends to whoever got the channel, without looking at the context of its function",
    why: "The caller cancels and stops receiving: the next send waits for ever, and the goroutine with all that it holds stays.",
    instead: "Send in a select with `ctx.Done()`.",
    bad: {
      "nobody receives any longer": source`
        func keys(ctx context.Context, all map[string]int) <-chan string {
        	found := make(chan string)
        	go func() {
        		defer close(found)
        		for key := range all {
        			found <- key // want "found <- does not look at ctx"
        		}
        	}()
        	return found
        }
      `,
    },
    good: {
      "the context ends the send": source`
        func keys(ctx context.Context, all map[string]int) <-chan string {
        	found := make(chan string)
        	go func() {
        		defer close(found)
        		for key := range all {
        			select {
        			case found <- key:
        			case <-ctx.Done():
        				return
        			}
        		}
        	}()
        	return found
        }
      `,
    },
    limits: [
      "A send in a loop of a goroutine that a function with a context starts, on a channel that it made and returns.",
      "Silent where the loop names a context, or anything called done, stop, quit or the like, and where the comment of the function says that the channel must be drained.",
      "What can be shown to wait for ever is go/goroutine-leak-channel's. Receives, and sends on fields, are not looked at.",
    ],
    references: ["https://go.dev/blog/pipelines#explicit-cancellation"],
  },

  *check({ use }) {
    for (const { at, channel, context, startedAt, returnedAt, edit } of use(deafSends)) {
      yield {
        at,
        message: `${channel} <- does not look at ${context}: once the caller has given up, the goroutine waits for ever`,
        related: [
          { at: startedAt, note: "the goroutine is started here" },
          { at: returnedAt, note: `${channel} is handed to the caller here` },
        ],
        fixes: [
          {
            kind: "suggestion",
            description: `send in a select with ${context}.Done()`,
            edits: [edit],
          },
        ],
      };
    }
  },
});
