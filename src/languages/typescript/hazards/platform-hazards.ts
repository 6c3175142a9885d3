import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import { annotationIn, hasToken, unwrapped } from "../nodes.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { isOfPromises } from "./promised-timers.ts";
import {
  ancestorOf,
  type Call,
  callAt,
  callsIn,
  initializerOf,
  keyText,
  mentions,
  modulesOfInterest,
  nodesOfKind,
  placeOf,
} from "./syntax.ts";

/** A stream of a file that is piped while nobody listens for its errors. */
export interface UnheardStreamError {
  readonly at: Place;
  readonly stream: string;
}

const PIPE_INTEREST = /\.pipe\s*\(/;

export const unheardStreamErrors = defineAnalysis("unheard stream errors", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, PIPE_INTEREST).flatMap((module) =>
    callsIn(module.tree).flatMap((call) => unheard(module, call, resolver) ?? []),
  );
});

function unheard(
  module: TypeScriptModule,
  { node, object, name }: Call,
  resolver: TypeScriptResolver,
): UnheardStreamError | undefined {
  const { tree } = module;
  if (name !== "pipe" || object === NONE || isDamaged(tree, node)) return undefined;
  const source = unwrapped(tree, object);
  const isInline = tree.kindOf(source) === "call_expression";
  const made = isInline
    ? { module, node: source }
    : initializerOf(resolver, { module, node: source });
  if (!made || made.module !== module) return undefined;
  const call = tree.kindOf(made.node) === "call_expression" ? callAt(tree, made.node) : undefined;
  if (call?.name !== "createReadStream" || isHeard(module, source, isInline, resolver))
    return undefined;
  return { at: placeOf(module, object), stream: expressionName(tree, source) };
}

/** Whether the stream has a listener for errors, or somebody else has the stream. */
function isHeard(
  module: TypeScriptModule,
  source: NodeId,
  isInline: boolean,
  resolver: TypeScriptResolver,
): boolean {
  if (isInline) return false;
  const { tree } = module;
  const variable = resolver.variableAt({ module, node: source });
  return (variable?.references() ?? []).some((use) => {
    const member = tree.parentOf(use);
    if (tree.kindOf(member) !== "member_expression") return true;
    const call = callAt(tree, tree.parentOf(member));
    const [event] = call?.given ?? [];
    return (
      event !== undefined &&
      /^(?:on|once|addListener)$/.test(call?.name ?? "") &&
      /error|close/.test(tree.textOf(event))
    );
  });
}

/** A function is given a signal, and makes a request that it does not stop. */
export interface DroppedSignal {
  readonly at: Place;
  readonly name: string;
  readonly signal: string;
  readonly signalAt: Place;
}

