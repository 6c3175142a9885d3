import { defineRule, handlerEscapes, source } from "#kit";

export default defineRule({
  id: "go/response-writer-escapes-handler",
  group: "goroutines",
  severity: "error",
  since: "0.1.0",
  interest: /\bhttp\.ResponseWriter\b/,

  docs: {
    summary: "http.ResponseWriter used by a goroutine that the handler does not wait for",
    why: "When the handler returns, the server ends the response and takes the writer for the next request. What the goroutine writes is lost, panics, or ends up in the answer to somebody else.",
    instead: "Wait for the goroutine, or answer first and give it only what it needs.",
    bad: {
      "the answer may be over by then": source`
        func export(w http.ResponseWriter, r *http.Request) {
        	go func() {
        		report := build(r.URL.Query().Get("month"))
        		w.Write(report) // want "w is used by a goroutine that the handler does not wait for"
        	}()
        }

        func build(month string) []byte { return []byte(month) }
      `,
    },
    good: {
      "the handler waits": source`
        func export(w http.ResponseWriter, r *http.Request) {
        	done := make(chan []byte, 1)
        	go func() { done <- build(r.URL.Query().Get("month")) }()
        	select {
        	case report := <-done:
        		w.Write(report)
        	case <-r.Context().Done():
        	}
        }

        func build(month string) []byte { return []byte(month) }
      `,
    },
    limits: [
      "Silent where anything in the handler may wait for the goroutine: a receive, a select, a Wait, or a channel or group that both use.",
      "The parameter itself is followed, in `go` statements of the handler, not what is made of it.",
    ],
    references: ["https://pkg.go.dev/net/http#Handler"],
  },

  *check({ use }) {
    for (const { kind, at, what, startedAt } of use(handlerEscapes)) {
      if (kind !== "writer") continue;
      yield {
        at,
        message: `${what} is used by a goroutine that the handler does not wait for: the response may be over by then`,
        related: [{ at: startedAt, note: "the goroutine is started here" }],
        about: [at],
      };
    }
  },
});
