import { contextFreeCalls, defineRule, source } from "#kit";

export default defineRule({
  id: "go/missing-context-parameter",
  group: "context",
  severity: "info",
  since: "0.1.0",
  interest: /\bnet\/http\b|\bdatabase\/sql\b|"net"/,
  aliases: ["noctx", "missing_context", "queryWithoutContext"],

  docs: {
    summary: "Call over the network without a context, in a function that has one",
    why: "When the caller gives up, the call goes on until the other side answers or the operating system does.",
    instead: "Use the variant that takes a context.",
    bad: {
      "the download cannot be cancelled": source`
        func download(ctx context.Context, address string) (*http.Response, error) {
        	return http.Get(address) // want "net/http.Get takes no context, and ctx is at hand"
        }
      `,
    },
    good: {
      "the request has the caller's context": source`
        func download(ctx context.Context, address string) (*http.Response, error) {
        	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
        	if err != nil {
        		return nil, err
        	}
        	return http.DefaultClient.Do(request)
        }
      `,
    },
    limits: [
      "Only where a context or a request is a parameter of the function itself; closures and functions without one are left alone.",
      "net/http, net and database/sql; tests are left alone.",
      "A comment on the line above is taken as the reason.",
    ],
  },

  *check({ use }) {
    for (const { at, name, variant, context, fix } of use(contextFreeCalls)) {
      yield {
        at,
        message: `${name} takes no context, and ${context} is at hand: ${variant} ${/ and /.test(variant) ? "take" : "takes"} one`,
        fixes: fix
          ? [{ kind: "suggestion", description: `use ${variant} with ${context}`, edits: fix }]
          : [],
      };
    }
  },
});
