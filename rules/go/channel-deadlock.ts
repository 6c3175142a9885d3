import { channelDeadlocks, defineRule, source } from "#kit";

export default defineRule({
  id: "go/channel-deadlock",
  group: "channels",
  severity: "error",
  since: "0.1.0",
  interest: /\bmake\(\s*chan\b|\bsync\.WaitGroup\b/,
  yieldsTo: [
    "go/double-lock",
    "go/missing-unlock",
    "go/recursive-rlock",
    "go/lock-order-inversion",
    "go/goroutine-lock-deadlock",
    "go/goroutine-waits-for-itself",
    "go/blocking-call-under-lock",
    "go/missing-close",
  ],
  aliases: ["bmoc"],

  docs: {
    summary: "Function that waits at a channel or WaitGroup for something that nobody will ever do",
    why: "The caller never gets its answer, and everything the function holds stays held. In a program where nothing else runs, the Go runtime ends the process with `all goroutines are asleep - deadlock!`.",
    instead:
      "Start the other end before waiting for it, close the channel when the last send is done, or give it a buffer that takes every send.",
    bad: {
      "the send comes before anyone can receive": source`
        func results() []string {
        	found := make(chan string)
        	found <- "first" // want "waits for ever to send on found"
        	go func() {
        		found <- "second"
        	}()
        	return []string{<-found, <-found}
        }
      `,
      "nobody closes the channel that is ranged over": source`
        func total(parts []int) int {
        	sums := make(chan int)
        	var group sync.WaitGroup
        	for _, part := range parts {
        		group.Add(1)
        		go func() {
        			defer group.Done()
        			sums <- part
        		}()
        	}
        	group.Wait() // want "waits for ever for group"
        	close(sums)
        	all := 0
        	for sum := range sums {
        		all += sum
        	}
        	return all
        }
      `,
    },
    good: {
      "somebody else waits for the workers and closes": source`
        func total(parts []int) int {
        	sums := make(chan int)
        	var group sync.WaitGroup
        	for _, part := range parts {
        		group.Add(1)
        		go func() {
        			defer group.Done()
        			sums <- part
        		}()
        	}
        	go func() {
        		group.Wait()
        		close(sums)
        	}()
        	all := 0
        	for sum := range sums {
        		all += sum
        	}
        	return all
        }
      `,
    },
    limits: [
      "The channel or WaitGroup is made in the function, and neither it nor a closure that uses it leaves the function, the goroutines it starts and the calls that these make: whoever else has it may help.",
      "All interleavings are searched, within a budget of states; loops with one bound run equally often; past a loop or call that cannot be followed nothing is concluded.",
      "Panics are not followed.",
    ],
    references: ["Understanding Real-World Concurrency Bugs in Go, ASPLOS 2019, section 5.1"],
  },

  *check({ use }) {
    for (const deadlock of use(channelDeadlocks)) {
      const { at, others, leftAt, trace, wait, function: stuck } = deadlock;
      yield {
        at,
        message: `${stuck.name} ${wait.replaceAll("waits ", "waits for ever ")}, and nothing can come`,
        about: [at, ...others.map((other) => other.at), ...leftAt],
        related: others.map((other) => ({
          at: other.at,
          note: `the goroutine ${other.wait}, for ever as well`,
        })),
        trace,
      };
    }
  },
});
