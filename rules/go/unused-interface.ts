import { defineRule, source, unusedInterfaces } from "#kit";

export default defineRule({
  id: "go/unused-interface",
  group: "interfaces",
  severity: "warning",
  since: "0.1.0",
  scope: "project",
  interest: /\binterface\s*\{/,
  aliases: ["unused", "U1000"],

  docs: {
    summary: "Interface that nothing uses as a type",
    why: "It reads like a contract that somebody keeps, and whoever changes the types behind it keeps it up for nobody.",
    instead:
      "Delete it. The consumer that needs it one day declares it then, with the methods that it calls.",
    bad: {
      "left behind": source`
        package main

        type Notifier interface { // want "nothing uses Notifier"
        	Notify(message string) error
        }

        type Mailer struct{}

        func (Mailer) Notify(message string) error { return nil }

        func main() {
        	_ = Mailer{}.Notify("started")
        }
      `,
    },
    good: {
      "a parameter has it as its type": source`
        package main

        type Notifier interface {
        	Notify(message string) error
        }

        type Mailer struct{}

        func (Mailer) Notify(message string) error { return nil }

        func start(notifier Notifier) error { return notifier.Notify("started") }

        func main() {
        	_ = start(Mailer{})
        }
      `,
    },
    limits: [
      "Judged are interfaces that only the project can use: unexported ones, and those of main and internal packages, of applications, and of packages without a go.mod. A module is an application with a main package at its root, or with a Dockerfile and neither a package there nor the name of a client, driver, SDK or library.",
      "Interfaces whose methods have neither parameters nor results are contracts that one asserts without naming them.",
      "Embedding, constraints, assertions, compliance assertions and go:generate directives are uses; so is a use in a test or in a module inside of the module.",
      "The uses are read from words: a name in code that happens to mean something else in the same package counts as a use.",
    ],
  },

  check: ({ use }) => use(unusedInterfaces),
});
