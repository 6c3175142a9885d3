import { defineRule, earlySends, source } from "#kit";

export default defineRule({
  id: "go/send-before-receiver",
  group: "channels",
  severity: "error",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bmake\(\s*chan\b/,
  yieldsTo: ["go/channel-deadlock", "go/nil-channel-operation"],

  docs: {
    summary: "Channel that is filled in a loop before anybody who receives from it is started",
    why: "When there are more values than room, the send waits; and whoever would receive is started after it, or is given the channel when it returns.",
    instead: "Start the receivers first, or make the buffer as large as what is sent.",
    bad: {
      "more at the start than the queue holds": source`
        type settings struct {
        	queue int
        	first []func()
        }

        type pool struct{ tasks chan func() }

        func open(s *settings) *pool {
        	s.queue = max(s.queue, 1)
        	p := &pool{tasks: make(chan func(), s.queue)}
        	for _, task := range s.first {
        		p.tasks <- task // want "nobody receives from p.tasks yet"
        	}
        	go p.work()
        	return p
        }

        func (p *pool) work() {
        	for task := range p.tasks {
        		task()
        	}
        }
      `,
    },
    good: {
      "the workers come first": source`
        type settings struct {
        	queue int
        	first []func()
        }

        type pool struct{ tasks chan func() }

        func open(s *settings) *pool {
        	s.queue = max(s.queue, 1)
        	p := &pool{tasks: make(chan func(), s.queue)}
        	go p.work()
        	for _, task := range s.first {
        		p.tasks <- task
        	}
        	return p
        }

        func (p *pool) work() {
        	for task := range p.tasks {
        		task()
        	}
        }
      `,
    },
    limits: [
      "The channel is a local, or lies in a struct that the function makes, and neither was handed on before the send.",
      "A buffer is too small where its size is a number, or a field of a configuration, that has nothing to do with what the loop goes over.",
    ],
    references: ["https://go.dev/ref/spec#Send_statements"],
  },

  *check({ use }) {
    for (const { at, channel, madeAt, room, trace } of use(earlySends)) {
      const more = room === undefined ? "" : `, when there are more than ${room}`;
      yield {
        at,
        message: `this waits for ever${more}: nobody receives from ${channel} yet`,
        related: [{ at: madeAt, note: "made here" }],
        trace,
      };
    }
  },
});
