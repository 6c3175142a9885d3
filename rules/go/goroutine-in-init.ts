import { defineRule, goroutinesInInit, source } from "#kit";

export default defineRule({
  id: "go/goroutine-in-init",
  stage: "trial",
  group: "goroutines",
  severity: "warning",
  since: "0.1.0",
  interest: /\bfunc\s+init\(\)/,

  docs: {
    summary: "Goroutine that init starts in a package that others import",
    why: "Whoever imports the package gets the goroutine, in each of their tests and tools, and cannot stop it.",
    instead: "Start it from a function that the user calls, with something to end it by.",
    bad: {
      "runs from the import on": source`
        package metrics

        func init() {
        	go report() // want "init starts a goroutine"
        }

        func report() {}
      `,
    },
    good: {
      "started on request": source`
        package metrics

        func Start(stop <-chan struct{}) {
        	go report(stop)
        }

        func report(stop <-chan struct{}) { <-stop }
      `,
    },
    limits: ["Silent in package main and in tests."],
    references: ["https://github.com/uber-go/guide/blob/master/style.md#no-goroutines-in-init"],
  },

  *check({ use }) {
    for (const at of use(goroutinesInInit))
      yield {
        at,
        message:
          "init starts a goroutine, which everybody has who imports the package, and nobody can stop",
        about: [at],
      };
  },
});
