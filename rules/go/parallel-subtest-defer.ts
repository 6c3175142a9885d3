import { defineRule, earlyTestCleanups, source } from "#kit";

export default defineRule({
  id: "go/parallel-subtest-defer",
  group: "goroutines",
  severity: "warning",
  since: "0.1.0",
  interest: /\.Parallel\(\)/,
  aliases: ["tparallel"],

  docs: {
    summary: "Test that cleans up what its parallel subtests have yet to use",
    why: "A subtest that calls Parallel waits until the function of its parent has returned. By then the deferred call has run: the server is closed, the folder is gone, the context cancelled.",
    instead: "Use t.Cleanup, which runs when all subtests are done.",
    bad: {
      "the server is closed before the subtests begin": source`
        func TestServer(t *testing.T) {
        	listener, err := net.Listen("tcp", "localhost:0")
        	if err != nil {
        		t.Fatal(err)
        	}
        	defer listener.Close() // want "listener.Close runs before the parallel subtests, which use listener"
        	for _, name := range []string{"a", "b"} {
        		t.Run(name, func(t *testing.T) {
        			t.Parallel()
        			if _, err := net.Dial("tcp", listener.Addr().String()); err != nil {
        				t.Error(err)
        			}
        		})
        	}
        }
      `,
    },
    good: {
      "closed when they are done": source`
        func TestServer(t *testing.T) {
        	listener, err := net.Listen("tcp", "localhost:0")
        	if err != nil {
        		t.Fatal(err)
        	}
        	t.Cleanup(func() { listener.Close() })
        	for _, name := range []string{"a", "b"} {
        		t.Run(name, func(t *testing.T) {
        			t.Parallel()
        			if _, err := net.Dial("tcp", listener.Addr().String()); err != nil {
        				t.Error(err)
        			}
        		})
        	}
        }
      `,
    },
    limits: [
      "The subtest is a function literal that calls Parallel itself, in the function that has the deferred call.",
      "The deferred call ends something by its name (Close, Stop, Remove …) or came with it, as a cancel function with its context, and the subtest names that.",
    ],
    references: ["https://pkg.go.dev/testing#T.Cleanup"],
  },

  *check({ use }) {
    for (const { at, cleanup, variable, subtestAt, useAt, fix } of use(earlyTestCleanups))
      yield {
        at,
        message: `${cleanup} runs before the parallel subtests, which use ${variable}: they wait until this function has returned`,
        related: [
          { at: subtestAt, note: "the subtest is told to run in parallel" },
          { at: useAt, note: `and uses ${variable} here` },
        ],
        fixes: [
          { kind: "suggestion", description: "clean up when the subtests are done", edits: fix },
        ],
        about: [at],
      };
  },
});
