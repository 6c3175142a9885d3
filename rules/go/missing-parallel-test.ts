import { defineRule, serialTests, source } from "#kit";

export default defineRule({
  id: "go/missing-parallel-test",
  group: "goroutines",
  stage: "trial",
  severity: "info",
  since: "0.1.0",
  interest: /\bfunc Test/,
  aliases: ["paralleltest"],

  docs: {
    summary: "Test that does not call t.Parallel",
    why: "Tests that run one after the other take longer, and never meet: what they share is not found out.",
    instead: "Begin the test with `t.Parallel()`.",
    bad: {
      "it runs alone": source`
        package example

        import "testing"

        func TestSum(t *testing.T) { // want "TestSum does not call t.Parallel"
        	if 1+1 != 2 {
        		t.Fatal("no sum")
        	}
        }
      `,
    },
    good: {
      "it runs beside others": source`
        package example

        import "testing"

        func TestSum(t *testing.T) {
        	t.Parallel()
        	if 1+1 != 2 {
        		t.Fatal("no sum")
        	}
        }
      `,
    },
    limits: [
      "Test functions; subtests are not looked at.",
      "Silent where the test changes the environment or the working directory, or runs a suite.",
      "Opt-in: a matter of style.",
    ],
  },

  *check({ use }) {
    for (const { at, name, edit } of use(serialTests)) {
      yield {
        at,
        message: `${name} does not call t.Parallel`,
        ...(edit && {
          fixes: [
            { kind: "suggestion" as const, description: "run it beside others", edits: [edit] },
          ],
        }),
      };
    }
  },
});
