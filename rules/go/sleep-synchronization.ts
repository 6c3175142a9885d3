import { defineRule, sleepsForGoroutines, source } from "#kit";

export default defineRule({
  id: "go/sleep-synchronization",
  stage: "trial",
  group: "goroutines",
  severity: "info",
  since: "0.1.0",
  interest: /\btime\.Sleep\(/,

  docs: {
    summary: "Test that sleeps where it should wait for a goroutine",
    why: "How long the goroutine needs depends on the machine: on a busy one the test fails now and then, on all others it is slower than it has to be.",
    instead:
      "Wait for what the goroutine does, by a channel or a condition that is asked again, or run the test in a bubble of testing/synctest.",
    bad: {
      "half a second is enough, mostly": source`
        func TestServe(t *testing.T) {
        	go serve()
        	time.Sleep(500 * time.Millisecond) // want "the test gives the goroutine some time"
        	if _, err := net.Dial("tcp", "localhost:8080"); err != nil {
        		t.Fatal(err)
        	}
        }

        func serve() {}
      `,
    },
    good: {
      "it says when it is ready": source`
        func TestServe(t *testing.T) {
        	ready := make(chan struct{})
        	go serve(ready)
        	<-ready
        	if _, err := net.Dial("tcp", "localhost:8080"); err != nil {
        		t.Fatal(err)
        	}
        }

        func serve(ready chan struct{}) { close(ready) }
      `,
    },
    limits: [
      "In tests, where the sleep comes right after the `go` statement, something follows it, and no comment says why.",
      "On trial: a test may let time pass beside a goroutine on purpose, which cannot be told from waiting for it.",
    ],
    references: ["https://pkg.go.dev/testing/synctest"],
  },

  *check({ use }) {
    for (const { at, startedAt } of use(sleepsForGoroutines))
      yield {
        at,
        message:
          "the test gives the goroutine some time in place of waiting for it: on a busy machine it is not enough",
        related: [{ at: startedAt, note: "the goroutine is started here" }],
        about: [at],
      };
  },
});
