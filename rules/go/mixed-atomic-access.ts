import { defineRule, mixedAtomics, source } from "#kit";

export default defineRule({
  id: "go/mixed-atomic-access",
  group: "atomics",
  severity: "error",
  confidence: "medium",
  since: "0.1.0",
  interest: /\batomic\./,
  aliases: ["checklocks"],

  docs: {
    summary: "Variable used through sync/atomic in one place and plainly in another",
    why: "The plain use is not ordered with the atomic one: it may see an old value for ever, or half of a 64-bit one on a 32-bit machine, and a plain write can undo an atomic one.",
    instead: "Use an atomic type such as atomic.Int64, which has no plain use.",
    bad: {
      "a counter is added to atomically and read plainly": source`
        type Server struct {
        	served int64
        }

        func (s *Server) handle() {
        	atomic.AddInt64(&s.served, 1)
        }

        func (s *Server) Served() int64 {
        	return s.served // want "s.served is read plainly, and handle uses it atomically"
        }
      `,
    },
    good: {
      "both are atomic": source`
        type Server struct {
        	served atomic.Int64
        }

        func (s *Server) handle() {
        	s.served.Add(1)
        }

        func (s *Server) Served() int64 {
        	return s.served.Load()
        }
      `,
    },
    limits: [
      "Fields and package variables; elements of slices are left out.",
      "Silent in tests, in functions that prepare an object (by their names) or made it, and where a lock may be held.",
    ],
    references: ["sync/atomic"],
  },

  *check({ use }) {
    for (const { access, atomicAt, atomicIn } of use(mixedAtomics)) {
      const at = { file: access.model.file, ...access.operation.at };
      const name = atomicIn.name.slice(atomicIn.name.lastIndexOf(".") + 1);
      yield {
        at,
        message: `${access.path.text} is ${access.isWrite ? "written" : "read"} plainly, and ${name} uses it atomically`,
        related: [{ at: atomicAt, note: "it is used atomically here" }],
        trace: {
          threads: [atomicIn.name, access.model.name],
          steps: [
            {
              thread: 0,
              at: atomicAt,
              action: `uses ${access.path.text} atomically`,
              waits: false,
            },
            {
              thread: 1,
              at,
              action: `${access.isWrite ? "writes" : "reads"} it plainly, perhaps at the same time`,
              waits: false,
            },
          ],
        },
      };
    }
  },
});
