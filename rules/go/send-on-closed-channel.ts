import {
  copiedListeners,
  defineRule,
  fieldCloses,
  panickingOperations,
  source,
  usedAfterClose,
} from "#kit";

export default defineRule({
  id: "go/send-on-closed-channel",
  group: "channels",
  severity: "error",
  since: "0.1.0",
  interest: /\bclose\(/,
  aliases: ["GCL6003"],

  docs: {
    summary: "Send that can come after the channel was closed",
    why: "A send on a closed channel panics and ends the process, in the goroutine that sends, far from the close.",
    instead:
      "Let the sender close, after its last send; with several senders close once all of them are done.",
    bad: {
      "the close does not wait for the senders": source`
        func gather(parts []string, load func(string) int) chan int {
        	sizes := make(chan int, 10)
        	var group sync.WaitGroup
        	for _, part := range parts {
        		group.Add(1)
        		go func() {
        			group.Done()
        			sizes <- load(part) // want "sizes can be closed already"
        		}()
        	}
        	group.Wait()
        	close(sizes)
        	return sizes
        }
      `,
    },
    good: {
      "Done comes after the send": source`
        func gather(parts []string, load func(string) int) chan int {
        	sizes := make(chan int, 10)
        	var group sync.WaitGroup
        	for _, part := range parts {
        		group.Add(1)
        		go func() {
        			defer group.Done()
        			sizes <- load(part)
        		}()
        	}
        	group.Wait()
        	close(sizes)
        	return sizes
        }
      `,
    },
    limits: [
      "The channel is made in the function, and neither it nor a closure that uses it leaves the function, the goroutines it starts and the calls that these make; or it is a field; or one function does both on every way that goes on from the close.",
      "A field is reported where a goroutine of its type sends or closes and an exported method does the other, or a function shows both at once; without a common lock, and with nothing before the close that could wait for the sender; with low confidence where the goroutine is of another type than the method; or where listeners are copied under the lock under which another takes one out and closes its channel.",
      "What depends on data that the function does not show is not reported: only what the order of events decides.",
      "All interleavings are searched, within a budget of states.",
    ],
    references: ["https://go.dev/ref/spec#Send_statements"],
  },

  *check({ use }) {
    const known = new Set<string>();
    for (const { kind, at, object, closedAt, trace, function: from } of use(panickingOperations)) {
      if (kind !== "send on closed") continue;
      known.add(`${at.file} ${at.start}`);
      yield {
        at,
        message: `${object} can be closed already when this sends, and ${from.name} panics`,
        related: closedAt ? [{ at: closedAt, note: `${object} is closed here` }] : [],
        trace,
      };
    }
    for (const found of use(fieldCloses)) {
      const { kind, at, closeAt, channel, closer, other, isWeak, trace } = found;
      if (kind !== "send" || known.has(`${at.file} ${at.start}`)) continue;
      known.add(`${at.file} ${at.start}`);
      yield {
        at,
        message: `${channel} can be closed already when this sends: ${closer.root.name} does not wait for ${other.root.name}`,
        confidence: isWeak ? "low" : "medium",
        about: [at, closeAt],
        related: [{ at: closeAt, note: `${channel} is closed here` }],
        trace,
      };
    }
    for (const { kind, at, closedAt, channel, trace, ...found } of use(usedAfterClose)) {
      if (kind !== "send" || known.has(`${at.file} ${at.start}`)) continue;
      known.add(`${at.file} ${at.start}`);
      yield {
        at,
        message: `${channel} is closed already when this sends, and ${found.function.name} panics`,
        related: [{ at: closedAt, note: `${channel} is closed here` }],
        trace,
      };
    }
    for (const { at, closeAt, channel, sender, closer, lock, trace } of use(copiedListeners)) {
      if (known.has(`${at.file} ${at.start}`)) continue;
      yield {
        at,
        message: `${channel} can be closed already when this sends: ${sender.name} has let go of ${lock} by then, under which ${closer.name} closes it`,
        confidence: "medium",
        about: [at, closeAt],
        related: [{ at: closeAt, note: `${channel} is closed here` }],
        trace,
      };
    }
  },
});
