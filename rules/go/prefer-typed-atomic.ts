import { atomicOnlyFields, defineRule, source } from "#kit";

export default defineRule({
  id: "go/prefer-typed-atomic",
  group: "atomics",
  severity: "info",
  since: "0.1.0",
  interest: /\batomic\.(?:Add|Load|Store|Swap|CompareAndSwap)(?:Int|Uint)/,
  aliases: ["atomictypes"],

  docs: {
    summary: "Plain number that is only used through functions of sync/atomic",
    why: "Nothing keeps the next reader from writing `s.count++`, which is a race, and on 32-bit processors an unaligned int64 panics. The types of sync/atomic cannot be used in any other way, and are always aligned.",
    instead: "Declare it as atomic.Int64, atomic.Uint32 and so on.",
    bad: {
      "one plain use away from a race": source`
        type Server struct {
        	requests int64 // want "requests is only used atomically"
        }

        func (s *Server) count() int64 { return atomic.AddInt64(&s.requests, 1) }
      `,
    },
    good: {
      "cannot be used otherwise": source`
        type Server struct {
        	requests atomic.Int64
        }

        func (s *Server) count() int64 { return s.requests.Add(1) }
      `,
    },
    limits: [
      "Unexported fields and package variables of Go 1.19 and later.",
      "Silent where anything in the package that has the same name is used otherwise, and for fields with tags.",
    ],
    references: ["https://pkg.go.dev/sync/atomic#Int64"],
  },

  *check({ use }) {
    for (const { at, name, type, typed, usedAt } of use(atomicOnlyFields))
      yield {
        at,
        message: `${name} is only used atomically, but declared as ${type}: ${typed} leaves no other way`,
        related: [{ at: usedAt, note: "for instance here" }],
        about: [at],
      };
  },
});
