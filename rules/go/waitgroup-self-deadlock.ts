import { defineRule, source, waitGroupFaults } from "#kit";

export default defineRule({
  id: "go/waitgroup-self-deadlock",
  group: "waitgroups",
  severity: "error",
  since: "0.1.0",
  interest: /\bWaitGroup\b|\.(Wait|Done)\(/,
  aliases: ["GCL2011", "GCL2013"],

  docs: {
    summary: "Wait for a WaitGroup by a goroutine that it counts",
    why: "The goroutine's own Done comes after the Wait, so that the counter never comes to zero.",
    instead: "Wait in a goroutine that the group does not count.",
    bad: {
      "the deferred Done runs after Wait": source`
        func closeWhenDone(group *sync.WaitGroup, results chan int) {
        	defer group.Done()
        	group.Wait() // want "group waits for this goroutine"
        	close(results)
        }
      `,
    },
    good: {
      "the closer is not counted": source`
        func closeWhenDone(group *sync.WaitGroup, results chan int) {
        	group.Wait()
        	close(results)
        }
      `,
    },
    limits: [
      "The group is a local, a captured variable, a parameter of the worker or a field; one that is handed on in other ways is left alone.",
      "A function that also Adds may owe its Done to somebody else.",
    ],
  },

  *check({ use }) {
    for (const { at, group, otherAt } of use(waitGroupFaults).selfWaits) {
      yield {
        at,
        message: `${group.text} waits for this goroutine, which waits for ${group.text}`,
        related: otherAt ? [{ at: otherAt, note: "its own Done comes after the Wait" }] : [],
      };
    }
  },
});
