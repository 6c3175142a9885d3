import { defineAnalysis } from "../../core/analysis.ts";
import type { Place, Span } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Callee, Operation, OperationOf, Value } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import type { AccessPath, FunctionId, Variable } from "../../model/path.ts";
import { type Program, program } from "../../model/program.ts";
import { STARTING } from "../goroutine-starts.ts";
import { mentionsOf } from "../mentions.ts";

/** A goroutine that ends a test, which only the goroutine of the test itself may do. */
export interface FatalInGoroutine {
  readonly at: Place;
  /** `t.Fatal`, `require.NoError`. */
  readonly call: string;
  readonly startedAt: Place;
  readonly by: "goroutine" | "handler";
}

/** A goroutine that uses a test which may be over. */
export interface OutlivingGoroutine {
  readonly at: Place;
  readonly call: string;
  readonly startedAt: Place;
  readonly returnAt: Place;
  readonly test: FunctionModel;
}

export interface TestGoroutines {
  readonly fatal: readonly FatalInGoroutine[];
  readonly outliving: readonly OutlivingGoroutine[];
}

/** Goroutines, and servers that start them. */
const INTEREST = new RegExp(`${STARTING.source}|\\bhttptest\\.New`);
const ENDING = /^testing\.(?:T|B|F|TB|common)\.(?:FailNow|Fatalf?|SkipNow|Skipf?)$/;
const SPEAKING = /^testing\.(?:T|B|F|TB|common)\.(?:Logf?|Errorf?|Fail|FailNow|Fatalf?)$/;
const REQUIRING = /(?:^|\/)testify\/require\.(?:Assertions\.)?(?!New$|Eventually|Never)\w+$/;
const ASSERTING = /(?:^|\/)testify\/(?:assert|require)\.(?:Assertions\.)?(?!New$)\w+$/;

/** Goroutines that tests start, and functions that a test server calls in goroutines of its own. */
export const testGoroutines = defineAnalysis("test goroutines", (use): TestGoroutines => {
  const functions = use(program);
  const fatal = new Map<string, FatalInGoroutine>();
  const outliving: OutlivingGoroutine[] = [];
  const subtests = new Set<FunctionId>();
  for (const { id, file } of functions.functionsWith(INTEREST)) {
    const model = functions.isJudged(file) ? functions.model(id) : undefined;
    if (!model || model.isDamaged) continue;
    for (const subtest of subtestsOf(model)) subtests.add(subtest);
    const spawns = operationsOf(model).filter((one) => one.kind === "spawn");
    const started = spawns.flatMap((spawn) => startedBy(spawn) ?? []);
    for (const one of model.isTest ? [...started, ...handlersOf(functions, model)] : started) {
      const [first] = fatalsIn(functions, model, one);
      if (first) fatal.set(`${first.at.file}:${first.at.start}`, first);
    }
    if (TEST.test(model.name) || subtests.has(id))
      outliving.push(...spawns.flatMap((spawn) => outlivingFrom(functions, model, spawn) ?? []));
  }
  return { fatal: [...fatal.values()], outliving };
});

/** Names of functions that the testing package runs. */
export const TEST = /^(?:Test|Benchmark|Fuzz)(?!\p{Ll})/u;
const RUNNING = /^testing\.[TB]\.Run$/;

/** Function literals that `t.Run` runs as tests of their own. */
function subtestsOf(model: FunctionModel): FunctionId[] {
  return operationsOf(model).flatMap((operation) =>
    operation.kind === "call" &&
    operation.callee.kind === "external" &&
    RUNNING.test(operation.callee.name)
      ? operation.arguments.flatMap((value) => (value.kind === "function" ? [value.function] : []))
      : [],
  );
}

interface Started {
  readonly function: FunctionId;
  readonly at: Span;
  readonly arguments: readonly Value[];
  readonly by: FatalInGoroutine["by"];
}

function startedBy(operation: Operation): Started | undefined {
  if (operation.kind !== "spawn" || operation.callee.kind !== "static") return undefined;
  const { callee, at, arguments: given } = operation;
  return { function: callee.function, at, arguments: given, by: "goroutine" };
}

const SERVERS = /^net\/http\/httptest\.New(?:TLS|Unstarted)?Server$/;
const HANDLING = /^net\/http\.(?:HandlerFunc|HandleFunc|ServeMux\.HandleFunc)$/;

/** Handlers written in place, `httptest.NewServer(http.HandlerFunc(func…))` or for the mux of such a server: the server calls them. */
function handlersOf(functions: Program, model: FunctionModel): Started[] {
  const calls = operationsOf(model).filter((one) => one.kind === "call");
  const servers = calls.filter(
    ({ callee }) => callee.kind === "external" && SERVERS.test(callee.name),
  );
  if (servers.length === 0) return [];
  return calls.flatMap(({ callee, at, arguments: given }): Started[] => {
    if (callee.kind !== "external" || !HANDLING.test(callee.name)) return [];
    const isServed = servers.some(
      (server) => server.at.start <= at.start && at.end <= server.at.end,
    );
    if (callee.name.endsWith("HandlerFunc") && !isServed) return [];
    return given.flatMap((value): Started[] =>
      value.kind === "function" && functions.header(value.function)?.role === "closure"
        ? [{ function: value.function, at, arguments: [], by: "handler" }]
        : [],
    );
  });
}

