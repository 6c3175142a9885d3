import {
  defineRule,
  type GoInterface,
  goInterfaces,
  longestInterface,
  type StubFact,
  source,
  stubbedInterfaces,
} from "#kit";

export default defineRule({
  id: "go/oversized-interface",
  group: "interfaces",
  severity: "warning",
  scope: "project",
  since: "0.1.0",
  interest: /\binterface\s*\{\s*[^\s}]/,
  aliases: ["interfacebloat"],
  options: {
    limit: {
      type: "number",
      default: 10,
      description: "Number of methods of its own that an interface may ask for",
    },
  },

  docs: {
    summary: "Interface that asks for more methods than the limit",
    why: "Whoever implements it, mocks it or reads it has to know them all, though most users call two or three. The bigger the interface, the weaker the abstraction.",
    instead:
      "Split it by the needs of its users: let each package declare the few methods that it calls, and embed the parts where all are needed.",
    bad: {
      "one interface for everything that a store can do": source`
        // file: store/store.go
        package store

        import "io"

        type Store interface { // want "Store asks for 12 methods, 1 of them through io.Closer; the limit is 10, and fakeStore of the tests makes do with 1"
        	io.Closer
        	User(id string) (string, error)
        	AddUser(name string) error
        	RemoveUser(id string) error
        	Order(id string) (string, error)
        	AddOrder(user string) error
        	RemoveOrder(id string) error
        	Item(id string) (string, error)
        	AddItem(name string) error
        	RemoveItem(id string) error
        	Begin() error
        	Commit() error
        }

        // file: store/store_test.go
        package store

        type fakeStore struct{ Store }

        func (fakeStore) User(id string) (string, error) { return "user " + id, nil }
      `,
    },
    good: {
      "an interface for each need": source`
        type Users interface {
        	User(id string) (string, error)
        	AddUser(name string) error
        	RemoveUser(id string) error
        }

        type Orders interface {
        	Order(id string) (string, error)
        	AddOrder(user string) error
        	RemoveOrder(id string) error
        }
      `,
    },
    limits: [
      "Embedded interfaces count where their declaration is in the module or in the tables of the standard library; of others nothing is counted.",
      "An interface is reported for the methods written in it: one that is put together of narrow parts is what the advice comes to.",
      "Generated files, tests, packages for tests, mocks, protobuf services and packages that mirror a client (…iface) are left alone, and so are type constraints.",
      "Methods with one name count once.",
      "Of low confidence, and so not shown by default, where no test has a double, written by hand, that gives at most half of the methods in earnest: nobody is seen to bear what he does not need.",
    ],
    whenNotToUse:
      "Where interfaces describe a protocol or a driver that is large by nature; set a higher limit there with overrides.",
    references: [
      "https://go-proverbs.github.io: The bigger the interface, the weaker the abstraction.",
    ],
  },

  *check({ use, options: { limit: allowed } }) {
    const limit = Number(allowed);
    if (use(longestInterface) <= limit) return;
    for (const declared of use(goInterfaces)) {
      // One that is put together of narrow parts is what the advice comes to: its own methods decide.
      if (new Set(declared.own).size <= limit || declared.isConstraint || isMirror(declared))
        continue;
      const { file, start } = declared.at;
      const stubs = use(stubbedInterfaces).get(`${file}:${start}`) ?? [];
      yield {
        at: declared.at,
        message: `${declared.name} asks for ${count(declared)}; the limit is ${limit}${evidenceOf(stubs)}`,
        ...(stubs.length === 0 ? { confidence: "low" as const } : {}),
        related: [
          ...stubs.slice(0, MOST_PLACES).map(({ at, name, inEarnest }) => ({
            at,
            note: `${name} gives ${inEarnest} of them in earnest`,
          })),
          ...declared.embedded
            .filter(({ methods }) => methods.size > 0)
            .map(({ at, text, methods }) => ({ at, note: `${methods.size} through ${text}` })),
        ],
      };
    }
  },
});

/** More places than a reader looks up. */
const MOST_PLACES = 5;

/** `, and fakeStore of the tests makes do with 2`. */
function evidenceOf(stubs: readonly StubFact[]): string {
  const [least] = [...stubs].sort((one, other) => one.inEarnest - other.inEarnest);
  return least ? `, and ${least.name} of the tests makes do with ${least.inEarnest || "none"}` : "";
}

/** `12 methods, 3 of them through io.ReadCloser and Lister`. */
function count({ methods, own, embedded, isComplete }: GoInterface): string {
  const total = `${isComplete ? "" : "at least "}${methods.size} methods`;
  const through = methods.size - new Set(own).size;
  if (through === 0) return total;
  const names = embedded.filter((each) => each.methods.size > 0).map(({ text }) => text);
  return `${total}, ${through} of them through ${listed(names)}`;
}

/** `A`, `A and B`, `A, B and C`, `A, B and 3 others`. */
function listed(names: readonly string[]): string {
  const rest = names.length <= 3 ? names.slice(-1) : [`${names.length - 2} others`];
  const first = names.slice(0, names.length <= 3 ? -1 : 2);
  return [first.join(", "), ...rest].filter((part) => part !== "").join(" and ");
}

/** Tests, mocks, services of protobuf, and interfaces written out of a client's methods. */
function isMirror({ name, at, directory, own }: GoInterface): boolean {
  const file = at.file.slice(at.file.lastIndexOf("/") + 1);
  return (
    /^mock|_mocks?\.go$|_test\.go$|\.pb\.go$/i.test(file) ||
    /(^|\/)(mocks?|fakes?|[a-z0-9]+iface)$|(^|\/)(test|testing|testutils?|testenv|e2e)(\/|$)/.test(
      directory,
    ) ||
    /^(Mock|Fake)|Mock$/.test(name) ||
    own.some((method) => method.startsWith("mustEmbedUnimplemented"))
  );
}
