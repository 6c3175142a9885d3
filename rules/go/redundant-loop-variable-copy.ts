import { defineRule, redundantLoopVariableCopies, source } from "#kit";

export default defineRule({
  id: "go/redundant-loop-variable-copy",
  group: "goroutines",
  severity: "info",
  since: "0.1.0",
  interest: /\bfor\b/,
  aliases: ["copyloopvar", "forvar"],

  docs: {
    summary: "Copy of a loop variable that Go 1.22 made superfluous",
    why: "Each pass has its own variable already. The copy makes readers look for a reason that is gone.",
    instead: "Delete the line.",
    bad: {
      "the variable is the pass's own already": source`
        //go:build go1.22

        package example

        func runAll(jobs []func()) {
        	for _, job := range jobs {
        		job := job // want "job is copied, though each pass has its own since Go 1.22"
        		go job()
        	}
        }
      `,
    },
    good: {
      "no copy": source`
        //go:build go1.22

        package example

        func runAll(jobs []func()) {
        	for _, job := range jobs {
        		go job()
        	}
        }
      `,
    },
    limits: [
      "Only the plain form `x := x` directly in the loop's body, where neither is assigned afterwards.",
      "Where go.mod or the file's build constraint says a version before 1.22 the copy is needed.",
    ],
    references: ["https://go.dev/blog/loopvar-preview"],
  },

  *check({ use }) {
    for (const { at, variables, removal } of use(redundantLoopVariableCopies)) {
      const are = variables.length > 1 ? "are" : "is";
      yield {
        at,
        message: `${variables.join(", ")} ${are} copied, though each pass has its own since Go 1.22`,
        fixes: [{ kind: "safe", description: "delete the copy", edits: [removal] }],
      };
    }
  },
});
