import { defineRule, handlerEscapes, source } from "#kit";

export default defineRule({
  id: "go/framework-context-in-goroutine",
  group: "goroutines",
  severity: "error",
  since: "0.1.0",
  interest: /\b(?:gin\.Context|fiber\.Ctx|echo\.Context)\b/,

  docs: {
    summary:
      "Context of gin, fiber or echo, used by a goroutine that the handler does not wait for",
    why: "The framework keeps its contexts in a pool: when the handler returns, the object is given to the next request, and the goroutine reads and writes that of somebody else.",
    instead: "Take what is needed before, or give the goroutine a copy (c.Copy() in gin).",
    bad: {
      "reads the next request": source`
        import "github.com/gin-gonic/gin"

        func visit(c *gin.Context) {
        	go func() {
        		record(c.Param("page")) // want "c belongs to the next request when the handler has returned"
        	}()
        	c.Status(204)
        }

        func record(page string) {}
      `,
    },
    good: {
      "what is needed is taken before": source`
        import "github.com/gin-gonic/gin"

        func visit(c *gin.Context) {
        	page := c.Param("page")
        	go func() {
        		record(page)
        	}()
        	c.Status(204)
        }

        func record(page string) {}
      `,
    },
    limits: [
      "Silent where anything in the handler may wait for the goroutine: a receive, a select, a Wait, or a channel or group that both use.",
    ],
    references: ["https://pkg.go.dev/github.com/gin-gonic/gin#Context.Copy"],
  },

  *check({ use }) {
    for (const { kind, at, what, startedAt } of use(handlerEscapes)) {
      if (kind !== "framework") continue;
      yield {
        at,
        message: `${what} belongs to the next request when the handler has returned, which does not wait for this goroutine`,
        related: [{ at: startedAt, note: "the goroutine is started here" }],
        about: [at],
      };
    }
  },
});
