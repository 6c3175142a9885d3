import { anyParameters, defineRule, source } from "#kit";

export default defineRule({
  id: "go/any-parameter",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bany\b|\binterface\{\}/,
  aliases: ["empty_interface_parameter_overuse", "emptyInterface"],

  docs: {
    summary: "Parameter of type any to which all callers pass one type",
    why: "The compiler checks nothing, the body has to find out what it got, and a reader does not learn what to pass.",
    instead: "Write the type that is passed.",
    bad: {
      "always an order": source`
        package store

        type order struct{ id int }

        func number(value any) int { // want "number takes any for value, and its 2 callers pass \\*order"
        	if o, ok := value.(*order); ok {
        		return o.id
        	}
        	return 0
        }

        func sum(a, b *order) int { return number(a) + number(b) }
      `,
    },
    good: {
      "the type": source`
        package store

        type order struct{ id int }

        func number(o *order) int { return o.id }

        func sum(a, b *order) int { return number(a) + number(b) }
      `,
    },
    limits: [
      "Functions that assert what they got; what is handed on may be anything.",
      "Unexported functions that are called at least twice, and only called; the types of all arguments have to be known and one.",
      "Functions that format, encode, log, compare or convert take whatever comes, as their names tell; so do variadic parameters.",
    ],
  },

  check: ({ use }) => use(anyParameters),
});
