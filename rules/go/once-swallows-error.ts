import { defineRule, lostOnceErrors, source } from "#kit";

export default defineRule({
  id: "go/once-swallows-error",
  group: "atomics",
  severity: "warning",
  since: "0.1.0",
  interest: /\.Do\(func\(/,

  docs: {
    summary: "Error of a sync.Once that only the first caller gets to see",
    why: "The function runs once, and so does its failure: whoever comes second gets no error and a value that was never made, often a nil pointer.",
    instead:
      "Keep the error beside the value, in a field or package variable, or use sync.OnceValues, which returns both to everybody.",
    bad: {
      "the second caller gets nil, nil": source`
        type Pool struct {
        	once   sync.Once
        	client *Client
        }

        func (p *Pool) Client() (*Client, error) {
        	var err error
        	p.once.Do(func() {
        		p.client, err = dial() // want "only the first caller sees err"
        	})
        	return p.client, err
        }

        type Client struct{}

        func dial() (*Client, error) { return &Client{}, nil }
      `,
    },
    good: {
      "value and error are kept together": source`
        type Pool struct {
        	once   sync.Once
        	client *Client
        	err    error
        }

        func (p *Pool) Client() (*Client, error) {
        	p.once.Do(func() {
        		p.client, p.err = dial()
        	})
        	return p.client, p.err
        }

        type Client struct{}

        func dial() (*Client, error) { return &Client{}, nil }
      `,
    },
    limits: [
      "Silent where the function also sets an error that outlives the call, and where nothing but the error is set.",
      "Functions that close or stop something once are left out: a second close has nothing to report.",
      "An error that is logged or dropped with `_` inside the function is somebody's decision, and not reported; nor is it where the once is replaced on failure.",
    ],
    references: ["https://pkg.go.dev/sync#OnceValues"],
  },

  *check({ use }) {
    for (const { at, error, value, once, onceAt } of use(lostOnceErrors))
      yield {
        at,
        message: `only the first caller sees ${error}: for the others ${once} is done, and ${value} stays as it is`,
        related: [{ at: onceAt, note: "runs for the first caller alone" }],
        about: [at],
      };
  },
});
