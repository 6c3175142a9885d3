import { defineRule, errorGroupFaults, source } from "#kit";

export default defineRule({
  id: "go/errgroup-setlimit-after-go",
  group: "waitgroups",
  severity: "error",
  since: "0.1.0",
  interest: /\berrgroup\b/,

  docs: {
    summary: "SetLimit of an errgroup after the first Go",
    why: "SetLimit panics while goroutines of the group are running.",
    instead: "Call SetLimit before the first Go.",
    bad: {
      "the limit comes too late": source`
        func fetchAll(jobs []func() error) error {
        	var group errgroup.Group
        	for _, job := range jobs {
        		group.Go(job)
        	}
        	group.SetLimit(4) // want "group.SetLimit comes after Go"
        	return group.Wait()
        }
      `,
    },
    good: {
      "the limit first": source`
        func fetchAll(jobs []func() error) error {
        	var group errgroup.Group
        	group.SetLimit(4)
        	for _, job := range jobs {
        		group.Go(job)
        	}
        	return group.Wait()
        }
      `,
    },
    limits: ["After Wait the group may be given another limit."],
    references: ["https://pkg.go.dev/golang.org/x/sync/errgroup#Group.SetLimit"],
  },

  *check({ use }) {
    for (const { at, name, otherAt } of use(errorGroupFaults).lateLimits) {
      yield {
        at,
        message: `${name}.SetLimit comes after Go, and panics while a goroutine runs`,
        related: [{ at: otherAt, note: "a goroutine is started here" }],
      };
    }
  },
});
