import { defineRule, sharedRandoms, source } from "#kit";

export default defineRule({
  id: "go/global-rand-contention",
  group: "goroutines",
  stage: "trial",
  severity: "info",
  since: "0.1.0",
  interest: /\brand\./,
  aliases: ["global_rand_source_contention"],

  docs: {
    summary: "Random numbers that goroutines draw from the source that all share, behind one lock",
    why: "All goroutines wait for one lock to get a number.",
    instead:
      "Give each goroutine a `rand.New(…)` of its own, or drop the seed: unseeded, the functions of math/rand take no lock from go 1.20 on.",
    bad: {
      "a seeded source has a lock": source`
        package example

        import "math/rand"

        func init() { rand.Seed(1) }

        func throwAll(count int, use func(int)) {
        	for range count {
        		go func() {
        			use(rand.Intn(6)) // want "rand.Intn takes the lock that all goroutines share"
        		}()
        	}
        }
      `,
    },
    good: {
      "the source takes no lock": source`
        package example

        import "math/rand/v2"

        func throwAll(count int, use func(int)) {
        	for range count {
        		go func() {
        			use(rand.IntN(6))
        		}()
        	}
        }
      `,
    },
    limits: [
      "Calls in function literals that are started as goroutines; before go 1.20, or where the package calls rand.Seed.",
      "math/rand/v2 has no such lock.",
      "Opt-in: it matters only where the numbers are drawn all the time.",
    ],
  },

  *check({ use }) {
    for (const { at, call, startedAt } of use(sharedRandoms)) {
      yield {
        at,
        message: `${call} takes the lock that all goroutines share`,
        related: [{ at: startedAt, note: "the goroutine is started here" }],
      };
    }
  },
});
