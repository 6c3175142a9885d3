import { defineRule, source, waitGroupStarts } from "#kit";

export default defineRule({
  id: "go/prefer-waitgroup-go",
  group: "waitgroups",
  severity: "info",
  since: "0.1.0",
  interest: /\.Add\(1\)/,
  aliases: ["waitgroupgo", "use-waitgroup-go"],

  docs: {
    summary: "Add, go and a deferred Done where WaitGroup.Go does all three",
    why: "The three have to agree: an Add too few or a Done that is passed by makes Wait return too early, or never. Since Go 1.25 one call does it.",
    instead: "Call `wg.Go(func() { … })`.",
    bad: {
      "three lines for one": source`
        //go:build go1.25

        package example

        import "sync"

        func runAll(jobs []func()) {
        	var wg sync.WaitGroup
        	for _, job := range jobs {
        		wg.Add(1) // want "wg.Go does the same as wg.Add, go and the deferred wg.Done"
        		go func() {
        			defer wg.Done()
        			job()
        		}()
        	}
        	wg.Wait()
        }
      `,
    },
    good: {
      "one call": source`
        //go:build go1.25

        package example

        import "sync"

        func runAll(jobs []func()) {
        	var wg sync.WaitGroup
        	for _, job := range jobs {
        		wg.Go(job)
        	}
        	wg.Wait()
        }
      `,
    },
    limits: [
      "Function literals without parameters right behind `Add(1)`, whose first statement is the deferred Done.",
      "Where go.mod or the file's build constraint says 1.25 or later; tests are left alone.",
    ],
    references: ["https://pkg.go.dev/sync#WaitGroup.Go"],
  },

  *check({ use }) {
    for (const { at, group, edits } of use(waitGroupStarts)) {
      yield {
        at,
        message: `${group}.Go does the same as ${group}.Add, go and the deferred ${group}.Done`,
        fixes: [{ kind: "safe", description: `call ${group}.Go`, edits }],
      };
    }
  },
});
