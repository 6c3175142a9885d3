import { defineRule, source, swallowedErrors } from "#kit";

export default defineRule({
  id: "go/waitgroup-swallowed-error",
  group: "waitgroups",
  stage: "trial",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  interest: /\.Wait\(\)/,
  aliases: ["waitgroup_fanout_without_errgroup_on_error_path"],

  docs: {
    summary: "Worker of a WaitGroup that logs its error, while the function that waits returns nil",
    why: "The caller is told that all went well, and works on with half of it.",
    instead:
      "Use an errgroup, whose Wait returns the first error, or collect the errors and join them.",
    bad: {
      "half of it is missing": source`
        func fetchAll(urls []string, fetch func(string) error) error {
        	var group sync.WaitGroup
        	for _, url := range urls {
        		group.Add(1)
        		go func() {
        			defer group.Done()
        			if err := fetch(url); err != nil {
        				log.Printf("fetch %s: %v", url, err) // want "the error of fetch ends in the log"
        			}
        		}()
        	}
        	group.Wait()
        	return nil
        }
      `,
    },
    good: {
      "the caller learns of it": source`
        func fetchAll(urls []string, fetch func(string) error) error {
        	var group errgroup.Group
        	for _, url := range urls {
        		group.Go(func() error { return fetch(url) })
        	}
        	return group.Wait()
        }
      `,
    },
    limits: [
      "The function has an error among its results, and returns nil right after Wait; the worker does nothing with an error but log it.",
      "Silent where the worker sends, locks, appends, stores or cancels: the failure may go that way.",
      "What may fail without harm is left alone: by names such as close, clean, stop, flush, notify or ping, or a comment that says so.",
      "On trial: on seven repositories it spoke twice, in checks and reconciliations that go on with the rest on purpose.",
    ],
    references: ["https://pkg.go.dev/golang.org/x/sync/errgroup"],
  },

  *check({ use }) {
    for (const { at, name, otherAt } of use(swallowedErrors)) {
      yield {
        at,
        message: `the error of ${name} ends in the log, and the function that waits returns nil`,
        related: [{ at: otherAt, note: "the worker is started here" }],
      };
    }
  },
});
