import {
  defineRule,
  mutualSends,
  ownSends,
  pairedSends,
  source,
  wiredSends,
  workerSends,
} from "#kit";

export default defineRule({
  id: "go/mutual-send",
  group: "channels",
  severity: "error",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bchan\b/,
  yieldsTo: ["go/channel-deadlock", "go/goroutine-leak-channel"],

  docs: {
    summary: "Two loops that send to each other without a buffer, or one to itself",
    why: "Each receives only between two passes. Where both send at once, each waits for the other to come back to its receive, and neither does. One that sends to itself never comes back.",
    instead:
      "Let one of the two send in the select in which it receives, from a queue of its own, or hand its answers to a goroutine.",
    bad: {
      "the answer meets the next message": source`
        type node struct {
        	line     *line
        	answers  chan int
        	proposed chan int
        	stop     chan struct{}
        }

        type line struct {
        	node *node
        	out  chan int
        	stop chan struct{}
        }

        func start(stop chan struct{}) *node {
        	n := &node{answers: make(chan int), proposed: make(chan int), stop: stop}
        	n.line = &line{node: n, out: make(chan int), stop: stop}
        	go n.run()
        	go n.line.run()
        	return n
        }

        func (n *node) run() {
        	for {
        		select {
        		case m := <-n.proposed:
        			n.line.out <- m // want "waits for ever to send on n.line.out .* waits to send on l.node.answers"
        		case <-n.answers:
        		case <-n.stop:
        			return
        		}
        	}
        }

        func (l *line) run() {
        	for {
        		select {
        		case m := <-l.out:
        			l.node.answers <- m
        		case <-l.stop:
        			return
        		}
        	}
        }
      `,
      "the loop reports to itself": source`
        type printer struct {
        	jobs   chan func() error
        	failed chan error
        }

        func newPrinter(show func(error)) *printer {
        	p := &printer{jobs: make(chan func() error), failed: make(chan error)}
        	go p.loop(show)
        	return p
        }

        func (p *printer) loop(show func(error)) {
        	for {
        		select {
        		case job := <-p.jobs:
        			p.print(job)
        		case err := <-p.failed:
        			show(err)
        		}
        	}
        }

        func (p *printer) print(job func() error) {
        	if err := job(); err != nil {
        		p.failed <- err // want "the goroutine that sends is the one that receives"
        	}
        }
      `,
    },
    good: {
      "the answer is sent where the next message is received": source`
        type node struct {
        	line     *line
        	answers  chan int
        	proposed chan int
        	stop     chan struct{}
        }

        type line struct {
        	node *node
        	out  chan int
        	stop chan struct{}
        }

        func start(stop chan struct{}) *node {
        	n := &node{answers: make(chan int), proposed: make(chan int), stop: stop}
        	n.line = &line{node: n, out: make(chan int), stop: stop}
        	go n.run()
        	go n.line.run()
        	return n
        }

        func (n *node) run() {
        	for {
        		select {
        		case m := <-n.proposed:
        			n.line.out <- m
        		case <-n.answers:
        		case <-n.stop:
        			return
        		}
        	}
        }

        func (l *line) run() {
        	var waiting []int
        	for {
        		var answers chan int
        		next := 0
        		if len(waiting) > 0 {
        			answers, next = l.node.answers, waiting[0]
        		}
        		select {
        		case m := <-l.out:
        			waiting = append(waiting, m)
        		case answers <- next:
        			waiting = waiting[1:]
        		case <-l.stop:
        			return
        		}
        	}
        }
      `,
    },
    limits: [
      "Both channels are in fields that no other package can name and that are not handed on; each is made without a buffer and received from by one loop in a goroutine.",
      "Two objects of one type are reported where a function makes them each other's, others send as well, and there is room for one at most.",
      "Workers that feed their own queue are reported where they send several for each that they receive; not where the buffer is as large as a collection, or larger than a hundred.",
      "At least one of the loops sends for another reason than a message of the other one, or more than once for it.",
    ],
  },

  *check({ use }) {
    for (const mutual of use(mutualSends)) {
      const { at, channel, otherAt, otherChannel, otherLoop, trace } = mutual;
      yield {
        at,
        message: `this waits for ever to send on ${channel} where ${otherLoop.name} waits to send on ${otherChannel}`,
        about: [at, otherAt],
        related: [{ at: otherAt, note: `${otherLoop.name} sends here, outside of its select` }],
        trace,
      };
    }
    for (const { at, channel, loop, receivedAt, trace } of use(ownSends))
      yield {
        at,
        message: `this waits for ever to send on ${channel}: the goroutine that sends is the one that receives, in ${loop.name}`,
        about: [at, receivedAt],
        related: [{ at: receivedAt, note: "received here alone" }],
        trace,
      };
    for (const { at, channel, loop, receivedAt, trace } of use(workerSends))
      yield {
        at,
        message: `this waits for ever to send on ${channel} once its buffer is full and every goroutine of ${loop.name}, which alone receive, sends`,
        confidence: "medium",
        about: [at, receivedAt],
        related: [{ at: receivedAt, note: "received here alone" }],
        trace,
      };
    for (const { at, channel, loop, receivedAt, trace } of use(pairedSends))
      yield {
        at,
        message: `this waits for ever to send on ${channel} where the other one's ${loop.name} waits to send back`,
        confidence: "medium",
        about: [at, receivedAt],
        related: [{ at: receivedAt, note: "each receives here alone" }],
        trace,
      };
    for (const { at, channel, loop, receivedAt, trace } of use(wiredSends))
      yield {
        at,
        message: `this waits for ever to send on ${channel} where every ${loop.name} of the ring waits to send on`,
        confidence: "medium",
        about: [at, receivedAt],
        related: [{ at: receivedAt, note: "each receives here alone" }],
        trace,
      };
  },
});
