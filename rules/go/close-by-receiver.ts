import { defineRule, receiverCloses, source } from "#kit";

export default defineRule({
  id: "go/close-by-receiver",
  group: "channels",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bclose\(/,
  yieldsTo: ["go/send-on-closed-channel", "go/double-close", "go/goroutine-leak-channel"],

  docs: {
    summary: "Channel that its receiver closes when it gives up, while others send on it",
    why: "A send on a closed channel panics, and takes the process with it. Only the sender knows that nothing more will be sent.",
    instead:
      "Leave the close to the sender; tell it by a context or a channel of its own that nobody receives any longer.",
    bad: {
      "the sender panics after a timeout": source`
        type tail struct {
        	lines chan string
        	next  func() string
        }

        func (t *tail) start() { go t.read() }

        func (t *tail) read() {
        	for {
        		t.lines <- t.next()
        	}
        }

        func (t *tail) follow(ctx context.Context, print func(string)) {
        	for {
        		select {
        		case line := <-t.lines:
        			print(line)
        		case <-ctx.Done():
        			close(t.lines) // want "t.lines is closed by its receiver"
        			return
        		}
        	}
        }
      `,
    },
    good: {
      "the sender closes, once it is told to stop": source`
        type tail struct {
        	lines chan string
        	next  func() string
        }

        func (t *tail) read(ctx context.Context) {
        	defer close(t.lines)
        	for {
        		select {
        		case t.lines <- t.next():
        		case <-ctx.Done():
        			return
        		}
        	}
        }

        func (t *tail) follow(ctx context.Context, print func(string)) {
        	go t.read(ctx)
        	for line := range t.lines {
        		print(line)
        	}
        }
      `,
    },
    limits: [
      "One function receives in a select with another way out, and closes; all senders are in the package, and none of them takes a lock.",
      "Silent where the function waits for a group, takes a lock, cancels a context or calls something that may stop the senders.",
      "Channels that are only closed, as signals are, have no senders.",
    ],
    references: ["https://go.dev/tour/concurrency/4"],
  },

  *check({ use }) {
    for (const fault of use(receiverCloses)) {
      const { at, channel, sender } = fault;
      yield {
        at,
        message: `${channel} is closed by its receiver, while ${sender.name} may still send on it, which panics`,
        about: [at, fault.sendsAt],
        related: [
          { at: fault.receivesAt, note: "it is received here, or given up" },
          { at: fault.sendsAt, note: `${sender.name} sends here` },
        ],
      };
    }
  },
});
