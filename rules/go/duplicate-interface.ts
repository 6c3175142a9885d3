import { defineRule, duplicateInterfaces, source } from "#kit";

export default defineRule({
  id: "go/duplicate-interface",
  group: "interfaces",
  severity: "info",
  since: "0.1.0",
  scope: "project",
  interest: /\binterface\s*\{/,
  aliases: ["identical"],

  docs: {
    summary: "Interface that asks for the same methods as another one",
    why: "Two names for one contract: readers look for the difference, and a change of one forgets the other.",
    instead: "Keep one and use it in both places, or make the second an alias.",
    bad: {
      "the same contract twice": source`
        package store

        type Loader interface {
        	Load(id string) ([]byte, error)
        	Exists(id string) bool
        }

        type Fetcher interface { // want "Fetcher asks for the same 2 methods as Loader"
        	Exists(id string) bool
        	Load(id string) ([]byte, error)
        }
      `,
    },
    good: {
      "they differ": source`
        package store

        type Loader interface {
        	Load(id string) ([]byte, error)
        }

        type Saver interface {
        	Load(id string) ([]byte, error)
        	Save(id string, content []byte) error
        }
      `,
    },
    limits: [
      "In one package from two methods on (a warning), across packages from three on (an info): there a consumer may well say again what little it needs.",
      "Generic interfaces, constraints, generated files and tests are left out, and so are interfaces with a method whose types aren't known.",
      "The later one is reported, in order of path and line.",
    ],
    whenNotToUse: "Where packages must not know of each other.",
  },

  check: ({ use }) => use(duplicateInterfaces),
});
