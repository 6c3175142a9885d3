import {
  type Confidence,
  defineRule,
  type LazyInitialization,
  lazyInitializations,
  source,
} from "#kit";

/** Two of what such a function makes are one too many: connections, servers, processes. */
const MAKES_A_RESOURCE =
  /(^|\.)[_#]?(create|connect|dial|open|start|launch|listen|init|spawn|acquire|register|build|make|establish|setup|boot|subscribe|login|sign)/i;

/** A second one is only work done twice: what is read, looked up or worked out is the same for both calls. */
const MAKES_A_COPY =
  /(^|\.)(all|allSettled|json|text|arrayBuffer|blob|bytes|parse|stringify|get|version|toString|trim|map|filter|find|exists|String|Number|Boolean|Date|Map|Set|Array|Object|_?(check|read|resolve|is|has|detect|stat|hash|count)([A-Z]\w*)?)$/;

/** What is used up, made by `new`, or has a name of which one should be enough. */
const MAKES_A_THING =
  /(^|\.)(_?(next|shift|pop|take|dequeue|generate|load|post|send|request)([A-Z]\w*)?|[A-Z]\w*)$/;
const IS_A_THING =
  /conn|client|session|browser|socket|server|pool|channel|consumer|producer|worker|process(?!ed|ing)|driver|transport|stream|container|instance|handles?$|subscri|token|(?<![bc])lock|timer|watcher|listener|db$|database/i;

/** A context that is made; one that is asked for is the one that there is, often a mere name. */
const IS_A_CONTEXT = /^(?!get).*context/i;

export default defineRule({
  id: "ts/lazy-init-race",
  group: "races",
  severity: "error",
  since: "0.1.0",
  interest: /\bawait\b/,

  docs: {
    summary: "Shared state that is tested, and set after an await, so that two calls both set it",
    why: "While the first call waits, a second one finds the state unset too. Both make what it stands for: two connections, two servers, two loads; one of them is lost, and nobody closes it.",
    instead:
      "Store the promise before waiting for it (`this.client ??= connect()`), and await the stored promise everywhere.",
    bad: {
      "two callers open two connections": source`
        let client: WebSocket | undefined;

        declare function connect(): Promise<WebSocket>;

        export async function getClient(): Promise<WebSocket> {
          if (!client) {
            client = await connect(); // want "two calls of getClient can both find client unset"
          }
          return client;
        }
      `,
    },
    good: {
      "the promise is stored, and both callers wait for it": source`
        let client: Promise<WebSocket> | undefined;

        declare function connect(): Promise<WebSocket>;

        export async function getClient(): Promise<WebSocket> {
          client ??= connect();
          return await client;
        }
      `,
    },
    limits: [
      "The state is a binding of the module or of an outer function, or a field of this; parameters and what hangs on them are the caller's.",
      "Silent where the state is tested again after the await, where another flag or promise that the function tests is stored before it, and under a lock or in a queue.",
      "Whether two calls can really overlap is not proven; functions of tests are left out.",
      "Silent where only modules are awaited (`import()`): they are loaded once, and are the same for every call.",
      "Low confidence, and so not shown by default, where what is set is only read or worked out, as by JSON.parse(), response.text() or readFile(), or is a part of what was awaited: made twice, it is the same. The same goes for what is fetched, unless it is named as something of which one should be enough (a client, a session, a token).",
      "Maps and caches by key belong to another rule.",
    ],
    references: ["A Comprehensive Study on Real World Concurrency Bugs in Node.js, ASE 2017"],
  },

  *check({ use }) {
    for (const race of use(lazyInitializations)) {
      const { function: model, target, testedAt, awaitedAt, writtenAt } = race;
      const isResource = kindOf(race) === "resource";
      yield {
        at: writtenAt,
        message: `two calls of ${model.name} can both find ${target.text} unset and set it: what the first one made is lost`,
        severity: isResource ? "error" : "warning",
        confidence: CONFIDENCE[kindOf(race)],
        related: [
          { at: testedAt, note: `${target.text} is tested here` },
          { at: awaitedAt, note: "here a second call can begin" },
        ],
        trace: race.trace,
        about: [writtenAt, testedAt],
      };
    }
  },
});

const CONFIDENCE = { resource: "high", thing: "medium", copy: "low" } as const satisfies Record<
  string,
  Confidence
>;

function kindOf(race: LazyInitialization): keyof typeof CONFIDENCE {
  const { made = "", isPart, isDerived, target } = race;
  if (isPart || MAKES_A_COPY.test(made)) return "copy";
  if (MAKES_A_RESOURCE.test(made)) return "resource";
  if (isDerived && /(^|\.)_?(generate|load)[A-Z]/.test(made)) return "copy";
  const method = methodOf(made);
  const isThing =
    MAKES_A_THING.test(made) ||
    IS_A_THING.test(method) ||
    IS_A_CONTEXT.test(method) ||
    IS_A_THING.test(target.text);
  return isThing ? "thing" : "copy";
}

/** The name without the class: that a container has a method makes no container of what it gives. */
function methodOf(made: string): string {
  return made.slice(made.lastIndexOf(".") + 1);
}
