import { defineRule, sharedFlights, source } from "#kit";

export default defineRule({
  id: "go/singleflight-shared-context",
  group: "context",
  severity: "warning",
  since: "0.1.0",
  interest: /\bsingleflight\b/,

  docs: {
    summary: "singleflight call that runs under the context of the caller who came first",
    why: "All callers of the key wait for one call. When the first of them goes away, its context ends the call, and all others get `context canceled` although they are still there.",
    instead:
      "Run the call under context.WithoutCancel(ctx) with a timeout, and let each caller wait with DoChan and its own context.",
    bad: {
      "one caller leaves, all fail": source`
        import (
        	"context"

        	"golang.org/x/sync/singleflight"
        )

        type Loader struct{ group singleflight.Group }

        func (l *Loader) Load(ctx context.Context, key string) (any, error) {
        	value, err, _ := l.group.Do(key, func() (any, error) {
        		return fetch(ctx, key) // want "ctx belongs to the first caller"
        	})
        	return value, err
        }

        func fetch(ctx context.Context, key string) (string, error) { return key, ctx.Err() }
      `,
    },
    good: {
      "nobody's context ends it": source`
        import (
        	"context"
        	"time"

        	"golang.org/x/sync/singleflight"
        )

        type Loader struct{ group singleflight.Group }

        func (l *Loader) Load(ctx context.Context, key string) (any, error) {
        	value, err, _ := l.group.Do(key, func() (any, error) {
        		shared, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
        		defer cancel()
        		return fetch(shared, key)
        	})
        	return value, err
        }

        func fetch(ctx context.Context, key string) (string, error) { return key, ctx.Err() }
      `,
    },
    limits: [
      "A parameter of the function around the call, used in a function literal; packages named singleflight, with a Group.",
      "Groups whose functions get a context of their own are fine, and so are log lines.",
    ],
    references: ["https://pkg.go.dev/golang.org/x/sync/singleflight"],
  },

  *check({ use }) {
    for (const { at, context, call, doAt } of use(sharedFlights))
      yield {
        at,
        message: `${context} belongs to the first caller: when it is cancelled, all who wait for ${call} fail with it`,
        related: [{ at: doAt, note: "callers of one key share this call" }],
        about: [at],
      };
  },
});
