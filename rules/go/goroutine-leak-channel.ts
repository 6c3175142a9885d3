import {
  defineRule,
  goroutineLeaks,
  hiddenCloses,
  skippedCloses,
  source,
  unclosedLocals,
  unheardStops,
} from "#kit";

export default defineRule({
  id: "go/goroutine-leak-channel",
  group: "goroutines",
  severity: "error",
  since: "0.1.0",
  yieldsTo: ["go/blocking-call-under-lock"],
  interest: /\bchan\b/,

  docs: {
    summary:
      "Goroutine that waits for ever at a channel, because the function that started it can return first",
    why: "The goroutine, its stack and everything it refers to stay for the life of the process. On a path that is taken often, such as a timeout, memory grows until the process is killed.",
    instead:
      "Give the channel a buffer as large as the number of sends, or let the goroutine select on the context as well.",
    bad: {
      "the receiver may leave by the context": source`
        func fetch(ctx context.Context) (string, error) {
        	result := make(chan string)
        	go func() {
        		result <- download() // want "waits for ever to send on result"
        	}()
        	select {
        	case text := <-result:
        		return text, nil
        	case <-ctx.Done():
        		return "", ctx.Err()
        	}
        }

        func download() string { return "" }
      `,
    },
    good: {
      "the buffer takes the result when nobody waits for it": source`
        func fetch(ctx context.Context) (string, error) {
        	result := make(chan string, 1)
        	go func() {
        		result <- download()
        	}()
        	select {
        	case text := <-result:
        		return text, nil
        	case <-ctx.Done():
        		return "", ctx.Err()
        	}
        }

        func download() string { return "" }
      `,
    },
    limits: [
      "The channel is made in the function, and neither it nor a closure that uses it leaves the function, the goroutines it starts and the calls that these make: whoever else has it may help.",
      "All interleavings are searched, within a budget of states; loops with one bound run equally often; past a loop or call that cannot be followed nothing is concluded.",
      "Tests and the function main are left out: nothing outlives them for long.",
      "Panics are not followed.",
    ],
    references: [
      "Understanding Real-World Concurrency Bugs in Go, ASPLOS 2019, section 5.1.2",
      "Go Code Review Comments: Goroutine Lifetimes",
    ],
  },

  *check({ use }) {
    for (const leak of use(goroutineLeaks).leaks) {
      const { at, alsoAt, channel, waitsTo, function: starter } = leak;
      const preposition = waitsTo === "send" ? "send on" : "receive from";
      yield {
        at,
        message: `the goroutine waits for ever to ${preposition} ${channel.text} once ${starter.name} has returned`,
        related: [
          { at: leak.returnedAt, note: `${starter.name} can return here` },
          { at: leak.startedAt, note: "the goroutine is started here" },
          ...alsoAt.map((at) => ({ at, note: "it can wait here as well" })),
        ],
        trace: leak.trace,
      };
    }
    const known = new Set(use(goroutineLeaks).leaks.map(({ at }) => `${at.file}:${at.start}`));
    const locals = use(unclosedLocals).filter(({ at }) => !known.has(`${at.file}:${at.start}`));
    const skipped = [...use(skippedCloses), ...locals];
    for (const { at, channel, closer, returnAt, closeAt, trace } of skipped) {
      yield {
        at,
        message: `the goroutine waits for ever where ${closer.name} returns an error before it closes ${channel}`,
        related: [
          { at: returnAt, note: `${closer.name} can return here` },
          { at: closeAt, note: "and closes it only here" },
        ],
        trace,
      };
    }
    for (const { at, waitsFor, stop, closer, closeAt, startedAt, trace } of use(unheardStops)) {
      yield {
        at,
        message: `the goroutine waits to receive from ${waitsFor} alone: ${closer.name} closes ${stop}, which nobody listens to`,
        related: [
          { at: startedAt, note: "the goroutine is started here" },
          { at: closeAt, note: "closed here, and received from nowhere" },
        ],
        trace,
      };
    }
    for (const { at, channel, closer, hiding, closeAt, trace } of use(hiddenCloses)) {
      yield {
        at,
        message: `the goroutine waits for ever for ${channel} to be closed: ${hiding.name} hides ${closer.name}, which closes it`,
        related: [
          { at: { file: hiding.file, ...hiding.nameAt }, note: "called in its place" },
          { at: closeAt, note: "closed only here" },
        ],
        trace,
      };
    }
  },
});
