import {
  abandonedCancels,
  bareMentions,
  defineRule,
  droppedOwners,
  freshLocals,
  lostCancels,
  openDiscards,
  overwrittenCancels,
  type Problem,
  skippedCancels,
  source,
  statementEdits,
  type Use,
  uncalledCancelFields,
} from "#kit";

export default defineRule({
  id: "go/lost-cancel",
  group: "context",
  severity: "error",
  since: "0.1.0",
  interest: /\bWith(Cancel|Timeout|Deadline)(Cause)?\(/,
  aliases: [
    "lostcancel",
    "G118",
    "cancelable-context-not-systematically-cancelled",
    "missing_cancel_call",
    "S8188",
    "contextcancelnotdeferred",
  ],

  docs: {
    summary: "Cancel function of a context that is dropped, or not called on some path",
    why: "Until the context is cancelled its parent keeps it, with its timer and everything that waits for it. On a path that is taken often, memory and goroutines grow until the parent ends, which may be never.",
    instead:
      "Write `defer cancel()` right after the context is made. Calling it twice does no harm.",
    bad: {
      "an early return leaves the context alive": source`
        func fetch(parent context.Context, urls []string) error {
        	ctx, cancel := context.WithCancel(parent) // want "cancel is not called when fetch returns"
        	if len(urls) == 0 {
        		return nil
        	}
        	err := download(ctx, urls)
        	cancel()
        	return err
        }

        func download(ctx context.Context, urls []string) error { return ctx.Err() }
      `,
      "nobody can cancel the context": source`
        func poll(parent context.Context) error {
        	ctx, _ := context.WithTimeout(parent, time.Minute) // want "the cancel function of context.WithTimeout is dropped"
        	<-ctx.Done()
        	return ctx.Err()
        }
      `,
    },
    good: {
      "a deferred call runs on every way out": source`
        func fetch(parent context.Context, urls []string) error {
        	ctx, cancel := context.WithCancel(parent)
        	defer cancel()
        	if len(urls) == 0 {
        		return nil
        	}
        	return download(ctx, urls)
        }

        func download(ctx context.Context, urls []string) error { return ctx.Err() }
      `,
    },
    limits: [
      "A cancel function that is returned, stored, captured by a closure or given to a call is left to whoever has it.",
      "In a field of a local value it is followed as long as the value stays in the function and its methods; an unexported field that nothing in the package reads is called by nobody.",
      "One that is taken out of a field which is set to nil must be called where an error comes as well; other conditions may say that there is nothing to cancel.",
      "One that takes the place of another in a field is reported where a goroutine waits for its context, nothing on the way looks at the field, and the function asks whether there is one, or a method with such a name as Reopen calls it on its own object.",
      "A test of the cancel function itself, as `if cancel != nil`, is taken to say that it is cared for.",
      "`_ = cancel` is taken for a decision.",
      "Ways out by panic, os.Exit, log.Fatal and t.Fatal do not count.",
    ],
    references: ["context.WithCancel", "go vet: lostcancel"],
  },

  *check({ use }) {
    yield* locals(use);
    const isNamed = use(bareMentions);
    const isFresh = use(freshLocals);
    const seen = new Set<string>();
    for (const { function: model, cancel, owner, madeAt, returnAt, decidedAt } of use(
      abandonedCancels,
    )) {
      const after = { file: madeAt.file, start: madeAt.end, end: model.at.end };
      const key = `${model.id} ${cancel.text}`;
      if (seen.has(key) || isNamed(after, owner.name) || !isFresh(owner.at)) continue;
      seen.add(key);
      yield {
        at: madeAt,
        message: `${cancel.text} is not called when ${model.name} returns, and nobody else has ${owner.name}`,
        confidence: "medium",
        related: [
          { at: returnAt, note: `${owner.name} is dropped here` },
          ...(decidedAt ? [{ at: decidedAt, note: "this decides for the path" }] : []),
        ],
      };
    }
    for (const fault of use(droppedOwners)) {
      const { function: model, owner, maker, cancel, at, startedAt, returnAt, decidedAt } = fault;
      if (isNamed({ file: at.file, start: at.end, end: returnAt.start }, owner.name)) continue;
      const field = cancel.text.slice(cancel.text.indexOf("."));
      yield {
        at,
        message: `${owner.name}${field} is not called when ${model.name} returns, and what ${maker.name} has started for ${owner.name} goes on`,
        confidence: "medium",
        about: [at, startedAt],
        related: [
          { at: startedAt, note: "the goroutine is started here" },
          { at: returnAt, note: `${owner.name} is dropped here` },
          ...(decidedAt ? [{ at: decidedAt, note: "this decides for the path" }] : []),
        ],
      };
    }
    for (const fault of use(skippedCancels)) {
      const { function: model, field, cancel, takenAt, returnAt, calledAt } = fault;
      yield {
        at: returnAt,
        message: `${cancel.text} is not called when ${model.name} returns here, and ${field.text} no longer has it`,
        confidence: "medium",
        related: [
          { at: takenAt, note: `it is taken out of ${field.text} here` },
          { at: calledAt, note: "other paths call it" },
        ],
      };
    }
    for (const { function: model, cancel, at, startedAt, againAt } of use(overwrittenCancels))
      yield {
        at,
        message: `${cancel.text} is overwritten without being called where ${model.name} comes again, and what the last one started goes on`,
        confidence: "medium",
        related: [
          { at: startedAt, note: "this goroutine waits for the context" },
          { at: againAt, note: "there may be one before" },
        ],
      };
    for (const { type, field, declaredAt, setAt } of use(uncalledCancelFields))
      yield {
        at: setAt[0],
        message: `the cancel function goes to ${type}.${field}, and nobody calls it`,
        related: [{ at: declaredAt, note: "the field is declared here" }],
      };
  },
});

function* locals(use: Use): Iterable<Problem> {
  const edits = use(statementEdits);
  const isDropped = use(openDiscards);
  for (const { function: model, madeBy, madeAt, cancel, lost, decidedAt, outlives } of use(
    lostCancels,
  )) {
    if (!cancel || !lost) {
      yield { at: madeAt, message: `the cancel function of ${madeBy} is dropped` };
      continue;
    }
    if (isDropped({ ...madeAt, start: madeAt.end, end: model.at.end }, cancel.text)) continue;
    const edit = outlives ? undefined : edits.deferAfter(madeAt, `defer ${cancel.text}()`);
    const how =
      lost.how === "returned"
        ? `is not called when ${model.name} returns`
        : "is overwritten without being called";
    yield {
      at: madeAt,
      message: `${cancel.text} ${how}`,
      related: [
        {
          at: lost.at,
          note:
            lost.how === "returned" ? "the path without the call ends here" : "overwritten here",
        },
        ...(decidedAt ? [{ at: decidedAt, note: "this decides for the path" }] : []),
      ],
      fixes: edit
        ? [
            {
              kind: "suggestion",
              description: `defer ${cancel.text}() after the context is made`,
              edits: [edit],
            },
          ]
        : [],
    };
  }
}
