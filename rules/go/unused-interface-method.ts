import { defineRule, source, unusedInterfaceMethods } from "#kit";

export default defineRule({
  id: "go/unused-interface-method",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  scope: "project",
  interest: /\binterface\s*\{/,
  aliases: ["unusedmethod"],

  docs: {
    summary: "Method of an interface that nothing calls",
    why: "Every implementation and every test double has to have it, and nobody would notice if it did nothing.",
    instead: "Take the method out of the interface; the types may keep theirs.",
    bad: {
      "nobody asks how many there are": source`
        package main

                type store interface {
        	Put(key string, value []byte) error
        	Count(prefix string) int // want "nothing calls store.Count, and 1 type has to implement it"
        }

        type memory map[string][]byte

        func (m memory) Put(key string, value []byte) error { m[key] = value; return nil }
        func (m memory) Count(prefix string) int            { return len(m) }

        func save(s store, key string) error { return s.Put(key, nil) }

        func main() {
        	_ = save(memory{}, "a")
        }
      `,
    },
    good: {
      "both are called": source`
        package main

        type store interface {
        	Put(key string, value []byte) error
        	Count(prefix string) int
        }

        type memory map[string][]byte

        func (m memory) Put(key string, value []byte) error { m[key] = value; return nil }
        func (m memory) Count(prefix string) int            { return len(m) }

        func save(s store, key string) bool { return s.Put(key, nil) == nil && s.Count(key) > 0 }

        func main() {
        	save(memory{}, "a")
        }
      `,
    },
    limits: [
      "Judged are interfaces that only the project can use: unexported ones, and those of main and internal packages, of applications, and of packages without a go.mod.",
      "Only where no value of any type is asked for a member of that name, in the whole module and its tests.",
      "Methods that the standard library or a code generator calls by their names, markers without parameters and results, and sealing methods.",
    ],
  },

  check: ({ use }) => use(unusedInterfaceMethods),
});
