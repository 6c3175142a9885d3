import { defineRule, errorGroupFaults, source } from "#kit";

export default defineRule({
  id: "go/errgroup-missing-wait",
  group: "waitgroups",
  severity: "warning",
  since: "0.1.0",
  interest: /\berrgroup\b/,

  docs: {
    summary: "Return without waiting for the goroutines of an errgroup",
    why: "The goroutines go on after the function has returned, with what they captured, and their errors are lost.",
    instead: "Call Wait on every path, also where something else fails.",
    bad: {
      "the second step fails": source`
        func sync(pull func() error, list func() ([]string, error)) error {
        	var group errgroup.Group
        	group.Go(pull)
        	names, err := list()
        	if err != nil {
        		return err // want "returns without group.Wait"
        	}
        	for _, name := range names {
        		println(name)
        	}
        	return group.Wait()
        }
      `,
    },
    good: {
      "waits first": source`
        func sync(pull func() error, list func() ([]string, error)) error {
        	var group errgroup.Group
        	group.Go(pull)
        	names, err := list()
        	if failed := group.Wait(); err == nil {
        		err = failed
        	}
        	for _, name := range names {
        		println(name)
        	}
        	return err
        }
      `,
    },
    limits: ["Only a group that is a local of the function and is not handed on."],
  },

  *check({ use }) {
    for (const { at, name, otherAt, function: from } of use(errorGroupFaults).missingWaits) {
      yield {
        at,
        message: `${from.name} returns without ${name}.Wait, and its goroutines go on`,
        related: [{ at: otherAt, note: "the first goroutine is started here" }],
      };
    }
  },
});
