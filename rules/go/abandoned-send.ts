import { abandonedReplies, defineRule, source } from "#kit";

export default defineRule({
  id: "go/abandoned-send",
  group: "channels",
  severity: "error",
  since: "0.1.0",
  interest: /\bchan\b/,
  yieldsTo: ["go/channel-deadlock", "go/goroutine-leak-channel", "go/blocking-call-under-lock"],

  docs: {
    summary: "Send of an answer to somebody who may have stopped waiting for it",
    why: "A send on a channel without a buffer waits for its receiver. Once that one has left, on a time-out or because its context was cancelled, the sender stays: a worker is lost, or the loop that serves everybody.",
    instead:
      "Give the channel a buffer of one, so that the answer can be left there; or let the sender select on the same signal.",
    bad: {
      "the one who asked may leave by the context": source`
        type query struct {
        	id    int
        	reply chan string
        }

        type table struct {
        	rows    map[int]string
        	queries chan query
        }

        func (t *table) row(ctx context.Context, id int) (string, error) {
        	q := query{id: id, reply: make(chan string)}
        	t.queries <- q
        	select {
        	case row := <-q.reply:
        		return row, nil
        	case <-ctx.Done():
        		return "", ctx.Err()
        	}
        }

        func (t *table) serve() {
        	for q := range t.queries {
        		q.reply <- t.rows[q.id] // want "waits for ever to send on q.reply"
        	}
        }
      `,
    },
    good: {
      "the answer has room": source`
        type query struct {
        	id    int
        	reply chan string
        }

        type table struct {
        	rows    map[int]string
        	queries chan query
        }

        func (t *table) row(ctx context.Context, id int) (string, error) {
        	q := query{id: id, reply: make(chan string, 1)}
        	t.queries <- q
        	select {
        	case row := <-q.reply:
        		return row, nil
        	case <-ctx.Done():
        		return "", ctx.Err()
        	}
        }

        func (t *table) serve() {
        	for q := range t.queries {
        		q.reply <- t.rows[q.id]
        	}
        }
      `,
    },
    limits: [
      "The channel is in a field that no other package can name, is made without a buffer wherever it is made, and is not handed on alone.",
      "A channel that is kept in a map or slice of such a field is followed from the local that it was to the local that it becomes, over one or two calls.",
      "Sends in a select with another case or a default are left alone.",
      "Who asks receives in the function that makes the request, and nobody else receives from that field.",
    ],
    references: ["Understanding Real-World Concurrency Bugs in Go, ASPLOS 2019, section 5.1.2"],
  },

  *check({ use }) {
    for (const reply of use(abandonedReplies)) {
      const { at, channel, asker, signal, madeAt, leavesAt, trace } = reply;
      yield {
        at,
        message: `this waits for ever to send on ${channel} once ${asker.name} has left for ${signal}`,
        about: [at, madeAt],
        related: [
          { at: leavesAt, note: `${asker.name} leaves here` },
          { at: madeAt, note: "made here, without a buffer" },
        ],
        trace,
      };
    }
  },
});
