import { defineRule, exitsInGoroutines, source } from "#kit";

export default defineRule({
  id: "go/exit-in-goroutine",
  group: "goroutines",
  severity: "warning",
  since: "0.1.0",
  interest: /\b(?:Exit|Fatal(?:f|ln)?)\(/,
  aliases: ["deep-exit"],

  docs: {
    summary: "Goroutine of a library that ends the process",
    why: "The program that uses the package is gone from one moment to the next: no deferred function runs, no file is flushed, no other goroutine finishes what it does, and nobody up the stack was asked.",
    instead: "Hand the error over, through a channel or an errgroup, and let main decide.",
    bad: {
      "a port in use ends everybody's program": source`
        type Server struct{ http *http.Server }

        func (s *Server) Start() {
        	go func() {
        		if err := s.http.ListenAndServe(); err != nil {
        			log.Fatal(err) // want "log.Fatal in a goroutine ends the process of whoever uses the package"
        		}
        	}()
        }
      `,
    },
    good: {
      "the caller hears of it": source`
        type Server struct{ http *http.Server }

        func (s *Server) Start() <-chan error {
        	failed := make(chan error, 1)
        	go func() { failed <- s.http.ListenAndServe() }()
        	return failed
        }
      `,
    },
    limits: [
      "os.Exit and the Fatal functions of log, klog, glog and logrus, in a function literal that `go` starts.",
      "Silent in package main, in tests, and in folders named for programs, such as cmd.",
      "Silent in functions that listen to signals or are there to end the process, by their names.",
    ],
    references: ["https://github.com/uber-go/guide/blob/master/style.md#exit-in-main"],
  },

  *check({ use }) {
    for (const { at, call, startedAt } of use(exitsInGoroutines))
      yield {
        at,
        message: `${call} in a goroutine ends the process of whoever uses the package, and nothing that is deferred runs`,
        related: [{ at: startedAt, note: "the goroutine is started here" }],
        about: [at],
      };
  },
});
