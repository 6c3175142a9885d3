import { defineRule, signalCalls, source } from "#kit";

export default defineRule({
  id: "go/untrappable-signal",
  group: "channels",
  severity: "warning",
  since: "0.1.0",
  interest: /\bsignal\./,
  aliases: ["SA1016"],

  docs: {
    summary: "Signal that no process can catch",
    why: "The operating system does not deliver SIGKILL and SIGSTOP to the process: the handler never runs.",
    instead: "Leave it out; for a polite end catch os.Interrupt and syscall.SIGTERM.",
    bad: {
      "SIGKILL is not delivered": source`
        func waitForStop() {
        	stop := make(chan os.Signal, 1)
        	signal.Notify(stop, os.Interrupt, os.Kill) // want "os.Kill cannot be caught"
        	<-stop
        }
      `,
    },
    good: {
      "SIGTERM is": source`
        func waitForStop() {
        	stop := make(chan os.Signal, 1)
        	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
        	<-stop
        }
      `,
    },
    limits: ["Signals given by other names are not followed."],
    references: ["https://pkg.go.dev/os/signal"],
  },

  *check({ use }) {
    for (const { at, signal } of use(signalCalls).untrappable)
      yield { at, message: `${signal} cannot be caught: it is never delivered` };
  },
});
