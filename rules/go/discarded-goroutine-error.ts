import { defineRule, discardedErrors, source } from "#kit";

export default defineRule({
  id: "go/discarded-goroutine-error",
  group: "goroutines",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bgo\s+\w/,
  aliases: ["errcheck"],

  docs: {
    summary: "Goroutine that runs a function whose error nobody gets",
    why: "The function gives up with an error, and nothing says so: no log, no caller, no restart.",
    instead: "Start a function literal that handles the error, or let the function log it.",
    bad: {
      "it ends without a word": source`
        type cache struct{ load func() error }

        func (c *cache) open() { go c.fill() } // want "fill returns an error, which is lost"

        func (c *cache) fill() error {
        	if err := c.load(); err != nil {
        		return err
        	}
        	return nil
        }
      `,
    },
    good: {
      "the error is logged": source`
        type cache struct{ load func() error }

        func (c *cache) open() {
        	go func() {
        		if err := c.fill(); err != nil {
        			log.Printf("fill: %v", err)
        		}
        	}()
        }

        func (c *cache) fill() error {
        	if err := c.load(); err != nil {
        		return err
        	}
        	return nil
        }
      `,
    },
    limits: [
      "Functions and methods of the package that return an error, and may return one that is not nil.",
      "Silent where the function logs, prints, counts, reports, records or sends anything: it may tell of the error itself.",
      "What comes last by its name (Close, Stop, Flush …) is left alone: nobody can do anything about its error.",
      "Package main and tests are left out.",
    ],
  },

  *check({ use }) {
    for (const { at, name, otherAt } of use(discardedErrors)) {
      yield {
        at,
        message: `${name} returns an error, which is lost in a goroutine`,
        related: [{ at: otherAt, note: "an error is returned here" }],
      };
    }
  },
});
