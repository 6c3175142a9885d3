import { defineRule, ownWaits, source } from "#kit";

export default defineRule({
  id: "go/goroutine-waits-for-itself",
  group: "channels",
  severity: "error",
  since: "0.1.0",
  interest: /\bdefer\s+(close\(|func\(|[\w.]+\.Done\(\))/,

  docs: {
    summary: "Close or Stop that waits for a goroutine, called by that goroutine itself",
    why: "What ends the wait comes when the goroutine ends, and the goroutine is in the wait.",
    instead:
      "Only ask the goroutine to end where it may call this itself, and wait from outside; or call it in another goroutine.",
    bad: {
      "the callback of the loop closes it": source`
        type Poller struct {
        	quit, done chan struct{}
        	onError    func(error)
        	read       func() error
        }

        func (p *Poller) loop() {
        	defer close(p.done)
        	for {
        		select {
        		case <-p.quit:
        			return
        		default:
        		}
        		if err := p.read(); err != nil {
        			p.onError(err)
        		}
        	}
        }

        func (p *Poller) Close() {
        	close(p.quit)
        	<-p.done
        }

        type Station struct{ poller *Poller }

        func (s *Station) Start() {
        	s.poller.onError = s.failed
        	go s.poller.loop()
        }

        func (s *Station) failed(error) {
        	s.poller.Close() // want "comes to a wait for its own end"
        }
      `,
    },
    good: {
      "the callback asks, and does not wait": source`
        type Poller struct {
        	quit, done chan struct{}
        	onError    func(error)
        	read       func() error
        }

        func (p *Poller) loop() {
        	defer close(p.done)
        	for {
        		select {
        		case <-p.quit:
        			return
        		default:
        		}
        		if err := p.read(); err != nil {
        			p.onError(err)
        		}
        	}
        }

        func (p *Poller) Stop() { close(p.quit) }

        func (p *Poller) Wait() { <-p.done }

        type Station struct{ poller *Poller }

        func (s *Station) Start() {
        	s.poller.onError = s.failed
        	go s.poller.loop()
        }

        func (s *Station) failed(error) { s.poller.Stop() }
      `,
    },
    limits: [
      "Fields are told by their types: a callback that closes another one of the same kind, by a field, looks the same.",
      "Callbacks are followed when few functions come into question.",
    ],
  },

  *check({ use }) {
    for (const { goroutine, calledAt, at, wait, endedAt, trace } of use(ownWaits)) {
      yield {
        at: calledAt,
        confidence: "medium",
        message: `${goroutine.name} comes to a wait for its own end here: it ${wait}`,
        about: [calledAt, at],
        related: [
          { at, note: "where it waits" },
          { at: endedAt, note: "what would end the wait" },
        ],
        trace,
      };
    }
  },
});
