import { defineRule, source, testGoroutines } from "#kit";

export default defineRule({
  id: "go/test-fatal-in-goroutine",
  group: "goroutines",
  severity: "error",
  since: "0.1.0",
  interest: /\btesting\.(T|B|F|TB)\b/,
  aliases: ["testinggoroutine", "SA2002", "go-require", "S8166"],

  docs: {
    summary: "Test ended from a goroutine that is not its own",
    why: "FailNow ends the goroutine that calls it. The test goes on and waits for what that goroutine was to do, until the whole run times out without a word about the reason.",
    instead: "Call `t.Error` and return, or send the error to the goroutine of the test.",
    bad: {
      "the goroutine ends before it closes done": source`
        func TestLoad(t *testing.T) {
        	done := make(chan struct{})
        	go func() {
        		if err := load(); err != nil {
        			t.Fatal(err) // want "t.Fatal ends the goroutine, not the test"
        		}
        		close(done)
        	}()
        	<-done
        }

        func load() error { return nil }
      `,
    },
    good: {
      "the goroutine says what is wrong, and ends as always": source`
        func TestLoad(t *testing.T) {
        	done := make(chan struct{})
        	go func() {
        		defer close(done)
        		if err := load(); err != nil {
        			t.Error(err)
        		}
        	}()
        	<-done
        }

        func load() error { return nil }
      `,
    },
    limits: [
      "Methods of testing.T and its like that end a test, and functions of testify's require.",
      "Goroutines of `go`, WaitGroup.Go and errgroup, and handlers of test servers that are written in place.",
      "The test of a subtest that the goroutine runs itself may be ended there.",
    ],
    references: ["testing.T.FailNow", "go vet: testinggoroutine"],
  },

  *check({ use }) {
    for (const { at, call, startedAt, by } of use(testGoroutines).fatal) {
      const what = by === "handler" ? "the handler" : "the goroutine";
      yield {
        at,
        message: `${call} ends ${what}, not the test`,
        related: [
          {
            at: startedAt,
            note: by === "handler" ? "the server runs it here" : "the goroutine is started here",
          },
        ],
      };
    }
  },
});
