import { defineRule, source, waitGroupFaults } from "#kit";

export default defineRule({
  id: "go/waitgroup-missing-done",
  group: "waitgroups",
  severity: "error",
  since: "0.1.0",
  interest: /\bWaitGroup\b|\.(Add|Done)\(/,
  aliases: ["GCL2001"],

  docs: {
    summary: "Worker that can return without its WaitGroup.Done",
    why: "The counter never comes to zero, and Wait waits for ever.",
    instead: "Make `defer wg.Done()` the first statement of the worker.",
    bad: {
      "the early return passes by Done": source`
        func upload(files []string, send func(string) error) {
        	var group sync.WaitGroup
        	for _, file := range files {
        		group.Add(1)
        		go func() {
        			if err := send(file); err != nil {
        				return // want "returns without group.Done"
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
        func upload(files []string, send func(string) error) {
        	var group sync.WaitGroup
        	for _, file := range files {
        		group.Add(1)
        		go func() {
        			defer group.Done()
        			if err := send(file); err != nil {
        				return
        			}
        		}()
        	}
        	group.Wait()
        }
      `,
    },
    limits: [
      "The group is a local, a captured variable, a parameter of the worker or a field; one that is handed on in other ways is left alone.",
      "The worker is started right after an Add(1), or its starter Adds for all its workers at once; and somebody Waits.",
      "A Done in a loop of the worker counts items, not workers: what is counted right before it is sent is followed through the receiver's pass, as far as it hands nothing on.",
      "A worker that hands the group on may leave Done to somebody else.",
      "A function that has to call Done, and is handed to a callee right after the Add, is followed where the callee returns nothing.",
    ],
  },

  *check({ use }) {
    for (const found of use(waitGroupFaults).missingDones) {
      const { at, group, startedAt, otherAt, waitAt, entrustedTo, function: worker } = found;
      const leaves = entrustedTo
        ? `${worker.name} returns without calling ${entrustedTo}, which calls ${group.text}.Done`
        : `the goroutine returns without ${group.text}.Done`;
      const called = entrustedTo ?? "Done";
      yield {
        at,
        message: `${leaves}, and Wait waits for ever`,
        confidence: entrustedTo ? "medium" : "high",
        related: [
          ...(startedAt ? [{ at: startedAt, note: "it is counted and started here" }] : []),
          ...(otherAt ? [{ at: otherAt, note: `${called} is called on another path` }] : []),
        ],
        ...(startedAt &&
          waitAt && {
            trace: {
              threads: ["the starter", worker.name],
              steps: [
                { thread: 0, at: startedAt, action: "counts up and starts it", waits: false },
                { thread: 1, at, action: `returns without ${group.text}.Done`, waits: false },
                { thread: 0, at: waitAt, action: "waits for ever", waits: true },
              ],
            },
          }),
      };
    }
    for (const { worker, group, at, countedAt, doneAt, waitAt } of use(waitGroupFaults).lostItems) {
      yield {
        at,
        message: `what was counted when it was sent is dropped here without ${group.text}.Done, and Wait waits for ever`,
        confidence: "medium",
        related: [
          { at: countedAt, note: "it is counted here" },
          { at: doneAt, note: "Done is called for others here" },
        ],
        trace: {
          threads: ["who sends", worker.name, "who waits"],
          steps: [
            { thread: 0, at: countedAt, action: "counts up and sends", waits: false },
            { thread: 1, at, action: `goes on without ${group.text}.Done`, waits: false },
            { thread: 2, at: waitAt, action: "waits for ever", waits: true },
          ],
        },
      };
    }
  },
});
