import { defineRule, interfaceDowncasts, source } from "#kit";

export default defineRule({
  id: "go/interface-downcast",
  group: "interfaces",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  scope: "project",
  interest: /\.\(\*?\w/,

  docs: {
    summary: "Value of an interface asserted back to its only implementation",
    why: "The interface hides the type, and the code behind it needs the type after all: a second implementation would panic here or be ignored.",
    instead: "Pass the type itself, or put what is needed into the interface.",
    bad: {
      "the type is known anyway": source`
        package main

        type store interface {
        	get(key string) string
        }

        type memory struct{ values map[string]string }

        func (m *memory) get(key string) string { return m.values[key] }

        func size(s store) int {
        	return len(s.(*memory).values) // want "s is asserted back to .memory, the only type that implements store"
        }

        func main() {
        	size(&memory{})
        }
      `,
    },
    good: {
      "a capability, and one of two": source`
        package main

        type store interface {
        	get(key string) string
        }

        type sized interface {
        	size() int
        }

        type memory struct{ values map[string]string }

        func (m *memory) get(key string) string { return m.values[key] }
        func (m *memory) size() int             { return len(m.values) }

        func size(s store) int {
        	if counted, ok := s.(sized); ok {
        		return counted.size()
        	}
        	return 0
        }

        func main() {
        	size(&memory{})
        }
      `,
    },
    limits: [
      "Interfaces that only the project can implement; test doubles count as implementations.",
      "Inside of a method of the type itself, as in Equal, one has to look behind the interface.",
      "Type switches and tests.",
    ],
  },

  check: ({ use }) => use(interfaceDowncasts),
});
