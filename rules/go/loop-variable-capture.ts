import { defineRule, loopVariableCaptures, source, startedParameters } from "#kit";

export default defineRule({
  id: "go/loop-variable-capture",
  group: "goroutines",
  severity: "error",
  since: "0.1.0",
  interest: /\bfor\b/,
  aliases: [
    "loopclosure",
    "range-val-in-closure",
    "range-val-address",
    "exportloopref",
    "scopelint",
    "G601",
    "exported_loop_pointer",
    "loopvarcapture",
  ],

  docs: {
    summary: "Loop variable of Go before 1.22 that a goroutine or a kept function reads later",
    why: "The loop has one variable for all its passes. What runs later reads the value of a later pass, mostly the last: one job runs ten times and nine are lost, or one test case is tested by all parallel subtests.",
    instead:
      "Copy it at the top of the body (`job := job`), pass it as an argument, or say `go 1.22` in go.mod.",
    bad: {
      "every goroutine reads the same variable": source`
        //go:build go1.21

        package example

        func runAll(jobs []func()) {
        	for _, job := range jobs {
        		go func() {
        			job() // want "job is one variable for all passes of the loop, and this goroutine may run in a later one"
        		}()
        	}
        }
      `,
    },
    good: {
      "every goroutine gets its own": source`
        //go:build go1.21

        package example

        func runAll(jobs []func()) {
        	for _, job := range jobs {
        		job := job
        		go func() {
        			job()
        		}()
        	}
        }
      `,
    },
    limits: [
      "Only where go.mod or the file's build constraint says a version before 1.22; without a go directive the newest is assumed.",
      "Silent where the same pass waits (`wg.Wait()`, a receive) or leaves the loop behind the goroutine.",
      "A function given to a function of the module that starts it, or sends it on a channel, and does not wait for it runs later; given to others it is taken to be used up within the pass.",
    ],
    references: ["https://go.dev/blog/loopvar-preview", "go vet loopclosure"],
  },

  *check({ use }) {
    for (const { at, variable, declaredAt, by, literalAt, shadow } of use(loopVariableCaptures)) {
      if (literalAt && !use(startedParameters).isStarted(`${literalAt.file}:${literalAt.start}`))
        continue;
      const isStored = by === "stored function" || by === "stored address" || by === "callback";
      const later =
        by === "stored address"
          ? "its address is kept"
          : `this ${by} ${isStored || by === "deferred function" ? "runs after it" : "may run in a later one"}`;
      yield {
        at,
        message: `${variable} is one variable for all passes of the loop, and ${later}`,
        confidence: isStored || literalAt ? "medium" : "high",
        related: [{ at: declaredAt, note: `${variable} is declared here, once` }],
        fixes: [{ kind: "safe", description: `copy ${variable} in each pass`, edits: [shadow] }],
      };
    }
  },
});
