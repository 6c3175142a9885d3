import { defineRule, hiddenGoroutines, source } from "#kit";

export default defineRule({
  id: "go/hidden-goroutine",
  stage: "trial",
  group: "goroutines",
  severity: "info",
  since: "0.1.0",
  interest: /\bgo\s+\w/,

  docs: {
    summary: "Exported function that does nothing but start a goroutine",
    why: "The caller cannot wait for it, stop it, or learn of its errors, and does not even see that something goes on. To write `go` in front of a call is easy; to take it away is not.",
    instead: "Do the work in the function, and leave it to the caller to start a goroutine.",
    bad: {
      "the caller is not asked": source`
        func Refresh(url string) { // want "Refresh only starts a goroutine"
        	go func() {
        		http.Get(url)
        	}()
        }
      `,
    },
    good: {
      "the caller decides": source`
        func Refresh(url string) error {
        	_, err := http.Get(url)
        	return err
        }
      `,
    },
    limits: [
      "Silent where the name or the comment promises it (Start, Run, Watch, Async, background …), where a context or channel is given, for methods, in main and in tests.",
      "On trial: whether a package that starts something once may hide it is a matter of taste.",
    ],
    references: ["https://go.dev/wiki/CodeReviewComments#synchronous-functions"],
  },

  *check({ use }) {
    for (const { at, name } of use(hiddenGoroutines))
      yield {
        at,
        message: `${name} only starts a goroutine, which its caller can neither see nor wait for`,
        about: [at],
      };
  },
});
