import { defineRule, missingReplies, source } from "#kit";

export default defineRule({
  id: "go/missing-reply",
  group: "channels",
  severity: "error",
  since: "0.1.0",
  interest: /\bchan\b/,
  yieldsTo: ["go/channel-deadlock", "go/goroutine-leak-channel", "go/abandoned-send"],

  docs: {
    summary: "Request that is answered on most ways through a function, and forgotten on one",
    why: "The one who asks waits at the channel of the request for an answer that nobody sends.",
    instead: "Answer on every way, with an error if there is nothing else to say.",
    bad: {
      "what is not there is not answered": source`
        type question struct {
        	article string
        	reply   chan int
        }

        type prices struct {
        	cents     map[string]int
        	questions chan question
        	misses    int
        }

        func (p *prices) serve() {
        	for q := range p.questions {
        		p.answer(q)
        	}
        }

        func (p *prices) answer(q question) {
        	cents, ok := p.cents[q.article]
        	if !ok {
        		p.misses++
        		return // want "returns without an answer on q.reply"
        	}
        	q.reply <- cents
        }

        func (p *prices) of(article string) int {
        	q := question{article: article, reply: make(chan int, 1)}
        	p.questions <- q
        	return <-q.reply
        }
      `,
    },
    good: {
      "every way answers": source`
        type question struct {
        	article string
        	reply   chan int
        }

        type prices struct {
        	cents     map[string]int
        	questions chan question
        	misses    int
        }

        func (p *prices) serve() {
        	for q := range p.questions {
        		p.answer(q)
        	}
        }

        func (p *prices) answer(q question) {
        	cents, ok := p.cents[q.article]
        	if !ok {
        		p.misses++
        		cents = -1
        	}
        	q.reply <- cents
        }

        func (p *prices) of(article string) int {
        	q := question{article: article, reply: make(chan int, 1)}
        	p.questions <- q
        	return <-q.reply
        }
      `,
    },
    limits: [
      "The channel is in a field that no other package can name and that is not handed on alone; one function answers, and has the request as a parameter.",
      "Every function that asks makes the request itself, and waits for nothing but the answer.",
      "A way on which the request is handed on, kept or put into a closure is left alone: it may be answered there.",
    ],
  },

  *check({ use }) {
    for (const missing of use(missingReplies)) {
      const { at, channel, answerAt, asker, waitAt, trace } = missing;
      yield {
        at,
        message: `this returns without an answer on ${channel}, and ${asker.name} waits for it for ever`,
        about: [at, waitAt],
        related: [
          { at: waitAt, note: "waited for here" },
          { at: answerAt, note: "answered here, on another way" },
        ],
        trace,
      };
    }
  },
});
