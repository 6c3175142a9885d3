import { defineRule, sharedUses, source } from "#kit";

export default defineRule({
  id: "go/unsafe-shared-type",
  group: "goroutines",
  severity: "error",
  since: "0.1.0",
  interest: /\bgo\s+func\b|\.Go\(func\b/,

  docs: {
    summary: "Buffer, encoder or random source that several goroutines use at once",
    why: "These types are made for one goroutine at a time. Two that write into one buffer overwrite each other or panic; two that share a rand.Rand get the same numbers, or an index out of range.",
    instead: "Hold a lock around each use, or give each goroutine its own and join the results.",
    bad: {
      "the pieces end up in each other": source`
        import (
        	"bytes"
        	"sync"
        )

        func renderAll(names []string) string {
        	var out bytes.Buffer
        	var group sync.WaitGroup
        	for _, name := range names {
        		group.Add(1)
        		go func() {
        			defer group.Done()
        			out.WriteString(name) // want "out is a bytes.Buffer, for one goroutine at a time"
        		}()
        	}
        	group.Wait()
        	return out.String()
        }
      `,
    },
    good: {
      "a lock around it": source`
        import (
        	"bytes"
        	"sync"
        )

        func renderAll(names []string) string {
        	var mu sync.Mutex
        	var out bytes.Buffer
        	var group sync.WaitGroup
        	for _, name := range names {
        		group.Add(1)
        		go func() {
        			defer group.Done()
        			mu.Lock()
        			defer mu.Unlock()
        			out.WriteString(name)
        		}()
        	}
        	group.Wait()
        	return out.String()
        }
      `,
    },
    limits: [
      "Types of the standard library that are documented so, in goroutines that are function literals, by calls of their methods.",
      "Silent where a lock is taken before, and where something may wait between the two uses.",
    ],
    references: ["https://pkg.go.dev/math/rand#Rand", "https://pkg.go.dev/bytes#Buffer"],
  },

  *check({ use }) {
    for (const { kind, at, object, type, by, otherAt, startedAt } of use(sharedUses)) {
      if (kind !== "object") continue;
      const meanwhile = {
        "next pass": "and the goroutine of the next pass does the same",
        goroutine: "and another goroutine uses it too",
        function: "and the function goes on using it",
      }[by];
      yield {
        at,
        message: `${object} is a ${type}, for one goroutine at a time, ${meanwhile}`,
        related: [
          { at: startedAt, note: "the goroutine is started here" },
          ...(by === "next pass" ? [] : [{ at: otherAt, note: "the other use" }]),
        ],
        about: [at],
      };
    }
  },
});
