import { blockingDrains, defineRule, source } from "#kit";

export default defineRule({
  id: "go/blocking-drain",
  group: "channels",
  severity: "warning",
  since: "0.1.0",
  interest: /\bdefault:/,

  docs: {
    summary: "Receive that makes room in a full channel, and waits when a reader was faster",
    why: "Between the select that finds the buffer full and the receive, the reader may have taken all there was. The sender then waits for a value that nobody but itself would send.",
    instead: "Receive in a select with a default of its own.",
    bad: {
      "the oldest makes room for the newest": source`
        type feed struct{ events chan string }

        func newFeed() *feed { return &feed{events: make(chan string, 16)} }

        func (f *feed) publish(event string) {
        	select {
        	case f.events <- event:
        	default:
        		<-f.events // want "waits when another reader has emptied f.events"
        		f.events <- event
        	}
        }

        func (f *feed) next() string { return <-f.events }
      `,
    },
    good: {
      "room is made where it is needed": source`
        type feed struct{ events chan string }

        func newFeed() *feed { return &feed{events: make(chan string, 16)} }

        func (f *feed) publish(event string) {
        	select {
        	case f.events <- event:
        	default:
        		select {
        		case <-f.events:
        		default:
        		}
        		f.events <- event
        	}
        }

        func (f *feed) next() string { return <-f.events }
      `,
    },
    limits: [
      "Only a receive that comes first in the default of a select that sends on the same channel.",
    ],
  },

  *check({ use }) {
    for (const { at, channel, sendAt, otherAt, trace } of use(blockingDrains)) {
      yield {
        at,
        message: `this waits when another reader has emptied ${channel} since it was found full`,
        related: [
          { at: sendAt, note: "found full here" },
          ...(otherAt ? [{ at: otherAt, note: "another reader" }] : []),
        ],
        trace,
      };
    }
  },
});
