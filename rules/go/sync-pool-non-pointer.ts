import { defineRule, poolValues, source } from "#kit";

export default defineRule({
  id: "go/sync-pool-non-pointer",
  group: "atomics",
  severity: "info",
  since: "0.1.0",
  interest: /\.Put\(/,
  aliases: ["SA6002"],

  docs: {
    summary: "Value in a sync.Pool that is no pointer",
    why: "Put takes an `any`: a slice or a struct is copied to the heap on the way in. The pool, which is there to save allocations, costs one each time.",
    instead: "Keep pointers in the pool: `*[]byte`, `*bytes.Buffer`.",
    bad: {
      "the slice header is allocated on each Put": source`
        var buffers = sync.Pool{New: func() any { return make([]byte, 0, 1024) }}

        func send(w io.Writer, name string) {
        	buf := buffers.Get().([]byte)
        	buf = append(buf[:0], name...)
        	w.Write(buf)
        	buffers.Put(buf) // want "buf is a \\[\\]byte"
        }
      `,
    },
    good: {
      "a pointer is kept": source`
        var buffers = sync.Pool{New: func() any { return new([]byte) }}

        func send(w io.Writer, name string) {
        	buf := buffers.Get().(*[]byte)
        	*buf = append((*buf)[:0], name...)
        	w.Write(*buf)
        	buffers.Put(buf)
        }
      `,
    },
    limits: [
      "Silent where the type is not known, and in tests.",
      "Silent in a method that is itself called Put, whose type others decide about, and under a comment.",
    ],
    references: ["https://pkg.go.dev/sync#Pool"],
  },

  *check({ use }) {
    for (const { at, value, type } of use(poolValues))
      yield {
        at,
        message: `${value} is a ${type}, no pointer: each Put allocates what the pool is to save`,
        about: [at],
      };
  },
});
