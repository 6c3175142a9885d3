import { conflictingAssertions, defineRule, misshapenMethods, source } from "#kit";

export default defineRule({
  id: "go/impossible-interface-assertion",
  group: "interfaces",
  severity: "info",
  since: "0.1.0",
  interest:
    /\.\([\w.]+\)|\b(?:As|Is|Format|Gob\w+|Marshal(?:JSON|XML)|Unmarshal(?:JSON|XML)|Read(?:Byte|From|Rune)|Unread\w+|Scan|Seek|Write(?:Byte|To))\(/,
  aliases: ["ifaceassert", "stdmethods"],

  docs: {
    summary: "Assertion that always fails, since a method of that name has another signature",
    why: "A type has one method of a name. Where two interfaces ask for different ones, the assertion from one to the other always fails; and the standard library asserts in silence: a MarshalJSON with another signature is never called.",
    instead:
      "Look which of the two signatures has changed, and ask for that one; give a method with a well-known name the signature that everybody knows, or another name.",
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
      "a method that encoding/json never calls": source`
        package store

        type Price int

        func (p Price) MarshalJSON() []byte { // want "MarshalJSON is not the method that json.Marshaler asks for"
        	return []byte("0")
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
    limits: [
      "Both interfaces have names, and the types of both methods are known.",
      "The well-known methods are those of vet's stdmethods but Unwrap; their types are compared as they are written, and packages by their usual names. A Seek beside a Next is that of an iterator.",
    ],
  },

  *check({ use }) {
    yield* use(conflictingAssertions);
    yield* use(misshapenMethods);
  },
});
