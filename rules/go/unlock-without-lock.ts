import { defineRule, loneLocks, repeatedUnlocks, source } from "#kit";

export default defineRule({
  id: "go/unlock-without-lock",
  group: "locks",
  severity: "error",
  since: "0.1.0",
  interest: /\bR?Unlock\(/,

  docs: {
    summary: "Lock that one path unlocks twice, or that nothing locks",
    why: "Unlocking what is not locked is a fatal error that no recover stops. Where somebody else has taken the lock meanwhile it is worse: it is taken from him, and two are inside.",
    instead: "Leave the release to `defer`, or to each way out, not to both.",
    bad: {
      "the way out unlocks, and so does defer": source`
        type Probe struct {
        	mu     sync.Mutex
        	result *int
        }

        func (p *Probe) Result() (int, error) {
        	p.mu.Lock()
        	defer p.mu.Unlock() // want "p.mu is unlocked again: this path has unlocked it before"
        	if p.result == nil {
        		p.mu.Unlock()
        		return 0, errors.New("no result yet")
        	}
        	return *p.result, nil
        }
      `,
    },
    good: {
      "defer does it": source`
        type Probe struct {
        	mu     sync.Mutex
        	result *int
        }

        func (p *Probe) Result() (int, error) {
        	p.mu.Lock()
        	defer p.mu.Unlock()
        	if p.result == nil {
        		return 0, errors.New("no result yet")
        	}
        	return *p.result, nil
        }
      `,
    },
    limits: [
      "Within one function: both releases and the acquisition stand in it. A release without any acquisition may be the caller's business, and is left alone unless the function has made the lock for itself.",
      "Silent about locks that are handed on, or that a callee may release.",
    ],
    references: ["sync: «It is a run-time error if m is not locked on entry to Unlock»"],
  },

  *check({ use }) {
    for (const { at, lock, mode, first } of use(repeatedUnlocks)) {
      const how = mode === "read" ? "released for reading" : "unlocked";
      yield {
        at,
        message: `${lock.text} is ${how} again: this path has unlocked it before`,
        related: [{ at: first, note: "unlocked here" }],
        about: [at, first],
      };
    }
    for (const { at, lock, isLocked } of use(loneLocks)) {
      if (isLocked) continue;
      yield { at, message: `${lock} is unlocked here, and nothing locks it`, about: [at] };
    }
  },
});
