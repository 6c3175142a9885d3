import { defineRule, source, waitGroupFaults } from "#kit";

export default defineRule({
  id: "go/waitgroup-done-not-deferred",
  group: "waitgroups",
  severity: "warning",
  since: "0.1.0",
  interest: /\bWaitGroup\b|\.(Add|Done)\(/,
  aliases: ["GCL2006", "GCL2014"],

  docs: {
    summary: "Worker that can panic or end by Goexit before its plain WaitGroup.Done",
    why: "What ends the goroutine runs deferred calls alone: Done is passed by, and Wait waits for ever where somebody recovers or a test goes on.",
    instead: "Make `defer wg.Done()` the first statement of the worker.",
    bad: {
      "FailNow ends the goroutine": source`
        func check(t *testing.T, hosts []string, ping func(string) error) {
        	var group sync.WaitGroup
        	for _, host := range hosts {
        		group.Add(1)
        		go func() {
        			if err := ping(host); err != nil {
        				t.Fatal(err) // want "ends here without group.Done"
        			}
        			group.Done()
        		}()
        	}
        	group.Wait()
        }
      `,
    },
    good: {
      deferred: source`
        func check(t *testing.T, hosts []string, ping func(string) error) {
        	var group sync.WaitGroup
        	for _, host := range hosts {
        		group.Add(1)
        		go func() {
        			defer group.Done()
        			if err := ping(host); err != nil {
        				t.Error(err)
        			}
        		}()
        	}
        	group.Wait()
        }
      `,
    },
    limits: [
      "The group is a local, a captured variable, a parameter of the worker or a field; one that is handed on in other ways is left alone.",
      "Only a panic, Goexit or FailNow that stands in the worker: any call may panic, which says nothing.",
    ],
  },

  *check({ use }) {
    for (const { at, group, startedAt, otherAt } of use(waitGroupFaults).skippedDones) {
      yield {
        at,
        message: `the goroutine ends here without ${group.text}.Done, which is not deferred`,
        related: [
          ...(startedAt ? [{ at: startedAt, note: "it is counted and started here" }] : []),
          ...(otherAt ? [{ at: otherAt, note: "Done is called here" }] : []),
        ],
      };
    }
  },
});
