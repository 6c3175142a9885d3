import { defineRule, leakyEmbeddings, source } from "#kit";

export default defineRule({
  id: "go/leaky-embedding",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  scope: "project",
  interest: /^[ \t]+\*?sync\.\w+/m,
  aliases: ["embeddedstructfieldcheck"],

  docs: {
    summary: "Exported struct that embeds a lock",
    why: "Whoever has the struct can lock it: Lock and Unlock are part of its API, stand in its documentation, and cannot be taken away any more.",
    instead: "Give the lock a name: `mu sync.Mutex`.",
    bad: {
      "everybody can lock it": source`
        // file: store/store.go
        package store

        import "sync"

        type Store struct {
        	sync.Mutex // want "Store embeds sync.Mutex: Lock and Unlock are part of its API"
        	texts map[string]string
        }

        func (s *Store) Load(id string) string {
        	s.Lock()
        	defer s.Unlock()
        	return s.texts[id]
        }
      `,
    },
    good: {
      "a field of its own": source`
        // file: store/store.go
        package store

        import "sync"

        type Store struct {
        	mu    sync.Mutex
        	texts map[string]string
        }

        func (s *Store) Load(id string) string {
        	s.mu.Lock()
        	defer s.mu.Unlock()
        	return s.texts[id]
        }
      `,
    },
    limits: [
      "Mutex, RWMutex and WaitGroup, in exported structs of packages that others can import.",
      "Other types are embedded for the sake of their methods.",
    ],
    references: ["https://github.com/uber-go/guide: Avoid embedding types in public structs."],
  },

  check: ({ use }) => use(leakyEmbeddings),
});
