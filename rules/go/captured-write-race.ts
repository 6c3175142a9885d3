import { capturedRaces, defineRule, handlerLiterals, makerVariables, source } from "#kit";

export default defineRule({
  id: "go/captured-write-race",
  group: "goroutines",
  severity: "error",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bgo\b|\bGo\(|AfterFunc\(|\bfunc\(/,
  aliases: ["datarace"],
  yieldsTo: ["go/racy-map-write", "go/racy-slice-append"],

  docs: {
    summary:
      "Variable of the enclosing function that a goroutine uses while the function goes on with it",
    why: "Nothing orders the two. The function may see the old value, the new one, or half of an interface; an error is lost, and the race detector fails the test that first runs into it.",
    instead:
      "Give the goroutine a variable of its own and hand the result over a channel, or read it only after Wait or a receive.",
    bad: {
      "the error is read before the goroutine has ended": source`
        func copyBoth(first, second func() error) error {
        	var err error
        	done := make(chan struct{})
        	go func() {
        		defer close(done)
        		err = first() // want "err is written by this goroutine while copyBoth reads it"
        	}()
        	if err != nil {
        		return err
        	}
        	<-done
        	return second()
        }
      `,
    },
    good: {
      "the error is read after the goroutine has ended": source`
        func copyBoth(first, second func() error) error {
        	var err error
        	done := make(chan struct{})
        	go func() {
        		defer close(done)
        		err = first()
        	}()
        	<-done
        	if err != nil {
        		return err
        	}
        	return second()
        }
      `,
    },
    limits: [
      "A receive, a Wait, or a call that may do either between the start of the goroutine and the access is taken to order them; a receive from a timer or of a context's end is not.",
      "Silent where both hold one lock, where the goroutine first receives something, and for elements of slices.",
      "Only goroutines whose body is a function literal, and literals that are returned or registered, take a context, request or connection, and overwrite a variable of the function that made them which nobody else reads.",
    ],
    references: ["https://go.dev/ref/mem"],
  },

  *check({ use }) {
    for (const { kind, access, at, otherAt, meanwhile, startedAt, trace } of use(capturedRaces)) {
      if (kind !== "variable") continue;
      const does = access.isWrite ? "written" : "read";
      yield {
        at,
        message: `${access.path.text} is ${does} by this goroutine while ${meanwhile}`,
        related: [
          { at: startedAt, note: "the goroutine is started here" },
          { at: otherAt, note: "nothing orders this with the goroutine" },
        ],
        trace,
        about: [at, otherAt],
      };
    }
    for (const found of use(makerVariables)(use(handlerLiterals))) {
      const { variable, at, handler, maker, handedAt, isNested } = found;
      const { name } = variable;
      yield {
        at,
        message: isNested
          ? `each call of ${handler.name} puts a new ${name} around that of the call before: ${name} is a variable of ${maker.name}`
          : `${name} is a variable of ${maker.name}, which all calls of ${handler.name} share`,
        related: [
          { at: handedAt, note: "handed on here, to be called many times" },
          { at: variable.at, note: `${name} is declared here` },
        ],
      };
    }
  },
});
