import { defineRule, embeddingBloat, source } from "#kit";

export default defineRule({
  id: "go/embedding-bloat",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  interest: /\binterface\s*\{/,

  docs: {
    summary: "Interface that embeds what it has already, or that is embedded too deep",
    why: "What it asks for has to be collected from several declarations, and an interface that is there twice looks as if it added something.",
    instead:
      "Leave out what comes through another one; write the methods where a chain is too long to follow.",
    bad: {
      "twice the same": source`
        package store

        type Loader interface {
        	Load(id string) string
        }

        type Store interface {
        	Loader
        	Save(id, text string)
        }

        type Cache interface {
        	Loader // want "Cache has Loader already through Store"
        	Store
        	Drop(id string)
        }
      `,
    },
    good: {
      "each once": source`
        package store

        type Loader interface {
        	Load(id string) string
        }

        type Saver interface {
        	Save(id, text string)
        }

        type Store interface {
        	Loader
        	Saver
        }
      `,
    },
    limits: [
      "A chain counts from four declarations on, and is of low confidence.",
      "Interfaces of the standard library count as one declaration.",
    ],
  },

  check: ({ use }) => use(embeddingBloat),
});