const SIGNAL_INTEREST = /\bfetch\s*\(|["'](?:node:)?timers\/promises["']|["']axios["']/;
const AXIOS_METHODS: ReadonlySet<string> = new Set("get delete head options".split(" "));
const AXIOS_BODIES: ReadonlySet<string> = new Set("post put patch".split(" "));
const CLEANUP: ReadonlySet<string> = new Set(["catch_clause", "finally_clause"]);

export const droppedSignals = defineAnalysis("dropped signals", (use) =>
  modulesOfInterest(use, SIGNAL_INTEREST).flatMap((module) =>
    callsIn(module.tree).flatMap((call) => dropped(module, call) ?? []),
  ),
);

function dropped(module: TypeScriptModule, call: Call): DroppedSignal | undefined {
  const { tree } = module;
  const optionsAt = optionsIndex(tree, call);
  if (optionsAt === undefined || call.given.length === 0) return undefined;
  const around = enclosingFunction(tree, call.node);
  const signal = around === NONE ? NONE : signalParameter(tree, around);
  if (signal === NONE || isDamaged(tree, call.node)) return undefined;
  const options = call.given[optionsAt];
  // Options that come from elsewhere may have it.
  const isOpen =
    options !== undefined &&
    (tree.kindOf(options) !== "object" || tree.childOfKind(options, "spread_element") !== NONE);
  if (isOpen || /\bsignal\b/i.test(tree.textOf(call.node))) return undefined;
  if (ancestorOf(tree, call.node, CLEANUP, around) !== NONE) return undefined;
  return {
    at: placeOf(module, call.node),
    name: expressionName(tree, call.node),
    signal: tree.textOf(signal),
    signalAt: placeOf(module, signal),
  };
}

/** Which argument takes the signal: of fetch, of `setTimeout` of timers/promises, and of axios; undefined for other calls. */
function optionsIndex(tree: Tree, { object, name, nameAt }: Call): number | undefined {
  if (object === NONE) {
    if (name === "fetch") return 1;
    return isOfPromises(tree, nameAt) ? 2 : undefined;
  }
  if (tree.textOf(object) !== "axios" || !/["']axios["']/.test(tree.text)) return undefined;
  if (AXIOS_METHODS.has(name)) return 1;
  return AXIOS_BODIES.has(name) ? 2 : undefined;
}

/** A parameter of type AbortSignal, one called `signal` without a type, or `signal` taken out of an object. */
function signalParameter(tree: Tree, around: NodeId): NodeId {
  const list = tree.childIn(around, "parameters");
  for (const parameter of list === NONE ? [] : tree.namedChildren(list)) {
    const pattern = tree.childIn(parameter, "pattern");
    const taken = pattern === NONE ? NONE : signalTaken(tree, pattern);
    if (taken !== NONE) return taken;
    if (pattern === NONE || tree.kindOf(pattern) !== "identifier") continue;
    const annotation = annotationIn(tree, parameter, "type");
    const isSignal =
      annotation === NONE
        ? /^(?:abortSignal|signal)$/.test(tree.textOf(pattern))
        : /^AbortSignal\b/.test(tree.textOf(annotation));
    if (isSignal) return pattern;
  }
  return NONE;
}

/** `signal` of `({ url, signal })`. */
function signalTaken(tree: Tree, pattern: NodeId): NodeId {
  if (tree.kindOf(pattern) !== "object_pattern") return NONE;
  const taken = tree
    .namedChildren(pattern)
    .find(
      (node) =>
        tree.kindOf(node) === "shorthand_property_identifier_pattern" &&
        /^(?:abortSignal|signal)$/.test(tree.textOf(node)),
    );
  return taken ?? NONE;
}

/** A file that is looked at, and then made or removed as if nobody could come between. */
export interface FileRace {
  readonly at: Place;
  readonly checkedAt: Place;
  readonly check: string;
  readonly use: string;
}

const FILE_INTEREST = /\b(?:access|stat|lstat|pathExists|exists)\s*\(/;
const CHECKS: ReadonlySet<string> = new Set(["access", "stat", "lstat", "pathExists", "exists"]);
const USES: ReadonlySet<string> = new Set([
  "writeFile",
  "appendFile",
  "unlink",
  "rename",
  "copyFile",
  "mkdir",
  "rmdir",
  "symlink",
  "link",
]);

export const fileRaces = defineAnalysis("file races", (use) =>
  modulesOfInterest(use, FILE_INTEREST).flatMap((module) => {
    const { tree } = module;
    const calls = callsIn(tree).filter(
      ({ node, given }) => given.length > 0 && isAwaited(tree, node),
    );
    const checks = calls.filter(
      ({ name, object }) => CHECKS.has(name) && isFileSystem(tree, object, name),
    );
    return checks.flatMap((check) => raceAfter(module, check, calls) ?? []);
  }),
);

/** The first use of the path that the check decides about: in the branch of an `if`, or after it, in the same function. */
function raceAfter(
  module: TypeScriptModule,
  check: Call,
  calls: readonly Call[],
): FileRace | undefined {
  const { tree } = module;
  const path = keyText(tree, check.given[0] as NodeId);
  const around = enclosingFunction(tree, check.node);
  const decides = ancestorOf(tree, check.node, new Set(["if_statement"]), around);
  if (decides === NONE || check.node > tree.childIn(decides, "consequence")) return undefined;
  const found = calls.find(
    ({ node, name, object, given }) =>
      node > check.node &&
      node < tree.afterSubtree(decides) &&
      USES.has(name) &&
      isFileSystem(tree, object, name) &&
      keyText(
        tree,
        given[
          name === "rename" || name === "copyFile" || name.endsWith("link") ? given.length - 1 : 0
        ] as NodeId,
      ) === path &&
      enclosingFunction(tree, node) === around &&
      // Told to make do with what is there, or to fail when it is.
      !/recursive|flag|force|COPYFILE_EXCL|wx/.test(tree.textOf(node)),
  );
  if (!found || isDamaged(tree, found.node)) return undefined;
  return {
    at: placeOf(module, found.node),
    checkedAt: placeOf(module, check.node),
    check: expressionName(tree, check.node),
    use: expressionName(tree, found.node),
  };
}

function isAwaited(tree: Tree, node: NodeId): boolean {
  return tree.kindOf(tree.parentOf(node)) === "await_expression";
}

function isFileSystem(tree: Tree, object: NodeId, name: string): boolean {
  if (object === NONE)
    return name === "pathExists" || /from\s+["'](?:node:)?fs\/promises["']/.test(tree.text);
  return /^(?:fs|fsp|fse|fsPromises|promises|fs\.promises)$/.test(keyText(tree, object));
}

/** Shared memory that is changed without Atomics, or waited for where nobody may wait. */
export interface SharedMemoryHazard {
  readonly kind: "race" | "wait";
  readonly at: Place;
  readonly name: string;
  readonly isAsync: boolean;
}

const MEMORY_INTEREST = /\bSharedArrayBuffer\b|\bAtomics\s*\.\s*wait\s*\(|\bworkerData\b/;
const WORKER =
  /\bparentPort\b|\bisMainThread\b|\bworkerData\b|\bself\.onmessage\b|\bimportScripts\b|\bDedicatedWorkerGlobalScope\b/;

export const sharedMemoryHazards = defineAnalysis("shared memory hazards", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, MEMORY_INTEREST).flatMap((module) => [
    ...waits(module),
    ...updates(module, resolver),
  ]);
});

function waits(module: TypeScriptModule): SharedMemoryHazard[] {
  const { tree, path } = module;
  if (WORKER.test(tree.text) || /worker/i.test(path)) return [];
  const isBrowser = /\bdocument\.|\bwindow\./.test(tree.text);
  return callsIn(tree).flatMap(({ node, object, name }): SharedMemoryHazard[] => {
    if (name !== "wait" || object === NONE || tree.textOf(object) !== "Atomics") return [];
    const around = enclosingFunction(tree, node);
    const isAsync = around !== NONE && hasToken(tree, around, "async");
    if (!isAsync && !isBrowser) return [];
    return [{ kind: "wait", at: placeOf(module, node), name: "Atomics.wait", isAsync }];
  });
}

/** `view[0]++`, `view[i] += n` on a view of memory that a worker has too, in code without any lock made of Atomics. */
function updates(module: TypeScriptModule, resolver: TypeScriptResolver): SharedMemoryHazard[] {
  const { tree } = module;
  if (/\bAtomics\s*\.\s*(?:wait|notify|compareExchange|exchange)\b/.test(tree.text)) return [];
  if (!/\bWorker\b|\bpostMessage\b/.test(tree.text) && !WORKER.test(tree.text)) return [];
  const targets = [
    ...nodesOfKind(tree, "update_expression").map((node) => tree.childIn(node, "argument")),
    ...nodesOfKind(tree, "augmented_assignment_expression").map((node) =>
      tree.childIn(node, "left"),
    ),
  ];
  return targets.flatMap((target): SharedMemoryHazard[] => {
    if (target === NONE || tree.kindOf(target) !== "subscript_expression") return [];
    const view = tree.childIn(target, "object");
    if (!isSharedView(module, view, resolver) || isDamaged(tree, target)) return [];
    const at = placeOf(module, tree.parentOf(target));
    return [{ kind: "race", at, name: tree.textOf(target), isAsync: false }];
  });
}

/** `new Int32Array(shared)` of a SharedArrayBuffer, or of what a worker was given. */
function isSharedView(
  module: TypeScriptModule,
  view: NodeId,
  resolver: TypeScriptResolver,
): boolean {
  const made = initializerOf(resolver, { module, node: view });
  if (!made || made.module.tree.kindOf(made.node) !== "new_expression") return false;
  const { tree } = made.module;
  const call = callAt(tree, made.node);
  const [buffer] = call?.given ?? [];
  if (
    !/^(?:Big)?(?:Int|Uint|Float)\d+(?:Clamped)?Array$/.test(call?.name ?? "") ||
    buffer === undefined
  )
    return false;
  if (/\bSharedArrayBuffer\b/.test(tree.textOf(buffer)) || mentions(tree, buffer, "workerData"))
    return true;
  const from = initializerOf(resolver, { module: made.module, node: buffer });
  return (
    from !== undefined &&
    /^new SharedArrayBuffer\b|\bworkerData\b/.test(from.module.tree.textOf(from.node))
  );
}
