import { defineRule, source, unexportedInterfacesInApi } from "#kit";

export default defineRule({
  id: "go/unexported-interface-in-api",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  scope: "project",
  interest: /\binterface\s*\{/,
  aliases: ["unexported-return"],

  docs: {
    summary: "Exported function with an interface in its head that other packages cannot name",
    why: "Whoever calls it cannot write the type: no variable, no field, no function of his own can hold the value, and the documentation does not show what is asked for.",
    instead: "Export the interface, or take and return the type itself.",
    bad: {
      "a result that nobody can name": source`
        // file: store/store.go
        package store

        type reader interface {
        	Load(id string) string
        }

        type disk struct{}

        func (disk) Load(id string) string { return id }

        type memory struct{}

        func (memory) Load(id string) string { return id }

        func Open(path string) reader { // want "Open returns reader, an interface that other packages cannot name"
        	if path == "" {
        		return memory{}
        	}
        	return disk{}
        }
      `,
    },
    good: {
      "an exported one": source`
        // file: store/store.go
        package store

        type Reader interface {
        	Load(id string) string
        }

        type disk struct{}

        func (disk) Load(id string) string { return id }

        type memory struct{}

        func (memory) Load(id string) string { return id }

        func Open(path string) Reader {
        	if path == "" {
        		return memory{}
        	}
        	return disk{}
        }
      `,
    },
    limits: [
      "Results; parameters are reported with low confidence.",
      "Interfaces with unexported methods are sealed on purpose.",
      "Packages that only the module can import, and tests, are left alone.",
    ],
  },

  check: ({ use }) => use(unexportedInterfacesInApi),
});
