import { defineRule, loopFaults, source } from "#kit";

export default defineRule({
  id: "go/ineffective-break-in-select",
  group: "channels",
  severity: "warning",
  since: "0.1.0",
  interest: /\bbreak\b/,
  aliases: ["SA4011"],

  docs: {
    summary: "Break that leaves the select and not the loop around it",
    why: "The loop has no other way out: it goes on after what was meant to end it, and where the channel is closed it spins.",
    instead: "Break to a label of the loop, or return.",
    bad: {
      "the loop goes on": source`
        func serve(requests <-chan func(), stop <-chan struct{}) {
        	for {
        		select {
        		case handle := <-requests:
        			handle()
        		case <-stop:
        			break // want "leaves the select, not the loop"
        		}
        	}
        }
      `,
    },
    good: {
      "with a label": source`
        func serve(requests <-chan func(), stop <-chan struct{}) {
        loop:
        	for {
        		select {
        		case handle := <-requests:
        			handle()
        		case <-stop:
        			break loop
        		}
        	}
        }
      `,
    },
    limits: ["Only the last statement of a case, in an endless loop that nothing else leaves."],
  },

  *check({ use }) {
    for (const { at } of use(loopFaults).ineffectiveBreaks)
      yield {
        at,
        message: "this break leaves the select, not the loop, which nothing else leaves",
      };
  },
});
