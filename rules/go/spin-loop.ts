import { closedReceives, defineRule, loopFaults, source } from "#kit";

export default defineRule({
  id: "go/spin-loop",
  group: "channels",
  severity: "error",
  since: "0.1.0",
  interest: /\bfor\b/,
  aliases: ["SA5002"],

  docs: {
    summary: "Loop that spins: an empty one, or one that goes on asking a closed channel",
    why: "It takes a whole processor; and without a synchronized read the compiler may assume that the variable never changes, so that the loop never ends. A closed channel is ready at once, every time.",
    instead:
      "Wait at a channel, a sync.Cond or a WaitGroup; to wait for ever write `select {}`. Set the variable of a closed channel to nil, or leave the loop.",
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
      "a closed channel is asked again and again": source`
        func merge(left, right <-chan string, done <-chan struct{}, use func(string)) {
        	isShort := false
        	for {
        		select {
        		case word := <-left:
        			use(word)
        		case word, ok := <-right: // want "once right is closed the loop spins"
        			if !ok {
        				isShort = true
        				continue
        			}
        			use(word)
        		case <-done:
        			if isShort {
        				use("")
        			}
        			return
        		}
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
    limits: [
      "A loop whose condition calls something, such as an atomic load, is left alone.",
      "Of closed channels only where `if !ok {… continue}` does nothing but count, log and assign what the loop's head does not read.",
    ],
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
    for (const { at, heardAt, channel } of use(closedReceives)) {
      const threads = ["the loop"];
      const step = (place: typeof at, action: string) => ({
        thread: 0,
        at: place,
        action,
        waits: false,
      });
      yield {
        at,
        message: `once ${channel} is closed the loop spins: the receive is ready at once, every time`,
        related: [{ at: heardAt, note: "it is heard here, and the next pass begins" }],
        trace: {
          threads,
          steps: [
            step(at, `receives from ${channel}, which is closed`),
            step(heardAt, "begins the next pass"),
            step(at, "receives at once, and so on for ever"),
          ],
        },
      };
    }
  },
});
