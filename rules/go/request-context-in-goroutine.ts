import { defineRule, handlerEscapes, source } from "#kit";

export default defineRule({
  id: "go/request-context-in-goroutine",
  group: "goroutines",
  severity: "error",
  since: "0.1.0",
  interest: /\bhttp\.Request\b/,

  docs: {
    summary: "Context or body of a request, used by a goroutine that the handler does not wait for",
    why: "The server cancels the context and closes the body when the handler returns. The goroutine fails with `context canceled` at some point or other, mostly when there is much to do.",
    instead:
      "Give it context.WithoutCancel(r.Context()), with a timeout of its own, and read the body before.",
    bad: {
      "cancelled as soon as the handler returns": source`
        func signUp(w http.ResponseWriter, r *http.Request) {
        	go sendMail(r.Context(), r.FormValue("email")) // want "r.Context\\(\\) is cancelled when the handler returns"
        	w.WriteHeader(http.StatusAccepted)
        }

        func sendMail(ctx context.Context, to string) error { return ctx.Err() }
      `,
    },
    good: {
      "lives on without the request": source`
        func signUp(w http.ResponseWriter, r *http.Request) {
        	ctx, email := context.WithoutCancel(r.Context()), r.FormValue("email")
        	go sendMail(ctx, email)
        	w.WriteHeader(http.StatusAccepted)
        }

        func sendMail(ctx context.Context, to string) error { return ctx.Err() }
      `,
    },
    limits: [
      "In functions with an http.ResponseWriter; silent where anything in the handler may wait for the goroutine.",
      "A context is reported where it is given to a call, not where the goroutine watches for its end, and not in log calls.",
    ],
    references: ["https://pkg.go.dev/net/http#Request.Context"],
  },

  *check({ use }) {
    for (const { kind, at, what, startedAt } of use(handlerEscapes)) {
      if (kind !== "context" && kind !== "body") continue;
      const ends = kind === "context" ? "is cancelled" : "can no longer be read";
      yield {
        at,
        message: `${what} ${ends} when the handler returns, which does not wait for this goroutine`,
        related: [{ at: startedAt, note: "the goroutine is started here" }],
        about: [at],
      };
    }
  },
});
