import { defineRule, type ObservableHazard, observableHazards, source } from "#kit";

export default defineRule({
  id: "ts/rxjs-async-misuse",
  group: "events",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  interest: /["']rxjs(?:\/[\w-]+)?["']/,
  aliases: [
    "rxjs-x/no-async-subscribe",
    "rxjs-x/no-nested-subscribe",
    "rxjs-x/no-unsafe-takeuntil",
    "rxjs/no-async-subscribe",
    "rxjs/no-nested-subscribe",
    "rxjs/no-unsafe-takeuntil",
  ],

  docs: {
    summary:
      "An async subscriber, a subscription in a subscriber, or a takeUntil that comes too early",
    why: "Nobody waits for an async subscriber or hears of its rejection, and its runs overlap. A subscription in a subscriber is never ended by the outer one. Behind takeUntil, switchMap and its like start observables that go on when it has come.",
    instead:
      "Use switchMap, concatMap or mergeMap for what each value starts, and put takeUntil last.",
    bad: {
      "rejections are lost": source`
        import { interval } from "rxjs";

        declare function save(value: number): Promise<void>;

        interval(1_000).subscribe(async (value) => { // want "nobody waits for this subscriber, or hears of its rejection"
          await save(value);
        });
      `,
      "it goes on": source`
        import { interval, Subject, switchMap, takeUntil } from "rxjs";

        const done = new Subject<void>();

        interval(60_000)
          .pipe(takeUntil(done), switchMap(() => interval(100))) // want "what switchMap starts goes on when takeUntil has come"
          .subscribe(console.log);
      `,
    },
    good: {
      "one after the other": source`
        import { concatMap, interval } from "rxjs";

        declare function save(value: number): Promise<void>;

        interval(1_000)
          .pipe(concatMap((value) => save(value)))
          .subscribe({ error: console.error });
      `,
    },
    limits: ["Only in files that import RxJS."],
    references: ["https://rxjs.dev/guide/higher-order-observables"],
  },

  *check({ use }) {
    for (const hazard of use(observableHazards))
      yield { at: hazard.at, message: messageOf(hazard) };
  },
});

function messageOf({ kind, name }: ObservableHazard): string {
  switch (kind) {
    case "async":
      return "nobody waits for this subscriber, or hears of its rejection";
    case "nested":
      return "this subscription in a subscriber does not end with the one around it";
    case "takeUntil":
      return `what ${name} starts goes on when takeUntil has come`;
  }
}
