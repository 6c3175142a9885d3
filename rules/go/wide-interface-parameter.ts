import { defineRule, source, wideParameters } from "#kit";

export default defineRule({
  id: "go/wide-interface-parameter",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  stage: "trial",
  interest: /\bfunc\s+\w+\s*\(/,
  aliases: ["interfacer"],

  docs: {
    summary: "Parameter of a large interface of which one or two methods are called",
    why: "The head says that the function may do anything, and whoever calls or tests it has to bring a value that can.",
    instead:
      "Ask for what is called: an interface of those methods beside the function, or a function.",
    bad: {
      "one method of five": source`
        package store

        type Store interface {
        	Load(id string) string
        	Save(id, text string)
        	Drop(id string)
        	Count() int
        	Close() error
        }

        func size(s Store) string { // want "size asks for the 5 methods of Store and calls Count"
        	if s.Count() > 100 {
        		return "large"
        	}
        	return "small"
        }

        func describe(s Store) string { return size(s) }
      `,
    },
    good: {
      "what it calls": source`
        package store

        type counter interface {
        	Count() int
        }

        func size(c counter) string {
        	if c.Count() > 100 {
        		return "large"
        	}
        	return "small"
        }
      `,
    },
    limits: [
      "Unexported functions that are only called, with interfaces of the project of five or more methods.",
      "A parameter that is handed on, compared or stored is left alone.",
    ],
  },

  check: ({ use }) => use(wideParameters),
});
