import { defineRule, source, waitGroupFaults } from "#kit";

export default defineRule({
  id: "go/panic-in-waitgroup-go",
  group: "waitgroups",
  severity: "error",
  since: "0.1.0",
  interest: /\.Go\(/,
  aliases: ["forbidden-call-in-wg-go", "GCL2015"],

  docs: {
    summary: "WaitGroup.Done inside a function that WaitGroup.Go runs",
    why: "Go counts and calls Done by itself. A second Done takes the count of another worker, or panics below zero.",
    instead: "Delete the Done.",
    bad: {
      "counted down twice": source`
        func runAll(jobs []func()) {
        	var group sync.WaitGroup
        	for _, job := range jobs {
        		group.Go(func() {
        			defer group.Done() // want "group.Go calls Done by itself"
        			job()
        		})
        	}
        	group.Wait()
        }
      `,
    },
    good: {
      "without Done": source`
        func runAll(jobs []func()) {
        	var group sync.WaitGroup
        	for _, job := range jobs {
        		group.Go(job)
        	}
        	group.Wait()
        }
      `,
    },
    limits: ["Panics in the function are not reported: any call may panic."],
    references: ["https://pkg.go.dev/sync#WaitGroup.Go"],
  },

  *check({ use }) {
    for (const { at, group } of use(waitGroupFaults).donesInGo) {
      yield { at, message: `${group.text}.Go calls Done by itself: this one is one too many` };
    }
  },
});
