import { defineRule, passthroughWrappers, source } from "#kit";

export default defineRule({
  id: "go/passthrough-wrapper",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bstruct\s*\{/,
  aliases: ["passthrough_wrapper_interface"],

  docs: {
    summary: "Struct whose methods only hand on to one interface field",
    why: "Whatever the interface learns has to be written twice, and a reader looks in each method for what the wrapper adds.",
    instead:
      "Use the field's value itself; where one method is to differ, embed the interface and write that one.",
    bad: {
      "nothing added": source`
        package store

        type Store interface {
        	Load(id string) string
        	Save(id, text string)
        }

        type Client struct { // want "Client hands its 2 methods on to store, and does nothing else"
        	store Store
        }

        func (c *Client) Load(id string) string { return c.store.Load(id) }

        func (c *Client) Save(id, text string) { c.store.Save(id, text) }
      `,
    },
    good: {
      "one of them adds something": source`
        package store

        import "log"

        type Store interface {
        	Load(id string) string
        	Save(id, text string)
        }

        type Logged struct {
        	Store
        }

        func (l *Logged) Save(id, text string) {
        	log.Print(id)
        	l.Store.Save(id, text)
        }
      `,
    },
    limits: [
      "Reported where every method of the field's interface, two or more, is there and handed on with the same arguments, and nothing else is in the struct.",
    ],
  },

  check: ({ use }) => use(passthroughWrappers),
});
