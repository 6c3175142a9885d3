import { defineRule, type OnceFault, onceFaults, source } from "#kit";

export default defineRule({
  id: "go/once-misuse",
  group: "atomics",
  severity: "error",
  since: "0.1.0",
  interest: /\bsync\.Once|\.Do\(/,
  aliases: ["GCL3001", "GCL3002", "GCL3003", "badSyncOnceFunc"],

  docs: {
    summary: "Once that runs nothing, waits for itself, or runs each time",
    why: "A Do inside the function of the same Do waits for itself; Do(nil) panics; a once that is made and called in one place runs its function at every call.",
    instead: "Keep one once beside what it prepares, and give it the function that prepares it.",
    bad: {
      "built and called at once": source`
        var limit int

        func load() {
        	sync.OnceFunc(func() { limit = 10 })() // want "is made and called at once"
        }
      `,
      "waits for itself": source`
        type Service struct{ once sync.Once }

        func (s *Service) Start() {
        	s.once.Do(func() {
        		s.once.Do(func() {}) // want "s.once.Do waits for itself"
        	})
        }
      `,
      "made for one call": source`
        var limit int

        func load() {
        	var once sync.Once
        	once.Do(func() { limit = 10 }) // want "once is made anew for each call"
        }
      `,
    },
    good: {
      "kept where all calls see it": source`
        var load = sync.OnceFunc(func() { limit = 10 })

        var limit int

        func Limit() int {
        	load()
        	return limit
        }
      `,
    },
    limits: ["A Do that comes back to itself through a function that is called is not followed."],
  },

  *check({ use }) {
    for (const { kind, at, once } of use(onceFaults))
      yield { at, message: messageOf(kind, once), about: [at] };
  },
});

function messageOf(kind: OnceFault["kind"], once: string): string {
  switch (kind) {
    case "nil":
      return `${once}.Do(nil) panics`;
    case "recursive":
      return `${once}.Do waits for itself: it stands in the function that ${once}.Do runs`;
    case "in place":
      return `what ${once} gives is made and called at once, so that its function runs each time`;
    case "local":
      return `${once} is made anew for each call, so that its function runs each time`;
  }
}
