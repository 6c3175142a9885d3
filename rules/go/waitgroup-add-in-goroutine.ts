import { defineRule, source, waitGroupFaults } from "#kit";

export default defineRule({
  id: "go/waitgroup-add-in-goroutine",
  group: "waitgroups",
  severity: "error",
  since: "0.1.0",
  interest: /\bWaitGroup\b|\.(Add|Done)\(/,
  aliases: ["SA2000", "GCL2005", "waitgroup"],

  docs: {
    summary: "WaitGroup.Add inside the goroutine that it counts",
    why: "Wait may come before the goroutine has run at all: it sees zero and returns, and the work goes on behind its back.",
    instead: "Call Add before the go statement.",
    bad: {
      "Wait may be faster than the goroutine": source`
        func runAll(jobs []func()) {
        	var group sync.WaitGroup
        	for _, job := range jobs {
        		go func() {
        			group.Add(1) // want "group.Add runs in the goroutine that it counts"
        			defer group.Done()
        			job()
        		}()
        	}
        	group.Wait()
        }
      `,
    },
    good: {
      "counted before it starts": source`
        func runAll(jobs []func()) {
        	var group sync.WaitGroup
        	for _, job := range jobs {
        		group.Add(1)
        		go func() {
        			defer group.Done()
        			job()
        		}()
        	}
        	group.Wait()
        }
      `,
    },
    limits: [
      "The group is a local, a captured variable, a parameter of the worker or a field; one that is handed on in other ways is left alone.",
      "A goroutine that was counted already may count its children: only an Add before anything else the goroutine does with the group, of a starter that does not Add.",
      "Somebody has to Wait for the group.",
    ],
    references: ["https://pkg.go.dev/sync#WaitGroup.Add"],
  },

  *check({ use }) {
    for (const { at, group, startedAt, otherAt } of use(waitGroupFaults).addsInGoroutine) {
      yield {
        at,
        message: `${group.text}.Add runs in the goroutine that it counts: Wait may come before it`,
        related: [
          ...(startedAt ? [{ at: startedAt, note: "the goroutine is started here" }] : []),
          ...(otherAt ? [{ at: otherAt, note: "Wait is called here" }] : []),
        ],
      };
    }
  },
});
