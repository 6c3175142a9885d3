import { cacheMisses, defineRule, source } from "#kit";

export default defineRule({
  id: "go/cache-stampede",
  group: "goroutines",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bhttp\.ResponseWriter\b|\bgin\.Context\b|\becho\.Context\b|\bfiber\.Ctx\b/,

  docs: {
    summary:
      "Request handler that loads what the cache does not have, as many times as there are requests",
    why: "When a much-used entry expires, every request that comes before it is back loads it as well: the source gets at once what the cache was to keep away from it.",
    instead:
      "Load through `singleflight.Group.Do`, so that one request loads and the others wait for it.",
    bad: {
      "all load at once": source`
        type pages struct {
        	cache interface {
        		Get(key string) (string, bool)
        		Set(key, page string)
        	}
        	render func(ctx context.Context, key string) (string, error)
        }

        func (p *pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
        	key := r.URL.Path
        	page, ok := p.cache.Get(key)
        	if !ok {
        		var err error
        		page, err = p.render(r.Context(), key) // want "each request that misses p.cache calls p.render"
        		if err != nil {
        			http.Error(w, err.Error(), http.StatusInternalServerError)
        			return
        		}
        		p.cache.Set(key, page)
        	}
        	fmt.Fprint(w, page)
        }
      `,
    },
    good: {
      "one loads for all": source`
        type pages struct {
        	group singleflight.Group
        	cache interface {
        		Get(key string) (string, bool)
        		Set(key, page string)
        	}
        	render func(ctx context.Context, key string) (string, error)
        }

        func (p *pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
        	key := r.URL.Path
        	page, err, _ := p.group.Do(key, func() (any, error) {
        		if page, ok := p.cache.Get(key); ok {
        			return page, nil
        		}
        		page, err := p.render(context.WithoutCancel(r.Context()), key)
        		if err == nil {
        			p.cache.Set(key, page)
        		}
        		return page, err
        	})
        	if err != nil {
        		http.Error(w, err.Error(), http.StatusInternalServerError)
        		return
        	}
        	fmt.Fprint(w, page)
        }
      `,
    },
    limits: [
      "Functions that are given an http.ResponseWriter or the context of gin, echo or fiber, and those of the package that they call by name.",
      "A question to something called cache, a call with a context on the way where it had no answer, and the entry of the same key.",
      "Silent where the function names a singleflight, a lock, LoadOrStore or the like.",
    ],
    references: ["https://pkg.go.dev/golang.org/x/sync/singleflight"],
  },

  *check({ use }) {
    for (const { at, cache, loader, askedAt, filledAt } of use(cacheMisses)) {
      yield {
        at,
        message: `each request that misses ${cache} calls ${loader}, also while others are at it already`,
        related: [
          { at: askedAt, note: "the cache is asked here" },
          { at: filledAt, note: "and filled here" },
        ],
      };
    }
  },
});
