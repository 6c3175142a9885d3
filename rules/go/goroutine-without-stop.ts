import { deafGoroutines, defineRule, source } from "#kit";

export default defineRule({
  id: "go/goroutine-without-stop",
  group: "goroutines",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bgo\s+[\w(]/,
  aliases: ["G118", "goroutine_without_shutdown_path"],
  yieldsTo: ["go/constructor-goroutine-without-close", "go/goroutine-leak-channel"],

  docs: {
    summary: "Goroutine that loops for ever and never looks at what its owner is stopped by",
    why: "The owner is closed, or its context cancelled, and the goroutine works on: with things that are closed, for each owner that there ever was.",
    instead:
      "End the loop when the context is done, or when Close has closed a channel that the loop selects on.",
    bad: {
      "the context ends everything but this": source`
        func Start(ctx context.Context, refresh func()) {
        	go func() { // want "the goroutine never ends, and never looks at ctx"
        		for {
        			time.Sleep(time.Minute)
        			refresh()
        		}
        	}()
        }
      `,
    },
    good: {
      "the context ends it": source`
        func Start(ctx context.Context, refresh func()) {
        	go func() {
        		ticker := time.NewTicker(time.Minute)
        		defer ticker.Stop()
        		for {
        			select {
        			case <-ticker.C:
        				refresh()
        			case <-ctx.Done():
        				return
        			}
        		}
        	}()
        }
      `,
    },
    limits: [
      "Only loops for ever without any return, break, panic or exit in them, in the goroutine's literal or in the function that it calls.",
      "Only where there is something to end it by: a context of the function that starts it, or a method such as Close or Stop of the type that the function belongs to or yields.",
      "Silent where the loop names the context, or anything called done, stop, quit, closed or the like; inside once.Do; and where a comment says that it lives as long as the process.",
      "A type that the package has a variable of lives as long as the process.",
      "Package main, tests and packages for tests are left out.",
      "A constructor of a type that cannot be closed at all is what go/constructor-goroutine-without-close is about.",
    ],
    references: ["https://google.github.io/styleguide/go/decisions#goroutine-lifetimes"],
  },

  *check({ use }) {
    for (const { at, end, loop, loopAt } of use(deafGoroutines)) {
      yield {
        at,
        message: `the goroutine never ends, and never looks at ${end}`,
        about: [at, loop],
        related: [{ at: loopAt, note: "the loop has no way out" }],
      };
    }
  },
});
