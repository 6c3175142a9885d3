import { defineRule, poolUses, source } from "#kit";

export default defineRule({
  id: "go/sync-pool-use-after-put",
  group: "atomics",
  severity: "error",
  since: "0.1.0",
  interest: /\.Put\(/,

  docs: {
    summary: "Object that is used or returned after it was given back to its sync.Pool",
    why: "From Put on somebody else may have the object: two goroutines write into one buffer, and each reads the other's bytes.",
    instead:
      "Put it back when nobody uses it any more; return a copy, for instance bytes.Clone(buf.Bytes()) or buf.String().",
    bad: {
      "the bytes go with the buffer": source`
        var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

        func render(name string) []byte {
        	buf := buffers.Get().(*bytes.Buffer)
        	defer buffers.Put(buf)
        	buf.Reset()
        	buf.WriteString(name)
        	return buf.Bytes() // want "the memory of buf is returned, and goes back to buffers"
        }
      `,
      "used afterwards": source`
        var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

        func render(name string) string {
        	buf := buffers.Get().(*bytes.Buffer)
        	buf.Reset()
        	buf.WriteString(name)
        	buffers.Put(buf)
        	return buf.String() // want "buf is used after it went back to buffers"
        }
      `,
    },
    good: {
      "a copy is returned": source`
        var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

        func render(name string) string {
        	buf := buffers.Get().(*bytes.Buffer)
        	defer buffers.Put(buf)
        	buf.Reset()
        	buf.WriteString(name)
        	return buf.String()
        }
      `,
    },
    limits: [
      "Of an object that is put back by defer the results are looked at: the object, a slice of it, its Bytes.",
      "Of another one, what follows in the same block, until the variable gets another value.",
    ],
    references: ["https://pkg.go.dev/sync#Pool"],
  },

  *check({ use }) {
    for (const { at, object, pool, putAt, isReturned } of use(poolUses))
      yield {
        at,
        message: isReturned
          ? `the memory of ${object} is returned, and goes back to ${pool} at the same time`
          : `${object} is used after it went back to ${pool}, and may be somebody else's by then`,
        related: [{ at: putAt, note: `${object} goes back to ${pool} here` }],
        about: [at],
      };
  },
});
