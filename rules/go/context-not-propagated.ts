import { defineRule, source, unheardCancels, unpropagatedContexts } from "#kit";

export default defineRule({
  id: "go/context-not-propagated",
  group: "context",
  severity: "warning",
  since: "0.1.0",
  interest: /\bcontext\.(Background|TODO|With(Cancel|Timeout|Deadline)\w*)\(/,
  aliases: ["contextcheck", "context_background_used", "missing_context_propagation", "S8239"],

  docs: {
    summary: "New context passed on by a function that was given one",
    why: "When the caller gives up, by a timeout or because its client went away, this call goes on to the end. Deadlines, trace identifiers and other values are lost as well.",
    instead:
      "Pass the context on. Where the work must outlive the caller, `context.WithoutCancel` says so and keeps the values.",
    bad: {
      "the query goes on when the caller has given up": source`
        type Store struct{ db *sql.DB }

        func (s *Store) Names(ctx context.Context) (*sql.Rows, error) {
        	return s.db.QueryContext(context.Background(), "select name from users") // want "context.Background.. is passed on though .*Names has ctx"
        }
      `,
    },
    good: {
      "the caller's context is passed on": source`
        type Store struct{ db *sql.DB }

        func (s *Store) Names(ctx context.Context) (*sql.Rows, error) {
        	return s.db.QueryContext(ctx, "select name from users")
        }
      `,
    },
    limits: [
      "Only a context that is passed to a call directly; what is called is not followed.",
      "Silent in tests and package main, in goroutines, deferred calls and closures, after the context was waited for or tested, and where the function or the callee is named for cleaning up or reporting.",
      "A comment on the line above is taken as the reason.",
    ],
    references: ["Go Code Review Comments: Contexts"],
  },

  *check({ use }) {
    for (const { at, made, available, functionName } of use(unpropagatedContexts)) {
      yield {
        at,
        message: `${made}() is passed on though ${functionName} has ${available.text}`,
        fixes: [
          {
            kind: "suggestion",
            description: `pass ${available.text}`,
            edits: [{ ...at, text: available.text }],
          },
        ],
      };
    }
    for (const { at, goroutine, parent, given, derivedAt, trace } of use(unheardCancels)) {
      yield {
        at,
        message: `${parent} decides when the loop of ${goroutine.name} ends: what cancels ${given} does not end it`,
        related: [{ at: derivedAt, note: `${given} is made here, to end it before` }],
        trace,
      };
    }
  },
});
