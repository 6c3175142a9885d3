import { defineRule, pointlessGoroutines, source } from "#kit";

export default defineRule({
  id: "go/pointless-goroutine",
  group: "goroutines",
  severity: "info",
  since: "0.1.0",
  interest: /\bgo\s+func\b/,

  docs: {
    summary: "Goroutine that its function waits for at once",
    why: "Nothing runs beside it: the goroutine, the channel and the wait only hide that the code is sequential, and a panic in it cannot be recovered by the caller.",
    instead: "Call the function.",
    bad: {
      "the same as a call": source`
        func load(path string) string {
        	done := make(chan string)
        	go func() { // want "waits for the goroutine at once"
        		done <- read(path)
        	}()
        	text := <-done
        	return text
        }

        func read(path string) string { return path }
      `,
    },
    good: {
      "a call": source`
        func load(path string) string { return read(path) }

        func read(path string) string { return path }
      `,
    },
    limits: [
      "Where a receive or a Wait is the next statement, and nothing else was started before, and the goroutine says so at its end.",
      "Silent in tests, and where the goroutine recovers, panics, ends by Goexit or locks its thread.",
    ],
    references: ["https://go.dev/wiki/CodeReviewComments#goroutine-lifetimes"],
  },

  *check({ use }) {
    for (const { at, wait, waitAt } of use(pointlessGoroutines))
      yield {
        at,
        message: "the function waits for the goroutine at once: nothing runs beside it",
        related: [{ at: waitAt, note: `${wait} is the next thing it does` }],
        about: [at],
      };
  },
});
