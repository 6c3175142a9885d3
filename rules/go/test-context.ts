import { defineRule, source, testContexts } from "#kit";

export default defineRule({
  id: "go/test-context",
  group: "context",
  severity: "info",
  since: "0.1.0",
  stage: "trial",
  interest: /\bcontext\.(Background|TODO)\(/,
  aliases: ["usetesting", "testingcontext"],

  docs: {
    summary: "Test that makes a context of its own where t.Context ends with the test",
    why: "What the test has started with that context goes on while the next tests run, and holds ports, files and locks that they need.",
    instead: "Use `t.Context()`, which is cancelled just before the test's clean-up.",
    bad: {
      "what the test starts outlives it": source`
        //go:build go1.24

        package example

        import (
        	"context"
        	"testing"
        )

        func TestOpen(t *testing.T) {
        	open(context.Background()) // want "context.Background.. outlives the test: t.Context.. ends with it"
        }

        func open(ctx context.Context) {}
      `,
    },
    good: {
      "the context ends with the test": source`
        //go:build go1.24

        package example

        import (
        	"context"
        	"testing"
        )

        func TestOpen(t *testing.T) {
        	open(t.Context())
        }

        func open(ctx context.Context) {}
      `,
    },
    limits: [
      "Off by default: nearly every older test has one, and in few of them anything outlives the test.",
      "From Go 1.24 on, as go.mod says; without a go.mod nothing is said.",
      "Functions that clean up (Cleanup, defer) or start goroutines are left alone: t.Context is cancelled before that.",
      "One finding for each function.",
    ],
    references: ["testing.T.Context"],
  },

  *check({ use }) {
    for (const { at, made, test } of use(testContexts)) {
      const [first, ...others] = at;
      yield {
        at: first,
        message: `${made}() outlives the test: ${test}.Context() ends with it`,
        related: others.map((other) => ({ at: other, note: "so does this one" })),
        fixes: [
          {
            kind: "suggestion",
            description: `use ${test}.Context()`,
            edits: at.map((place) => ({ ...place, text: `${test}.Context()` })),
          },
        ],
      };
    }
  },
});
