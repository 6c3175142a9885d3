import {
  defineRule,
  type ForgottenUnlock,
  forgottenLeaves,
  forgottenUnlocks,
  loneLocks,
  source,
  unlocksPastPanics,
} from "#kit";

export default defineRule({
  id: "go/missing-unlock",
  group: "locks",
  severity: "error",
  since: "0.1.0",
  interest: /\bR?Lock\(/,
  aliases: [
    "missing-unlock-before-return",
    "missing-runlock-on-rwmutex",
    "GCL1001",
    "forgetunlock",
  ],

  docs: {
    summary: "Lock that stays locked when a function returns, on one way out or on all",
    why: "The next goroutine that asks for the lock waits for ever, and so does everyone after it. The way out is mostly an early return for an error, so it shows first in production.",
    instead:
      "Write `defer mu.Unlock()` right after the Lock, or unlock before this return as the others do.",
    bad: {
      "an early return forgets the unlock": source`
        type Ledger struct {
        	mu       sync.Mutex
        	balances map[string]int
        }

        func (l *Ledger) Withdraw(id string, amount int) error {
        	l.mu.Lock()
        	balance, ok := l.balances[id]
        	if !ok {
        		return errors.New("no such account") // want "l.mu stays locked when .*Withdraw returns here"
        	}
        	l.balances[id] = balance - amount
        	l.mu.Unlock()
        	return nil
        }
      `,
    },
    good: {
      "a deferred unlock runs on every way out": source`
        type Ledger struct {
        	mu       sync.Mutex
        	balances map[string]int
        }

        func (l *Ledger) Withdraw(id string, amount int) error {
        	l.mu.Lock()
        	defer l.mu.Unlock()
        	balance, ok := l.balances[id]
        	if !ok {
        		return errors.New("no such account")
        	}
        	l.balances[id] = balance - amount
        	return nil
        }
      `,
    },
    limits: [
      "A function that unlocks on no way out is reported only where no function of the package unlocks that lock for another, and no other package can.",
      "Silent where the lock is handed on: to a goroutine, a closure, a method value, a helper of the package that unlocks what it did not lock, or by a name or comment that says so.",
      "Tests of the same unchanged condition agree, so that `if locked { Lock }` and `if locked { Unlock }` are one decision.",
      "Of a function that locks and returns a closure which unlocks, callers are followed that give the closure a name: it has to be called, or handed on, on every way out.",
      "A panic is followed where code that nobody here knows (an interface, a function value) is called under the lock, and a caller in the package recovers.",
    ],
    references: ["sync.Mutex", "Go Code Review Comments"],
  },

  *check({ use }) {
    for (const found of use(forgottenUnlocks)) {
      const { lock, function: model, acquiredAt, leftAt, way, decidedAt } = found;
      const related = [{ at: acquiredAt, note: `${lock.text} is locked here` }];
      if (decidedAt) related.push({ at: decidedAt, note: "this decides for the way out" });
      yield {
        at: leftAt,
        message: `${lock.text} stays locked ${LEAVES[way](model.name)}`,
        confidence: found.isClosed ? "high" : "medium",
        related,
        trace: found.trace,
        about: [leftAt, acquiredAt],
      };
    }
    for (const found of use(forgottenLeaves)) {
      const { at, lock, leave, locker, takenAt, lockedAt, function: model } = found;
      yield {
        at,
        message: `${lock.text} stays locked when ${model.name} returns here without ${leave}(), which unlocks what ${locker.name} has locked`,
        confidence: "medium",
        related: [{ at: takenAt, note: `${lock.text} is locked here, by ${locker.name}` }],
        trace: {
          threads: [model.name, `whoever calls ${locker.name} next`],
          steps: [
            {
              thread: 0,
              at: takenAt,
              action: `calls ${locker.name}, which locks ${lock.text}`,
              waits: false,
            },
            { thread: 0, at, action: `returns without ${leave}()`, waits: false },
            { thread: 1, at: lockedAt, action: `waits for ${lock.text}, for ever`, waits: true },
          ],
        },
        about: [at, takenAt],
      };
    }
    for (const { at, lock, isUnlocked } of use(loneLocks)) {
      if (isUnlocked) continue;
      yield { at, message: `${lock} is locked here, and nothing unlocks it`, about: [at] };
    }
    for (const { at, lock, callee, recovering, acquiredAt, trace } of use(unlocksPastPanics)) {
      yield {
        at,
        message: `${lock.text} stays locked when ${callee} panics: ${recovering.name} recovers, and the unlock is not deferred`,
        confidence: "medium",
        related: [{ at: acquiredAt, note: `${lock.text} is locked here` }],
        trace,
        about: [at, acquiredAt],
      };
    }
  },
});

const LEAVES: { readonly [way in ForgottenUnlock["way"]]: (name: string) => string } = {
  return: (name) => `when ${name} returns here`,
  jump: (name) => `when ${name} goes on from here and returns`,
  pass: () => "when the loop goes on from here, and the next pass locks it again",
};
