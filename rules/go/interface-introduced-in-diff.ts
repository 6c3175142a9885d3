import { defineRule, introducedInterfaces, source } from "#kit";

export default defineRule({
  id: "go/interface-introduced-in-diff",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  scope: "project",
  subject: "change",
  interest: /\binterface\s*\{/,
  yieldsTo: ["go/mock-only-interface", "go/single-implementation-interface"],

  docs: {
    summary: "Change that adds an interface with one implementation and one use",
    why: "An interface is cheap to add later and dear to take away. With one implementation beside it and one use it abstracts from nothing yet.",
    instead:
      "Use the type itself until there is a second one; where that comes in the next change, say so and go on.",
    bad: {
      "one implementation, one use": source`
        package main

        type sender interface { // want "sender is new, with one implementation, mailer, and one use: will there be another one\\?"
        	send(to string)
        }

        type mailer struct{ sent []string }

        func (m *mailer) send(to string) { m.sent = append(m.sent, to) }

        func main() {
        	var s sender = &mailer{}
        	s.send("everybody")
        }
      `,
    },
    good: {
      "two implementations": source`
        package main

        type sender interface {
        	send(to string)
        }

        type mailer struct{ sent []string }

        func (m *mailer) send(to string) { m.sent = append(m.sent, to) }

        type silence struct{}

        func (silence) send(string) {}

        func main() {
        	var s sender = &mailer{}
        	s = silence{}
        	s.send("everybody")
        }
      `,
    },
    limits: [
      "Asked in reviews alone, of interfaces whose first line the change wrote, and once: about the first one.",
      "Left alone: exported interfaces of libraries, generic and generated ones, and those of tests or with test doubles.",
    ],
    whenNotToUse: "Where a series of changes is reviewed one by one.",
  },

  check: ({ use }) => use(introducedInterfaces),
});
