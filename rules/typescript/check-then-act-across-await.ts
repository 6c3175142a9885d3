import { defineRule, type StaleCheck, source, staleChecks } from "#kit";

/** What is done twice with harm; to look something up or to make sure that a directory exists is not. */
const HARMS_TWICE =
  /(^|\.)[_#]?(add|append|boot|charge|close|connect|create|deliver|destroy|disconnect|dispose|end|enqueue|establish|init|insert|install|launch|listen|login|migrate|notify|open|pay|post|publish|refund|register|reserve|seed|send|setup|shutdown|spawn|start|stop|submit|subscribe|transfer|upload|withdraw)/i;

/** Hooks of bundlers and their like: a build runs each of them once. */
const RUNS_ONCE =
  /(^|\.)(options|buildStart|buildEnd|closeBundle|configResolved|configureServer|onModuleInit|onModuleDestroy|globalSetup|globalTeardown)$/;

/** Marks that something is over or to be given up, and the functions whose business they are. */
const IS_OVER =
  /clos(?:e|ing)|stopp|cancel|abort|destroy|dispos|ended|ending|finish|shut_?down|terminat/i;
const ENDS =
  /(^|\.)[_#]?\w*(?:close|stop|cancel|abort|destroy|dispose|end|finish|shut_?down|terminate|disconnect|detach)\w*$/i;

/** Whose steps come one after the other. */
const IS_A_PROTOCOL = /handshake\w*\./i;

const SAID_TO_BE_SAFE =
  /\bidempotent|\bsafe to (?:be )?(?:call|run|invoke)(?:ed)? (?:it )?(?:multiple|several|many|again|repeatedly|twice|more than once)/i;

export default defineRule({
  id: "ts/check-then-act-across-await",
  group: "races",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bawait\b/,
  yieldsTo: ["ts/lazy-init-race", "ts/cache-stampede"],

  docs: {
    summary: "Shared state is changed after an await on the strength of a test from before it",
    why: "Between the test and the change the function waits, and a second call makes the same test with the same outcome. Both go on: the limit is exceeded, the name is taken twice, the work is done twice.",
    instead:
      "Change the state (or reserve the place) before the await and take it back on failure, test again after the await, or run the function under a mutex.",
    bad: {
      "two calls both find a free place": source`
        declare function deliver(mail: string): Promise<void>;

        export class Outbox {
          private sending = 0;
          private readonly limit = 5;

          async send(mail: string): Promise<void> {
            if (this.sending >= this.limit) throw new Error("busy");
            await deliver(mail);
            this.sending++; // want "this.sending is changed after an await"
          }
        }
      `,
    },
    good: {
      "the place is taken before anybody waits": source`
        declare function deliver(mail: string): Promise<void>;

        export class Outbox {
          private sending = 0;
          private readonly limit = 5;

          async send(mail: string): Promise<void> {
            if (this.sending >= this.limit) throw new Error("busy");
            this.sending++;
            try {
              await deliver(mail);
            } finally {
              this.sending--;
            }
          }
        }
      `,
    },
    limits: [
      "The state is a binding of the module or of an outer function, a field of this, an element of a map, set or record kept in one of these, or the size of such a collection where it is compared with a bound (max, limit, capacity and the like by its name).",
      "Silent where the state is looked at again after the await, where it or another flag that the function tests is changed before it, and under a lock or in a queue.",
      "Where the state is only set, a second one is refused with an error, or it is taken back later, or what is done in between must sound as if it did harm when done twice: create, send, charge and the like.",
      "Silent for what is set only where the work failed, and where a caught failure sets the same as success.",
      "Low confidence, and so not shown by default, for the flags of a class by the name of a handshake, and in functions of which a comment says that they are safe to call several times.",
      "Helpers of the class and of the module are read in place of their calls.",
      "Whether two calls can really overlap is not proven; functions of tests are left out.",
    ],
    references: ["A Comprehensive Study on Real World Concurrency Bugs in Node.js, ASE 2017"],
  },

  *check({ use }) {
    for (const check of use(staleChecks)) {
      const {
        function: model,
        target,
        kind,
        isCache,
        isRefused,
        isClaim,
        isByHelper,
        made,
        testedAt,
        awaitedAt,
        writtenAt,
      } = check;
      if (isCache || RUNS_ONCE.test(model.name)) continue;
      // A failure that gives up all that is under way sets the mark whatever it was.
      if (isByHelper && IS_OVER.test(target.text) && !ENDS.test(model.name)) continue;
      if (
        kind !== "value" &&
        !isRefused &&
        !isClaim &&
        !made.some((name) => HARMS_TWICE.test(name))
      )
        continue;
      const doubt =
        kind === "value"
          ? "two calls of MODEL can both pass the same test"
          : "two calls of MODEL can both find it unset";
      yield {
        at: writtenAt,
        message: `${target.text} is changed after an await on the strength of a test before it: ${doubt.replace("MODEL", model.name)}`,
        related: [
          { at: testedAt, note: `${target.text} is looked at here` },
          { at: awaitedAt, note: "here a second call can begin" },
        ],
        trace: check.trace,
        about: [writtenAt, testedAt],
        ...(isWeak(check) && { confidence: "low" }),
      };
    }
  },
});

function isWeak({ kind, function: { name, comment } }: StaleCheck): boolean {
  return (kind === "flag" && IS_A_PROTOCOL.test(name)) || SAID_TO_BE_SAFE.test(comment);
}
