import { defineRule, source, waitsBeforeDrain } from "#kit";

export default defineRule({
  id: "go/waitgroup-wait-before-drain",
  group: "waitgroups",
  severity: "error",
  since: "0.1.0",
  interest: /\.Wait\(/,
  yieldsTo: ["go/channel-deadlock"],

  docs: {
    summary: "Wait for workers whose results are received only after it",
    why: "The channel takes a few results, then the workers wait for somebody to receive, who waits for the workers. With few results, as in tests, nothing is seen of it.",
    instead:
      "Receive while the workers run: let a goroutine Wait and close the channel. Or give the channel room for every result.",
    bad: {
      "the second failure has no room": source`
        func checkAll(hosts []string, check func(string) error) error {
        	failed := make(chan error, 1)
        	var group sync.WaitGroup
        	for _, host := range hosts {
        		group.Add(1)
        		go func() {
        			defer group.Done()
        			if err := check(host); err != nil {
        				failed <- err
        			}
        		}()
        	}
        	group.Wait() // want "waits for group before it receives from failed"
        	select {
        	case err := <-failed:
        		return err
        	default:
        		return nil
        	}
        }
      `,
    },
    good: {
      "room for every result": source`
        func checkAll(hosts []string, check func(string) error) error {
        	failed := make(chan error, len(hosts))
        	var group sync.WaitGroup
        	for _, host := range hosts {
        		group.Add(1)
        		go func() {
        			defer group.Done()
        			if err := check(host); err != nil {
        				failed <- err
        			}
        		}()
        	}
        	group.Wait()
        	select {
        	case err := <-failed:
        		return err
        	default:
        		return nil
        	}
        }
      `,
    },
    limits: [
      "The channel is made in the function, with a buffer of a number that is known; only its workers have it besides.",
      "Workers are started in a loop over data, or more of them send than the buffer holds; a loop over numbers is taken to fit, and a buffer of two or more to fit a loop over data.",
      "A send with another way out, in a select, is left alone.",
    ],
  },

  *check({ use }) {
    for (const fault of use(waitsBeforeDrain)) {
      const { at, group, channel, capacity, sendAt, receiveAt, trace, function: from } = fault;
      const room = capacity === 0 ? "no buffer" : `room for ${capacity}`;
      yield {
        at,
        message: `${from.name} waits for ${group.text} before it receives from ${channel.text}, which has ${room}`,
        related: [
          { at: sendAt, note: `a worker waits here to send on ${channel.text}` },
          { at: receiveAt, note: `${channel.text} is received from here, after the Wait` },
        ],
        trace,
      };
    }
  },
});
