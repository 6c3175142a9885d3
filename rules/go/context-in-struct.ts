import { contextDeclarations, defineRule, source } from "#kit";

/** Types that are one call, or are given to one: their context lives no longer than they. */
const OF_ONE_CALL =
  /(?:context|ctx|request|req|call|task|job|op|operation|event|message|msg|walker|visitor|iterator|iter|reader|writer|stream|session|conn|suite|options|opts|params|args|input|config|query|command|cmd|run|runner|scan|tx|transaction|state|entry|item)s?\d*$/i;

export default defineRule({
  id: "go/context-in-struct",
  group: "context",
  severity: "info",
  since: "0.1.0",
  stage: "trial",
  interest: /\bcontext\.Context\b/,
  aliases: ["containedctx", "context_stored_in_struct_field", "S8242"],

  docs: {
    summary: "Context kept in a field of a long-lived struct",
    why: "A reader can't tell which calls the context ends: all methods share the deadline and the values of whoever built the struct, and a caller has no way to give its own.",
    instead: "Take the context as the first parameter of the methods that need it.",
    bad: {
      "every lookup has the deadline of the one who built the client": source`
        type Client struct {
        	ctx     context.Context // want "Client keeps a context in ctx"
        	address string
        }

        func (c *Client) Lookup(name string) error { return query(c.ctx, name) }

        func (c *Client) Remove(name string) error { return query(c.ctx, name) }

        func query(ctx context.Context, name string) error { return ctx.Err() }
      `,
    },
    good: {
      "each call brings its own": source`
        type Client struct {
        	address string
        }

        func (c *Client) Lookup(ctx context.Context, name string) error { return ctx.Err() }
      `,
    },
    limits: [
      "Off by default: on mature code most such contexts stand there because an interface of another package leaves no other way.",
      "Types named for one call (Request, Job, Session, Options, …) are left alone, and so are those that keep a cancel function beside the context: they own it.",
      "At least two exported methods that take no context pass this one on.",
      "Unnamed struct types and tests are left alone.",
    ],
    references: ["context: «Do not store Contexts inside a struct type»"],
  },

  *check({ use }) {
    for (const { at, type, field, hasCancel, passedOnBy } of use(contextDeclarations).fields) {
      const [method] = passedOnBy;
      if (hasCancel || passedOnBy.length < 2 || OF_ONE_CALL.test(type)) continue;
      yield {
        at,
        message: `${type} keeps a context in ${field}: callers of ${method} and others cannot bring their own`,
      };
    }
  },
});
