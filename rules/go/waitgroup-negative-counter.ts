import { defineRule, panickingOperations, source } from "#kit";

export default defineRule({
  id: "go/waitgroup-negative-counter",
  group: "waitgroups",
  severity: "error",
  since: "0.1.0",
  interest: /\bWaitGroup\b/,
  aliases: ["GCL2002", "GCL2009", "GCL2012"],

  docs: {
    summary: "WaitGroup whose counter goes below zero",
    why: "A Done too many panics: `sync: negative WaitGroup counter`.",
    instead: "Call Done once for each count of Add, best in a deferred call.",
    bad: {
      "a deferred Done and a plain one": source`
        func save(write func() error) error {
        	var group sync.WaitGroup
        	failed := make(chan error, 1)
        	group.Add(1)
        	go func() {
        		defer group.Done() // want "group goes below zero"
        		if err := write(); err != nil {
        			failed <- err
        			group.Done()
        			return
        		}
        		failed <- nil
        	}()
        	group.Wait()
        	return <-failed
        }
      `,
    },
    good: {
      "one Done": source`
        func save(write func() error) error {
        	var group sync.WaitGroup
        	failed := make(chan error, 1)
        	group.Add(1)
        	go func() {
        		defer group.Done()
        		failed <- write()
        	}()
        	group.Wait()
        	return <-failed
        }
      `,
    },
    limits: [
      "The channel is made in the function, and neither it nor a closure that uses it leaves the function, the goroutines it starts and the calls that these make.",
      "What depends on data that the function does not show is not reported: only what the order of events decides.",
      "All interleavings are searched, within a budget of states.",
    ],
    references: ["https://pkg.go.dev/sync#WaitGroup.Add"],
  },

  *check({ use }) {
    for (const { kind, at, object, trace } of use(panickingOperations)) {
      if (kind !== "negative counter") continue;
      yield { at, message: `the counter of ${object} goes below zero here, which panics`, trace };
    }
  },
});
