import { defineRule, producerSideInterfaces, source } from "#kit";

export default defineRule({
  id: "go/producer-side-interface",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  scope: "project",
  interest: /\binterface\s*\{/,
  aliases: ["upstream_consumed_interface_declared_in_provider_package"],
  yieldsTo: ["go/mock-only-interface", "go/single-implementation-interface"],

  docs: {
    summary: "Interface declared beside its only implementation, and used in other packages",
    why: "The producer decides what its consumers may need, and each of them has to take all of it. In Go a type fits an interface that it has never heard of: the consumer can ask for the two methods that it calls.",
    instead: "Return the type itself, and let each consumer declare what it needs of it.",
    bad: {
      "a contract for one type of the same package": source`
        // file: internal/store/store.go
        package store

        type Users interface { // want "Users is declared beside its only implementation, disk, and used in greet"
        	Name(id int) string
        	Rename(id int, name string)
        }

        type disk struct{ names map[int]string }

        func (d *disk) Name(id int) string          { return d.names[id] }
        func (d *disk) Rename(id int, name string) { d.names[id] = name }

        // file: internal/greet/greet.go
        package greet

        import "example.com/shop/internal/store"

        func greet(users store.Users) string {
        	return "Hello, " + users.Name(1)
        }
      `,
    },
    good: {
      "each consumer asks for what it needs": source`
        // file: internal/store/store.go
        package store

        type Disk struct{ names map[int]string }

        func (d *Disk) Name(id int) string          { return d.names[id] }
        func (d *Disk) Rename(id int, name string) { d.names[id] = name }

        // file: internal/greet/greet.go
        package greet

        type namer interface {
        	Name(id int) string
        }

        func greet(users namer) string {
        	return "Hello, " + users.Name(1)
        }
      `,
    },
    limits: [
      "Judged are interfaces of two or more methods that only the module can use, with one implementation in the same package and no test double.",
      "One that its own package uses as well, more than once, is left alone, and so are packages that exist for the contract, with several implementations.",
    ],
  },

  check: ({ use }) => use(producerSideInterfaces),
});
