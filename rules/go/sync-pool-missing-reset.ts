import { defineRule, source, unresetPools } from "#kit";

export default defineRule({
  id: "go/sync-pool-missing-reset",
  group: "atomics",
  severity: "warning",
  since: "0.1.0",
  interest: /\.Get\(\)\.\(/,
  aliases: ["bufferresetbeforereuse"],

  docs: {
    summary: "Buffer of a sync.Pool that nobody empties",
    why: "Get returns the buffer as it was put back: what one goroutine wrote for one user stands in front of what the next writes for another.",
    instead: "Call Reset after Get, or before Put.",
    bad: {
      "the second page begins with the first": source`
        import (
        	"bytes"
        	"sync"
        )

        var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

        func page(name string) string {
        	buf := buffers.Get().(*bytes.Buffer) // want "nobody empties the \\*bytes.Buffer"
        	defer buffers.Put(buf)
        	buf.WriteString(name)
        	return buf.String()
        }
      `,
    },
    good: {
      "emptied first": source`
        import (
        	"bytes"
        	"sync"
        )

        var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

        func page(name string) string {
        	buf := buffers.Get().(*bytes.Buffer)
        	defer buffers.Put(buf)
        	buf.Reset()
        	buf.WriteString(name)
        	return buf.String()
        }
      `,
    },
    limits: [
      "Of *bytes.Buffer and *strings.Builder, whose use is to be appended to.",
      "Silent where any function that gets from or puts into the pool resets, truncates or clears something.",
    ],
    references: ["https://pkg.go.dev/sync#Pool"],
  },

  *check({ use }) {
    for (const { at, pool, type, putAt } of use(unresetPools))
      yield {
        at,
        message: `nobody empties the ${type} of ${pool}: it comes with what was written before`,
        related: [{ at: putAt, note: "it is put back as it is" }],
        about: [at],
      };
  },
});
