import { conflictingAssertions, defineRule, source } from "#kit";

export default defineRule({
  id: "go/impossible-interface-assertion",
  group: "interfaces",
  severity: "info",
  since: "0.1.0",
  interest: /\.\([\w.]+\)/,
  aliases: ["ifaceassert"],

  docs: {
    summary: "Assertion between interfaces that no type satisfies both of",
    why: "A type has one method of a name. Where the two interfaces ask for different ones, the assertion always fails.",
    instead: "Look which of the two signatures has changed, and ask for that one.",
    bad: {
      "two signatures": source`
        package store

        type Closer interface {
        	Close() error
        }

        type quiet interface {
        	Close()
        }

        func end(c Closer) {
        	if q, ok := c.(quiet); ok { // want "c is never a quiet: the two ask for different methods Close"
        		q.Close()
        	}
        }
      `,
    },
    good: {
      "one signature": source`
        package store

        type Closer interface {
        	Close() error
        }

        type flusher interface {
        	Close() error
        	Flush() error
        }

        func end(c Closer) {
        	if f, ok := c.(flusher); ok {
        		_ = f.Flush()
        	}
        }
      `,
    },
    limits: ["Both interfaces have names, and the types of both methods are known."],
  },

  check: ({ use }) => use(conflictingAssertions),
});
