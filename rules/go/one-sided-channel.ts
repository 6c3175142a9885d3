import { defineRule, oneSidedChannels, source } from "#kit";

export default defineRule({
  id: "go/one-sided-channel",
  group: "channels",
  severity: "error",
  since: "0.1.0",
  interest: /\bchan\b/,
  yieldsTo: ["go/channel-deadlock", "go/goroutine-leak-channel", "go/blocking-call-under-lock"],

  docs: {
    summary: "Channel that is sent on and never received from, or the other way round",
    why: "Whoever comes to the operation waits for ever, and so does everybody who waits for him.",
    instead: "Receive from the channel where its values are wanted, or drop it.",
    bad: {
      "nobody receives the failures": source`
        type trail struct {
        	entries  chan string
        	failures chan error
        }

        func newTrail() *trail {
        	return &trail{entries: make(chan string, 8), failures: make(chan error)}
        }

        func (t *trail) note(entry string) { t.entries <- entry }

        func (t *trail) collect(store func(string) error) {
        	for entry := range t.entries {
        		if err := store(entry); err != nil {
        			t.failures <- err // want "nothing in the package receives from t.failures"
        		}
        	}
        }
      `,
      "nobody says that it has ended": source`
        type tail struct {
        	quit, drained chan struct{}
        }

        func follow() *tail {
        	return &tail{quit: make(chan struct{}), drained: make(chan struct{})}
        }

        func (t *tail) close() {
        	close(t.quit)
        	<-t.drained // want "nothing in the package sends on t.drained or closes it"
        }
      `,
      "nobody says stop": source`
        type poller struct {
        	stop chan struct{}
        }

        func newPoller(poll func()) *poller {
        	p := &poller{stop: make(chan struct{})}
        	go p.run(poll)
        	return p
        }

        func (p *poller) run(poll func()) {
        	ticker := time.NewTicker(time.Second)
        	defer ticker.Stop()
        	for {
        		select {
        		case <-ticker.C:
        			poll()
        		case <-p.stop: // want "this never comes: nothing in the package sends on p.stop or closes it"
        			return
        		}
        	}
        }
      `,
    },
    good: {
      "there is a receiver": source`
        type trail struct {
        	entries  chan string
        	failures chan error
        }

        func newTrail() *trail {
        	return &trail{entries: make(chan string, 8), failures: make(chan error)}
        }

        func (t *trail) note(entry string) { t.entries <- entry }

        func (t *trail) collect(store func(string) error) {
        	for entry := range t.entries {
        		if err := store(entry); err != nil {
        			t.failures <- err
        		}
        	}
        }

        func (t *trail) wait() error { return <-t.failures }
      `,
    },
    limits: [
      "Only locals, and fields that no other package can name, that are never handed on: returned, passed, assigned or stored.",
      "Sends into a buffer, and in a select with other cases, are left alone.",
      "A comment above a receive that says never or for ever is taken as the reason.",
    ],
  },

  *check({ use }) {
    for (const { channel, waits, waitsTo, isCase, make, uncalled } of use(oneSidedChannels)) {
      const [first, ...others] = waits.map(({ function: { file }, operation }) => ({
        file,
        ...operation.at,
      }));
      if (!first) continue;
      const missing =
        waitsTo === "send"
          ? `nothing in the package receives from ${channel.text}`
          : uncalled
            ? `nothing in the package calls ${uncalled.name}, which would end the wait`
            : `nothing in the package sends on ${channel.text} or closes it`;
      const action = isCase
        ? `waits for others, and for ${channel.text}, which never comes`
        : `waits to ${waitsTo} on ${channel.text}, for ever`;
      const related = others.map((at) => ({ at, note: "and this" }));
      yield {
        at: first,
        message: isCase ? `this never comes: ${missing}` : `this waits for ever: ${missing}`,
        ...(isCase ? { severity: "warning" as const } : {}),
        trace: {
          threads: [waits[0]?.function.name ?? ""],
          steps: [{ thread: 0, at: first, action, waits: true }],
        },
        related: [
          { at: { file: make.function.file, ...make.operation.at }, note: "made here" },
          ...(uncalled
            ? [{ at: { file: uncalled.file, ...uncalled.nameAt }, note: "nobody calls this" }]
            : []),
          ...related,
        ],
      };
    }
  },
});