/** Calls that end the test of a variable from outside, in the goroutine and one call deep. */
function fatalsIn(functions: Program, model: FunctionModel, started: Started): FatalInGoroutine[] {
  return testCalls(functions, started, ENDING, REQUIRING).map(({ at, call }) => ({
    at,
    call,
    startedAt: { file: model.file, ...started.at },
    by: started.by,
  }));
}

interface TestCall {
  readonly at: Place;
  readonly call: string;
}

function testCalls(
  functions: Program,
  started: Started,
  methods: RegExp,
  asserting: RegExp,
): TestCall[] {
  const body = functions.model(started.function);
  if (!body || body.isDamaged) return [];
  const own = ownVariables(functions, body);
  const isOutside = (variable: Variable): boolean => {
    if (variable.declaredIn === body.id && variable.role === "parameter")
      return started.arguments[variable.index]?.kind === "path";
    return !own(variable);
  };
  const calls = bodiesOf(functions, body).flatMap((inner) =>
    operationsOf(inner).flatMap((operation): TestCall[] => {
      const test = operation.kind === "call" ? testOf(operation, methods, asserting) : undefined;
      if (!test || operation.kind !== "call") return [];
      const { root } = test;
      if (root.kind !== "variable" || !isOutside(root.variable)) return [];
      return [
        { at: { file: inner.file, ...operation.at }, call: callText(operation.callee, test) },
      ];
    }),
  );
  return calls.sort((left, right) => left.at.start - right.at.start);
}

/** The goroutine's function and the closures that it calls in place. */
function bodiesOf(functions: Program, body: FunctionModel): FunctionModel[] {
  const bodies = [body];
  for (const one of bodies) {
    for (const operation of operationsOf(one)) {
      if (operation.kind !== "call" || operation.callee.kind !== "static") continue;
      const inner = functions.header(operation.callee.function);
      const model = inner?.role === "closure" ? functions.model(inner.id) : undefined;
      if (model && !bodies.includes(model) && bodies.length < 20) bodies.push(model);
    }
  }
  return bodies;
}

/** Variables that the goroutine declares itself, in its function or a closure inside it: the test of a subtest, for instance. */
function ownVariables(functions: Program, body: FunctionModel): (variable: Variable) => boolean {
  return ({ declaredIn }) => {
    for (let at = declaredIn; at !== undefined; at = functions.header(at)?.enclosing)
      if (at === body.id) return true;
    return false;
  };
}

/** The test that a call speaks to: the receiver of `t.Fatal`, the first argument of `require.NoError(t, …)`. */
function testOf(
  { callee, arguments: [first] }: OperationOf<"call">,
  methods: RegExp,
  asserting: RegExp,
): AccessPath | undefined {
  if (callee.kind !== "external") return undefined;
  if (methods.test(callee.name))
    return callee.receiver?.kind === "path" ? callee.receiver.path : undefined;
  if (!asserting.test(callee.name)) return undefined;
  if (callee.receiver) return callee.receiver.kind === "path" ? callee.receiver.path : undefined;
  return first?.kind === "path" ? first.path : undefined;
}

function callText(callee: Callee, test: AccessPath): string {
  const name = callee.kind === "external" ? callee.name : "";
  // Promoted through the part that T and B have in common.
  const text = test.text.replace(/\.common$/, "");
  const method = name.slice(name.lastIndexOf(".") + 1);
  const owner = /require|assert/.exec(name.replace(/\.Assertions\./, "."))?.[0];
  return owner && !name.includes(".Assertions.") ? `${owner}.${method}` : `${text}.${method}`;
}

/** Calls after which a goroutine may well be over, by their names. */
const MAY_JOIN =
  /wait|join|close|stop|shut|done|sync|flush|cleanup|eventually|run$|serve|drain|finish|end$/i;

/** Nothing after the start of the goroutine could wait for it, on any path. */
function outlivingFrom(
  functions: Program,
  model: FunctionModel,
  spawn: OperationOf<"spawn">,
): OutlivingGoroutine | undefined {
  const started = spawn.group ? undefined : startedBy(spawn);
  const [call] = started ? testCalls(functions, started, SPEAKING, ASSERTING) : [];
  if (!call) return undefined;
  const others = operationsOf(model).filter((one) => one !== spawn);
  const isJoined =
    others.some((one) => mayJoin(functions, one)) ||
    model.blocks.some(({ end }) => end.kind === "select");
  const end = model.blocks.findLast((block) => block.end.kind === "return")?.end;
  if (isJoined || end?.kind !== "return") return undefined;
  const inFile = (at: Span): Place => ({ file: model.file, ...at });
  return { ...call, startedAt: inFile(spawn.at), returnAt: inFile(end.at), test: model };
}

function mayJoin(functions: Program, operation: Operation): boolean {
  switch (operation.kind) {
    case "receive":
    case "send":
    case "wait":
    case "acquire":
    case "cancel":
    case "escape":
      return true;
    case "defer":
      return operation.operations.some((deferred) => mayJoin(functions, deferred));
    case "call": {
      const { callee } = operation;
      if (callee.kind === "unknown" || callee.kind === "dynamic") return true;
      if (mentionsOf(operation).functions.some((id) => functions.header(id)?.role === "closure"))
        return true;
      return callee.kind === "static" || MAY_JOIN.test(callee.name);
    }
    default:
      return false;
  }
}
