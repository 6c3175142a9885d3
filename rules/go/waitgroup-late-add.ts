import { defineRule, source, waitGroupFaults } from "#kit";

export default defineRule({
  id: "go/waitgroup-late-add",
  group: "waitgroups",
  severity: "error",
  since: "0.1.0",
  interest: /\bWaitGroup\b|\.Add\(/,
  yieldsTo: ["go/waitgroup-negative-counter", "go/send-on-closed-channel"],

  docs: {
    summary: "WaitGroup.Add after the start of the goroutine whose Done or Wait should follow it",
    why: "A worker that is faster takes the counter below zero, which panics; a waiter that is faster sees zero, and goes on before anything was done.",
    instead:
      "Call Add before the go statement of the worker, and start the goroutine that waits after the last Add.",
    bad: {
      "the worker may be done before it is counted": source`
        type pump struct{ group sync.WaitGroup }

        func (p *pump) start() {
        	go p.run()
        	p.group.Add(1) // want "p.group.Add comes after the start of its worker"
        }

        func (p *pump) run()  { p.group.Done() }
        func (p *pump) stop() { p.group.Wait() }
      `,
      "the waiter may see zero": source`
        func lengths(words []string, report func(int)) {
        	var group sync.WaitGroup
        	done := make(chan struct{})
        	go func() {
        		group.Wait()
        		close(done)
        	}()
        	for _, word := range words {
        		group.Add(1) // want "group.Add comes after the start of the goroutine that waits"
        		go func() {
        			defer group.Done()
        			report(len(word))
        		}()
        	}
        	<-done
        }
      `,
    },
    good: {
      "counted, started, then waited for": source`
        func lengths(words []string, report func(int)) {
        	var group sync.WaitGroup
        	done := make(chan struct{})
        	for _, word := range words {
        		group.Add(1)
        		go func() {
        			defer group.Done()
        			report(len(word))
        		}()
        	}
        	go func() {
        		group.Wait()
        		close(done)
        	}()
        	<-done
        }
      `,
    },
    limits: [
      "The group is a local, a captured variable, a parameter of the worker or a field; one that is handed on in other ways is left alone.",
      "A worker that is started before the only Add of its starter; or a goroutine that waits first of all, before all Adds, which stand in its starter.",
      "A goroutine that adds, of which a function waits for the end by a channel that it closes, once it has waited for the group; not one that is counted itself.",
    ],
    references: ["https://pkg.go.dev/sync#WaitGroup.Add"],
  },

  *check({ use }) {
    for (const fault of use(waitGroupFaults).lateAdds) {
      const { at, group, startedAt, firstAt, comesFirst, around } = fault;
      yield {
        at,
        message:
          comesFirst === "Done"
            ? `${group.text}.Add comes after the start of its worker, which may be done before it`
            : `${group.text}.Add comes after the start of the goroutine that waits, which may see zero`,
        about: [at, startedAt, ...around],
        related: [
          { at: startedAt, note: "the goroutine is started here" },
          { at: firstAt, note: `${comesFirst} may come before the Add` },
        ],
      };
    }
    for (const { adder, waiter, group, addAt, waitAt, joinAt, startedAt } of use(waitGroupFaults)
      .earlyWaits) {
      yield {
        at: addAt,
        message: `${group.text}.Add may come while ${waiter.name} waits for the group: it waits for ${adder.name}, which adds, only after that`,
        about: [addAt, waitAt, joinAt],
        related: [
          { at: waitAt, note: "the group is waited for here, and may be at zero between two Adds" },
          { at: joinAt, note: "the end of the goroutine is waited for here" },
          { at: startedAt, note: "the goroutine is started here" },
        ],
      };
    }
  },
});
