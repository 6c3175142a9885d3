import { defineRule, introducedInterfaces, source } from "#kit";

export default defineRule({
  id: "ts/interface-introduced-in-diff",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  scope: "project",
  subject: "change",
  interest: /\binterface\s+[A-Za-z_$]/,
  yieldsTo: [
    "ts/mock-only-interface",
    "ts/interface-beside-implementation",
    "ts/single-implementation-interface",
  ],

  docs: {
    summary: "Change that adds an interface with one implementing class and one use",
    why: "An interface is cheap to add later and dear to take away. With one class that implements it and one use it abstracts from nothing yet: a class is a type too.",
    instead:
      "Use the class as the type until there is a second one; where that comes in the next change, say so and go on.",
    bad: {
      "one class, one use": source`
        interface Sender { // want "Sender is new, with one implementation, Mailer, and one use: will there be another one\\?"
          send(to: string): void;
        }

        class Mailer implements Sender {
          readonly sent: string[] = [];
          send(to: string): void {
            this.sent.push(to);
          }
        }

        export function announce(sender: Sender): void {
          sender.send("everybody");
        }

        announce(new Mailer());
      `,
    },
    good: {
      "two of them": source`
        interface Sender {
          send(to: string): void;
        }

        class Mailer implements Sender {
          readonly sent: string[] = [];
          send(to: string): void {
            this.sent.push(to);
          }
        }

        class Silence implements Sender {
          send(): void {}
        }

        export function announce(sender: Sender): void {
          sender.send("everybody");
        }

        announce(Math.random() > 0.5 ? new Mailer() : new Silence());
      `,
    },
    limits: [
      "Asked in reviews alone, of interfaces whose first line the change wrote, and once: about the first one.",
      "Left alone: interfaces that others can import, generic ones, and those of tests or with test doubles.",
    ],
    whenNotToUse: "Where a series of changes is reviewed one by one.",
  },

  check: ({ use }) => use(introducedInterfaces),
});
