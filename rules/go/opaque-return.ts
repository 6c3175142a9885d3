import { defineRule, type OpaqueReturn, opaqueReturns, source } from "#kit";

export default defineRule({
  id: "go/opaque-return",
  group: "interfaces",
  severity: "warning",
  since: "0.1.0",
  interest: /\breturn\b/,
  aliases: ["opaque"],

  docs: {
    summary: "Function declared to return an interface that returns one concrete type",
    why: "The interface hides what is known anyway: callers lose the fields and methods of the type, cannot be taken to its code, and a nil pointer in it is no longer nil.",
    instead:
      "Return the concrete type. Callers that want an interface can store it in one; accept interfaces, return structs.",
    bad: {
      "every return gives the same type": source`
        type Store interface {
        	Get(key string) (string, bool)
        }

        type MemoryStore struct{ values map[string]string }

        func (s *MemoryStore) Get(key string) (string, bool) {
        	value, ok := s.values[key]
        	return value, ok
        }

        func NewStore() Store { // want "NewStore returns Store, and it is always .MemoryStore"
        	return &MemoryStore{values: map[string]string{}}
        }
      `,
    },
    good: {
      "which type it is depends": source`
        type Store interface {
        	Get(key string) string
        }

        type memory map[string]string

        func (m memory) Get(key string) string { return m[key] }

        type disk struct{ directory string }

        func (d *disk) Get(key string) string { return d.directory + key }

        func Open(directory string) Store {
        	if directory == "" {
        		return memory{}
        	}
        	return &disk{directory}
        }
      `,
    },
    limits: [
      "Only interfaces of the function's own package that no second type of the package implements; error, any and those of other packages are contracts that one may return.",
      "Exported methods are left alone, since an interface may ask for their result; so are generic functions, functions that are handed on as a value, and those with a variant behind a build tag.",
      "Where other modules can call the function and the type is not exported, hiding it is the point: such findings have low confidence.",
    ],
    whenNotToUse: "Where constructors are meant to hide the type behind them.",
    references: ["https://go.dev/wiki/CodeReviewComments#interfaces"],
  },

  *check({ use }) {
    for (const opaque of use(opaqueReturns)) {
      const { at, returns, concrete, concreteName, interface: declared } = opaque;
      yield {
        at,
        ...(!isVisible(opaque) && {
          severity: "info" as const,
          ...(opaque.isPublic && { confidence: "low" as const }),
        }),
        message: `${opaque.function} returns ${declared}, and it is always ${concreteName}`,
        related: returns.slice(0, 5).map((place) => ({ at: place, note: `here ${concreteName}` })),
        ...(concrete !== undefined && {
          fixes: [
            {
              kind: "suggestion" as const,
              description: `return ${concrete}`,
              edits: [{ ...at, text: concrete }],
            },
          ],
        }),
      };
    }
  },
});

/** Callers can name the type, or there are none outside the package. */
function isVisible({ isExported, isConcreteExported }: OpaqueReturn): boolean {
  return !isExported || isConcreteExported;
}
