import { defineRule, globalWrites, requestHandlers, source } from "#kit";

export default defineRule({
  id: "go/mutable-package-state",
  group: "interfaces",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bhttp\.ResponseWriter\b|\bgin\.Context\b|\becho\.Context\b|\bfiber\.Ctx\b/,
  aliases: ["mutable_package_global", "gochecknoglobals", "reassign"],
  yieldsTo: [
    "go/racy-map-write",
    "go/racy-slice-append",
    "go/captured-write-race",
    "go/write-under-rlock",
    "go/inconsistent-locking",
    "go/double-checked-locking",
    "go/mixed-atomic-access",
    "go/unsynchronized-access",
  ],

  docs: {
    summary: "Package variable that a request handler writes, and that no lock guards",
    why: "Each request has a goroutine of its own: two at once lose each other's writes, and of a map they end the program. A package variable also ties together everything that uses the package, tests included.",
    instead:
      "Make it a field of what the handlers are methods of, and guard it with a mutex; or use an atomic.",
    bad: {
      "a map of sessions": source`
        var sessions = map[string]string{}

        func login(w http.ResponseWriter, r *http.Request) {
        	sessions[r.FormValue("id")] = r.FormValue("name") // want "sessions is written by login, which runs for each request, and no lock guards it"
        }
      `,
    },
    good: {
      "a field with its lock": source`
        type server struct {
        	mu       sync.Mutex
        	sessions map[string]string
        }

        func (s *server) login(w http.ResponseWriter, r *http.Request) {
        	s.mu.Lock()
        	defer s.mu.Unlock()
        	s.sessions[r.FormValue("id")] = r.FormValue("name")
        }
      `,
    },
    limits: [
      "Handlers of net/http, gin, echo and fiber, and functions of their package that they call, four deep.",
      "Silent behind any lock, behind Once, and in functions that prepare something, as their names say.",
    ],
    references: ["https://google.github.io/styleguide/go/best-practices#global-state"],
  },

  *check({ use }) {
    const writes = use(globalWrites);
    const told = new Set<string>();
    for (const id of use(requestHandlers))
      for (const { access, calls } of writes(id)) {
        const variable = access.path.slot ?? access.key;
        if (told.has(variable)) continue;
        told.add(variable);
        const at = { file: access.model.file, ...access.operation.at };
        yield {
          at,
          message: `${access.path.text} is written by ${access.model.name}, which runs for each request, and no lock guards it`,
          related: calls.map((call) => ({ at: call, note: "called here for a request" })),
          about: [at],
        };
      }
  },
});
