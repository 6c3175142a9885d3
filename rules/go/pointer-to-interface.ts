import { defineRule, pointersToInterfaces, source } from "#kit";

export default defineRule({
  id: "go/pointer-to-interface",
  group: "interfaces",
  severity: "warning",
  since: "0.1.0",
  interest: /\*\s*[\w.]/,
  aliases: ["ifacePtr"],

  docs: {
    summary: "Parameter, result or field that is a pointer to an interface",
    why: "An interface holds a reference already. Through the pointer no method can be called, every caller needs a variable to point at, and a nil has two meanings.",
    instead: "Take the interface itself.",
    bad: {
      "a pointer to a reference": source`
        type Store interface {
        	Get(key string) string
        }

        func read(store *Store, key string) string { // want "the parameter store is a pointer to the interface Store, which is a reference already"
        	return (*store).Get(key)
        }
      `,
    },
    good: {
      "the interface": source`
        type Store interface {
        	Get(key string) string
        }

        func read(store Store, key string) string {
        	return store.Get(key)
        }

        func open(into *Store, from Store) {
        	*into = from
        }
      `,
    },
    limits: [
      "Where something is put behind the pointer, as decoders do, it is meant.",
      "Pointers to error and any, and interfaces that are not resolved, are left alone; so are tests.",
    ],
    references: ["https://go.dev/doc/faq#pointer_to_interface"],
  },

  check: ({ use }) => use(pointersToInterfaces),
});
