import { defineRule, source, waitGroupFaults } from "#kit";

export default defineRule({
  id: "go/waitgroup-reuse",
  group: "waitgroups",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bWaitGroup\b/,
  aliases: ["GCL2003", "GCL2004"],
  yieldsTo: ["go/waitgroup-late-add", "go/waitgroup-wait-in-loop"],

  docs: {
    summary: "WaitGroup that is counted with again while a Wait that was given up still goes on",
    why: "The Wait of the last round ends with the workers of this one, or panics with `WaitGroup is reused before previous Wait has returned`.",
    instead: "Declare the group where the round begins, so that each one has a group of its own.",
    bad: {
      "after a timeout the next batch uses the same group": source`
        func runAll(batches [][]func(), limit time.Duration) {
        	var group sync.WaitGroup
        	for _, batch := range batches {
        		for _, job := range batch {
        			group.Add(1) // want "group.Add while the Wait of an earlier round may still go on"
        			go func() {
        				defer group.Done()
        				job()
        			}()
        		}
        		done := make(chan struct{})
        		go func() {
        			group.Wait()
        			close(done)
        		}()
        		select {
        		case <-done:
        		case <-time.After(limit):
        		}
        	}
        }
      `,
    },
    good: {
      "each batch has a group of its own": source`
        func runAll(batches [][]func(), limit time.Duration) {
        	for _, batch := range batches {
        		var group sync.WaitGroup
        		for _, job := range batch {
        			group.Add(1)
        			go func() {
        				defer group.Done()
        				job()
        			}()
        		}
        		done := make(chan struct{})
        		go func() {
        			group.Wait()
        			close(done)
        		}()
        		select {
        		case <-done:
        		case <-time.After(limit):
        		}
        	}
        }
      `,
    },
    limits: [
      "A goroutine waits for the group and says so by a channel, and some way in the function that started it leads past that channel to another Add or Go.",
      "A loop that waits itself at the end of each pass is no fault.",
      "Adds in other functions are not followed.",
    ],
    references: ["https://pkg.go.dev/sync#WaitGroup.Add"],
  },

  *check({ use }) {
    for (const { at, group, startedAt, waitAt } of use(waitGroupFaults).reuses)
      yield {
        at,
        message: `${group.text}.Add while the Wait of an earlier round may still go on, which panics or waits for the wrong workers`,
        about: [at, startedAt],
        related: [
          { at: startedAt, note: "the goroutine that waits is started here, and given up" },
          { at: waitAt, note: "it waits here" },
        ],
      };
  },
});
