import { defineRule, source, unneededTypeParameters } from "#kit";

export default defineRule({
  id: "go/unneeded-type-parameter",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  scope: "project",
  interest: /^func \w+\[/m,

  docs: {
    summary: "Type parameter that is the type of one parameter and nothing else",
    why: "A type parameter relates types to each other. One that stands once relates nothing, and makes the head harder to read.",
    instead: "Give the parameter the constraint as its type.",
    bad: {
      once: source`
        package store

        import "fmt"

        func show[T fmt.Stringer](value T) string { // want "T is the type of value alone, which could be of type fmt.Stringer"
        	return "<" + value.String() + ">"
        }
      `,
    },
    good: {
      "it relates a parameter to the result": source`
        package store

        import "fmt"

        func largest[T fmt.Stringer](values []T) (found T) {
        	for _, value := range values {
        		if len(value.String()) > len(found.String()) {
        			found = value
        		}
        	}
        	return found
        }
      `,
    },
    limits: [
      "Functions whose body does not name the type parameter either.",
      "Constraints with a set of types, and `comparable`, are no types of parameters.",
      "Functions that are used as values, with type arguments: the value's type has them.",
    ],
  },

  check: ({ use }) => use(unneededTypeParameters),
});
