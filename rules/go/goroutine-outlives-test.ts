import { defineRule, source, testGoroutines, testThreads } from "#kit";

export default defineRule({
  id: "go/goroutine-outlives-test",
  group: "goroutines",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\btesting\.(T|B|F|TB)\b/,
  yieldsTo: ["go/test-fatal-in-goroutine"],

  docs: {
    summary: "Goroutine that uses a test which may be over",
    why: "A log or an error after the test has ended panics, and the panic stands in whatever test runs by then. What the goroutine finds out is lost.",
    instead:
      "Wait for the goroutine before the test returns: with a WaitGroup, a channel, or t.Cleanup.",
    bad: {
      "nobody waits for the check": source`
        func TestNotify(t *testing.T) {
        	events := make(chan int, 1)
        	go func() {
        		if event := <-events; event != 1 {
        			t.Errorf("got %d", event) // want "t.Errorf may come after TestNotify has ended"
        		}
        	}()
        	fmt.Println("notified")
        }
      `,
    },
    good: {
      "the test waits for the check": source`
        func TestNotify(t *testing.T) {
        	events := make(chan int, 1)
        	done := make(chan struct{})
        	go func() {
        		defer close(done)
        		if event := <-events; event != 1 {
        			t.Errorf("got %d", event)
        		}
        	}()
        	events <- 1
        	<-done
        }
      `,
    },
    limits: [
      "Nothing on the path to the return can wait for the goroutine: no channel, lock, WaitGroup, deferred clean-up, and no call that is not known to be harmless.",
      "Subtests that start the goroutine themselves, and test functions that start it through others, as far as those are known.",
    ],
    references: ["testing: «Log in goroutine after Test… has completed»"],
  },

  *check({ use }) {
    const { outliving } = use(testGoroutines);
    const known = new Set(outliving.map(({ at }) => `${at.file}:${at.start}`));
    const others = use(testThreads).filter(({ at }) => !known.has(`${at.file}:${at.start}`));
    for (const { at, call, startedAt, returnAt, test } of [...outliving, ...others]) {
      yield {
        at,
        message: `${call} may come after ${test.name} has ended`,
        related: [
          { at: startedAt, note: "the goroutine is started here" },
          { at: returnAt, note: "the test ends here, and nothing has waited for it" },
        ],
      };
    }
  },
});
