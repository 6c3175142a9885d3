import { defineRule, source, waitGroupFaults } from "#kit";

export default defineRule({
  id: "go/waitgroup-count-mismatch",
  group: "waitgroups",
  severity: "error",
  since: "0.1.0",
  interest: /\bWaitGroup\b|\.Add\(/,
  aliases: ["GCL2007", "GCL2008", "GCL2010"],
  yieldsTo: ["go/channel-deadlock", "go/waitgroup-missing-done"],

  docs: {
    summary:
      "WaitGroup.Add for a goroutine that is not started on every way, or Wait without any Add",
    why: "What is counted and never started is never done: Wait waits for it for ever.",
    instead: "Call Add right before the go statement, after everything that may fail.",
    bad: {
      "a failure is counted as well": source`
        func pingAll(names []string, dial func(string) (io.Closer, error)) {
        	var group sync.WaitGroup
        	for _, name := range names {
        		group.Add(1) // want "group.Add counts a goroutine that is not started"
        		conn, err := dial(name)
        		if err != nil {
        			continue
        		}
        		go func() {
        			defer group.Done()
        			conn.Close()
        		}()
        	}
        	group.Wait()
        }
      `,
    },
    good: {
      "counted when it is started": source`
        func pingAll(names []string, dial func(string) (io.Closer, error)) {
        	var group sync.WaitGroup
        	for _, name := range names {
        		conn, err := dial(name)
        		if err != nil {
        			continue
        		}
        		group.Add(1)
        		go func() {
        			defer group.Done()
        			conn.Close()
        		}()
        	}
        	group.Wait()
        }
      `,
    },
    limits: [
      "Only Add(1) for a goroutine that calls Done, and ways past it that an error, a continue, a break or a return decides.",
      "A Wait without any Add or Go: of a group that the function makes and hands to nobody.",
      "Ways on which something is started, sent, stored or called that could call Done are left alone.",
    ],
    references: ["https://pkg.go.dev/sync#WaitGroup.Add"],
  },

  *check({ use }) {
    for (const { at, group } of use(waitGroupFaults).uncountedWaits)
      yield {
        at,
        message: `nothing is ever added to ${group.text}: Wait returns at once`,
        confidence: "medium",
        about: [at],
      };
    for (const fault of use(waitGroupFaults).uncoveredAdds) {
      const { at, group, leavesAt, startedAt, waitAt, function: starter } = fault;
      yield {
        at,
        message: `${group.text}.Add counts a goroutine that is not started on every way`,
        about: [at, startedAt],
        related: [
          { at: leavesAt, note: "goes on without it" },
          { at: startedAt, note: "the goroutine is started here" },
          { at: waitAt, note: "waits for ever then" },
        ],
        trace: {
          threads: [starter.name],
          steps: [
            { thread: 0, at, action: `adds 1 to ${group.text}`, waits: false },
            { thread: 0, at: leavesAt, action: "goes on without the goroutine", waits: false },
            { thread: 0, at: waitAt, action: `waits for ${group.text}, for ever`, waits: true },
          ],
        },
      };
    }
  },
});
