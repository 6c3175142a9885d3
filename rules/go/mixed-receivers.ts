import { defineRule, mixedReceivers, source } from "#kit";

export default defineRule({
  id: "go/mixed-receivers",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  interest: /^func \(\w+ \*\w+/m,
  aliases: ["recvcheck"],

  docs: {
    summary: "Struct with methods of both kinds of receiver",
    why: "A value of it has fewer methods than a pointer to it, so that it satisfies an interface in one form and not in the other; and each method with a value as receiver works on a copy.",
    instead: "Use pointers throughout, unless all methods can do with a value.",
    bad: {
      "one copies": source`
        package store

        type Store struct { // want "Count of Store has a value as receiver, 4 other methods a pointer"
        	texts map[string]string
        	count int
        }

        func (s *Store) Load(id string) string { return s.texts[id] }

        func (s *Store) Drop(id string) { delete(s.texts, id) }

        func (s *Store) Reset() { s.count = 0 }

        func (s *Store) Save(id, text string) {
        	s.texts[id] = text
        	s.count++
        }

        func (s Store) Count() int { return s.count }
      `,
    },
    good: {
      "pointers throughout": source`
        package store

        type Store struct {
        	texts map[string]string
        	count int
        }

        func (s *Store) Load(id string) string { return s.texts[id] }

        func (s *Store) Drop(id string) { delete(s.texts, id) }

        func (s *Store) Reset() { s.count = 0 }

        func (s *Store) Save(id, text string) {
        	s.texts[id] = text
        	s.count++
        }

        func (s *Store) Count() int { return s.count }
      `,
    },
    limits: [
      "One value to four pointers at least: where they are halves it is a way of writing.",
      "Methods that values have to have as well do not count: String, Error, those that marshal and unmarshal, and the like; neither do those that do not use their receiver.",
      "Structs alone; generated files and tests are left out.",
    ],
    references: ["https://go.dev/wiki/CodeReviewComments#receiver-type"],
  },

  check: ({ use }) => use(mixedReceivers),
});
