import { defineRule, source, standardInterfaceCopies } from "#kit";

export default defineRule({
  id: "go/stdlib-interface-duplicate",
  group: "interfaces",
  severity: "info",
  since: "0.1.0",
  interest: /\binterface\s*\{/,

  docs: {
    summary: "Interface with the methods of one of the standard library",
    why: "Readers know the standard one by heart, and have to find out that this is it.",
    instead: "Use the standard one, or make yours an alias of it.",
    bad: {
      "io.Closer by another name": source`
        type Closer interface { // want "Closer is io.Closer once more"
        	Close() error
        }

        func shut(closers []Closer) {
        	for _, closer := range closers {
        		_ = closer.Close()
        	}
        }
      `,
    },
    good: {
      "the standard one, and a larger one": source`
        type Connection interface {
        	io.ReadWriteCloser
        	Ping() error
        }

        func shut(closers []io.Closer) {
        	for _, closer := range closers {
        		_ = closer.Close()
        	}
        }
      `,
    },
    limits: [
      "Names and types of all methods are the same; a wider interface that contains a standard one is something else.",
      "Interfaces of container/heap, context, encoding, encoding/json, flag, fmt, hash, io, io/fs, net, net/http, sort and sync, and error.",
      "Interfaces with comments inside say something that the standard one doesn't.",
    ],
  },

  check: ({ use }) => use(standardInterfaceCopies),
});
