import { defineRule, source, waitGroupFaults } from "#kit";

export default defineRule({
  id: "go/waitgroup-wait-in-loop",
  group: "waitgroups",
  severity: "warning",
  since: "0.1.0",
  interest: /\bWaitGroup\b|\.Wait\(/,
  aliases: ["waitgroup-wait-inside-loop"],

  docs: {
    summary: "WaitGroup.Wait inside the loop that starts the workers",
    why: "Each pass waits for its own worker, so that nothing runs at the same time; and where all workers were counted before the loop, the first Wait waits for ever for those that are not started yet.",
    instead: "Wait after the loop.",
    bad: {
      "the Wait of the first pass waits for all": source`
        func stopAll(plugins []func()) {
        	var group sync.WaitGroup
        	group.Add(len(plugins))
        	for _, stop := range plugins {
        		go func() {
        			defer group.Done()
        			stop()
        		}()
        		group.Wait() // want "waits for workers that are started in later passes"
        	}
        }
      `,
    },
    good: {
      "after the loop": source`
        func stopAll(plugins []func()) {
        	var group sync.WaitGroup
        	group.Add(len(plugins))
        	for _, stop := range plugins {
        		go func() {
        			defer group.Done()
        			stop()
        		}()
        	}
        	group.Wait()
        }
      `,
    },
    limits: [
      "The group is a local, a captured variable, a parameter of the worker or a field; one that is handed on in other ways is left alone.",
      "Batches, where a loop inside starts several workers or a condition decides whether to wait, are left alone.",
      "So is a Wait that other work comes before in the pass.",
    ],
  },

  *check({ use }) {
    for (const { at, group, startedAt, isForEver, function: starter } of use(waitGroupFaults)
      .waitsInLoop) {
      yield {
        at,
        message: isForEver
          ? `${group.text}.Wait waits for workers that are started in later passes`
          : `${group.text}.Wait in the loop that starts the workers runs them one after the other`,
        severity: isForEver ? "error" : "warning",
        related: startedAt ? [{ at: startedAt, note: "the worker is started here" }] : [],
        ...(startedAt && {
          trace: {
            threads: [starter.name],
            steps: [
              { thread: 0, at: startedAt, action: "starts one of the workers", waits: false },
              {
                thread: 0,
                at,
                action: `waits ${isForEver ? "for those of later passes, for ever" : "before it starts the next"}`,
                waits: true,
              },
            ],
          },
        }),
      };
    }
  },
});
