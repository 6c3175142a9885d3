import { defineRule, loopFaults, source } from "#kit";

export default defineRule({
  id: "go/select-busy-loop",
  group: "channels",
  severity: "error",
  since: "0.1.0",
  interest: /\bselect\b/,
  aliases: ["SA5004"],

  docs: {
    summary: "Endless loop around a select with an empty default",
    why: "While no case is ready the loop goes round as fast as it can, and takes a whole processor.",
    instead: "Drop the default: the select then waits.",
    bad: {
      "spins while there is nothing": source`
        func serve(requests <-chan func(), stop <-chan struct{}) {
        	for {
        		select {
        		case handle := <-requests:
        			handle()
        		case <-stop:
        			return
        		default: // want "the loop spins"
        		}
        	}
        }
      `,
    },
    good: {
      waits: source`
        func serve(requests <-chan func(), stop <-chan struct{}) {
        	for {
        		select {
        		case handle := <-requests:
        			handle()
        		case <-stop:
        			return
        		}
        	}
        }
      `,
    },
    limits: [
      "A default that does something, or a loop that does something else as well, is left alone.",
    ],
  },

  *check({ use }) {
    for (const { at } of use(loopFaults).busySelects)
      yield { at, message: "with this empty default the loop spins while no case is ready" };
  },
});
