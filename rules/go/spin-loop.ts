import { defineRule, loopFaults, source } from "#kit";

export default defineRule({
  id: "go/spin-loop",
  group: "channels",
  severity: "error",
  since: "0.1.0",
  interest: /\bfor\b/,
  aliases: ["SA5002"],

  docs: {
    summary: "Empty loop that spins",
    why: "It takes a whole processor; and without a synchronized read the compiler may assume that the variable never changes, so that the loop never ends.",
    instead: "Wait at a channel, a sync.Cond or a WaitGroup; to wait for ever write `select {}`.",
    bad: {
      "the variable is read without synchronization": source`
        type server struct {
        	ready bool
        }

        func (s *server) waitUntilReady() {
        	for !s.ready { // want "spins"
        	}
        }
      `,
    },
    good: {
      "a channel": source`
        type server struct {
        	ready chan struct{}
        }

        func (s *server) waitUntilReady() {
        	<-s.ready
        }
      `,
    },
    limits: ["A loop whose condition calls something, such as an atomic load, is left alone."],
  },

  *check({ use }) {
    for (const { at, text, isEndless } of use(loopFaults).spins) {
      yield {
        at,
        message: isEndless
          ? "the empty loop spins for ever"
          : `the loop spins on ${text}, which is read without synchronization`,
      };
    }
  },
});
