import { defineRule, sendsToEndedLoops, source } from "#kit";

export default defineRule({
  id: "go/send-to-ended-loop",
  group: "channels",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bchan\b/,
  yieldsTo: [
    "go/channel-deadlock",
    "go/goroutine-leak-channel",
    "go/blocking-call-under-lock",
    "go/abandoned-send",
    "go/mutual-send",
    "go/one-sided-channel",
  ],

  docs: {
    summary: "Send to a loop that may have ended by then",
    why: "The only goroutine that receives from the channel returns when its context is cancelled, it is stopped, or something fails. Whoever sends after that waits for ever, and with him everybody who waits for him.",
    instead: "Send in a select that watches for the end of the loop as well.",
    bad: {
      "the loop ends with its context, and nobody tells the listeners": source`
        type hub struct {
        	ctx           context.Context
        	joins, leaves chan string
        }

        func newHub(ctx context.Context) *hub {
        	h := &hub{ctx: ctx, joins: make(chan string), leaves: make(chan string)}
        	go h.run()
        	return h
        }

        func (h *hub) run() {
        	present := map[string]bool{}
        	for {
        		select {
        		case name := <-h.joins:
        			present[name] = true
        		case name := <-h.leaves:
        			delete(present, name)
        		case <-h.ctx.Done():
        			return
        		}
        	}
        }

        func (h *hub) join(name string) {
        	select {
        	case h.joins <- name:
        	case <-h.ctx.Done():
        	}
        }

        func (h *hub) leave(name string) {
        	h.leaves <- name // want "waits for ever to send on h.leaves once .*run has ended"
        }
      `,
    },
    good: {
      "the sender watches for the end": source`
        type hub struct {
        	ctx    context.Context
        	leaves chan string
        }

        func newHub(ctx context.Context) *hub {
        	h := &hub{ctx: ctx, leaves: make(chan string)}
        	go h.run()
        	return h
        }

        func (h *hub) run() {
        	present := map[string]bool{}
        	for {
        		select {
        		case name := <-h.leaves:
        			delete(present, name)
        		case <-h.ctx.Done():
        			return
        		}
        	}
        }

        func (h *hub) leave(name string) {
        	select {
        	case h.leaves <- name:
        	case <-h.ctx.Done():
        	}
        }
      `,
    },
    limits: [
      "The channel is in a field that no other package can name and that is not handed on; it is made without a buffer, and all who receive from it may leave.",
      "A loop that ends when its owner closes it, or its context ends, counts where the sender runs in a goroutine or a callback, or where other senders watch for that end.",
      "A sender that asks for the state of the loop before is left alone, although the loop may end between the two.",
    ],
    whenNotToUse: "Where such objects live as long as the process.",
    references: ["Understanding Real-World Concurrency Bugs in Go, ASPLOS 2019, section 5.1.2"],
  },

  *check({ use }) {
    for (const send of use(sendsToEndedLoops)) {
      const { at, channel, loop, leavesAt, signal, trace } = send;
      const ending = signal === undefined ? "after an error" : `for ${signal}`;
      yield {
        at,
        message: `this waits for ever to send on ${channel} once ${loop.name} has ended, as it does ${ending}`,
        about: [at, leavesAt],
        related: [{ at: leavesAt, note: `${loop.name} ends here` }],
        trace,
      };
    }
  },
});
