import { defineRule, returnedInterfaces, source } from "#kit";

export default defineRule({
  id: "go/returned-interface",
  group: "interfaces",
  severity: "info",
  since: "0.1.0",
  stage: "trial",
  interest: /^func [A-Z]\w*\(/m,
  aliases: ["ireturn"],
  yieldsTo: ["go/opaque-return"],

  docs: {
    summary: "Exported function that returns an interface of the project",
    why: "The caller gets less than there is, and new methods of the type cannot be called without a change of the interface.",
    instead: "Return the type itself, and let whoever needs an interface declare one.",
    bad: {
      "an interface as result": source`
        package store

        type Store interface {
        	Load(id string) string
        }

        type disk struct{}

        func (disk) Load(id string) string { return id }

        func Open() Store { // want "Open returns the interface Store"
        	return disk{}
        }
      `,
    },
    good: {
      "the type": source`
        package store

        type Disk struct{}

        func (Disk) Load(id string) string { return id }

        func Open() Disk { return Disk{} }
      `,
    },
    limits: [
      "Named interfaces of the project with methods of their own; `go/opaque-return` is the precise version of the rule.",
    ],
    references: ["https://go.dev/wiki/CodeReviewComments#interfaces"],
  },

  check: ({ use }) => use(returnedInterfaces),
});
