import { defineRule, source, unstoppedSignals } from "#kit";

export default defineRule({
  id: "go/signal-notify-never-stopped",
  group: "channels",
  severity: "info",
  since: "0.1.0",
  interest: /\bsignal\.Notify(?:Context)?\(/,

  docs: {
    summary: "Signals that are still caught when nobody looks at them any more",
    why: "From signal.Notify on the process no longer ends by the signal. When the function has returned, Ctrl-C goes into a channel that nobody reads, and the user has to kill the program.",
    instead: "Defer signal.Stop, or the stop function of signal.NotifyContext.",
    bad: {
      "after the wait is over, Ctrl-C does nothing": source`
        func Wait(ctx context.Context) {
        	interrupt := make(chan os.Signal, 1)
        	signal.Notify(interrupt, os.Interrupt) // want "interrupt goes on catching signals"
        	select {
        	case <-interrupt:
        	case <-ctx.Done():
        	}
        }
      `,
    },
    good: {
      "given back": source`
        func Wait(ctx context.Context) {
        	interrupt := make(chan os.Signal, 1)
        	signal.Notify(interrupt, os.Interrupt)
        	defer signal.Stop(interrupt)
        	select {
        	case <-interrupt:
        	case <-ctx.Done():
        	}
        }
      `,
    },
    limits: [
      "Of a channel that is a local, is given to nobody and is only received from; and of a stop function that is dropped.",
      "Silent in package main and in tests, and where a function can only end by the signal.",
    ],
    references: ["https://pkg.go.dev/os/signal#Stop"],
  },

  *check({ use }) {
    for (const { at, name, kind, otherwiseAt, end } of use(unstoppedSignals)) {
      const isChannel = kind === "channel";
      yield {
        at,
        message: isChannel
          ? `${name} goes on catching signals when nobody receives them any more: the process can no longer be ended by them`
          : `the signals of ${name} are caught for ever: without its stop function nobody can give them back`,
        related: otherwiseAt ? [{ at: otherwiseAt, note: "the wait may end here" }] : [],
        fixes: end
          ? [
              {
                kind: "suggestion",
                description: "give the signals back on return",
                edits: [{ ...end, text: `\ndefer signal.Stop(${name})` }],
              },
            ]
          : [],
        about: [at],
      };
    }
  },
});
