import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import { namedNodes, unwrapped } from "../nodes.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { scopesOf } from "../scopes.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import {
  type Call,
  callAt,
  callsIn,
  initializerOf,
  isFunctionLiteral,
  isWithin,
  keyText,
  modulesOfInterest,
  nodesOfKind,
  placeOf,
} from "./syntax.ts";

type Uncopied = "function" | "symbol" | "promise" | "weak collection";

/** A message to a worker that cannot arrive as it was meant. */
export interface WorkerMessageMisuse {
  readonly at: Place;
  /** What cannot be copied, so that the call throws; `transferred`: used after it was given away. */
  readonly kind: Uncopied | "transferred";
  /** What is sent, or used: `onDone`, `buffer`. */
  readonly name: string;
  /** The call that sends, for what is used later. */
  readonly sentAt: Place;
}

const POSTING = /\.postMessage\s*\(|\bworkerData\s*:/;

/** Functions in messages of workers and ports, and buffers that are used after they were transferred, in order. */
export const workerMessageMisuses = defineAnalysis("worker message misuses", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, POSTING).flatMap((module) =>
    [
      ...callsIn(module.tree).flatMap((call) =>
        call.name === "postMessage" && isPort(module, call, resolver)
          ? [
              ...uncopiedIn(module, call.node, call.given[0], resolver),
              ...usesAfter(module, call, resolver),
            ]
          : [],
      ),
      ...firstData(module, resolver),
    ].sort((one, other) => one.at.start - other.at.start),
  );
});

/** `new Worker(script, { workerData })` is copied like a message. */
function firstData(module: TypeScriptModule, resolver: TypeScriptResolver): WorkerMessageMisuse[] {
  const { tree } = module;
  return nodesOfKind(tree, "new_expression").flatMap((node) => {
    const made = callAt(tree, node);
    const options = made?.name === "Worker" ? made.given[1] : undefined;
    if (options === undefined || tree.kindOf(options) !== "object" || isDamaged(tree, node))
      return [];
    const data = namedNodes(tree, options).find(
      (pair) =>
        tree.kindOf(pair) === "pair" && tree.textOf(tree.childIn(pair, "key")) === "workerData",
    );
    return uncopiedIn(module, node, data && tree.childIn(data, "value"), resolver);
  });
}

const PORT = /(?:^|[._])(?:worker\w*|\w*Worker|parentPort|\w*[pP]ort\d?|channel|\w*Channel)$/;
const MADE = /^(?:Worker|SharedWorker|BroadcastChannel|MessageChannel)$/;

function isPort(
  module: TypeScriptModule,
  { object, node }: Call,
  resolver: TypeScriptResolver,
): boolean {
  const { tree } = module;
  if (object === NONE || isDamaged(tree, node)) return false;
  const made = initializerOf(resolver, { module, node: object });
  const name = made ? callAt(made.module.tree, made.node)?.name : undefined;
  if (made?.module.tree.kindOf(made.node) === "new_expression") return MADE.test(name ?? "");
  // A name tells only where the file has to do with workers.
  return (
    PORT.test(keyText(tree, object)) &&
    /\bworker_threads\b|\bnew (?:Shared)?Worker\(/.test(tree.text)
  );
}

/** `{ type: "run", onDone: () => … }`: structured cloning throws on functions, symbols, promises and weak collections. */
function uncopiedIn(
  module: TypeScriptModule,
  sent: NodeId,
  message: NodeId | undefined,
  resolver: TypeScriptResolver,
): WorkerMessageMisuse[] {
  const { tree } = module;
  if (message === undefined) return [];
  const found: WorkerMessageMisuse[] = [];
  const open = [unwrapped(tree, message)];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === NONE) continue;
    const kind = tree.kindOf(at);
    const uncopied = kind === "method_definition" ? "function" : uncopiedKind(module, at, resolver);
    if (uncopied) {
      const owner = tree.parentOf(at);
      const named = kind === "method_definition" ? tree.childIn(at, "name") : NONE;
      const key = tree.kindOf(owner) === "pair" ? tree.childIn(owner, "key") : named;
      found.push({
        at: placeOf(module, key === NONE ? at : key),
        kind: uncopied,
        name: key === NONE ? unnamed(tree, at) : tree.textOf(key),
        sentAt: placeOf(module, sent),
      });
    } else if (kind === "object" || kind === "array") open.push(...namedNodes(tree, at));
    else if (kind === "pair") open.push(unwrapped(tree, tree.childIn(at, "value")));
  }
  return found.reverse();
}

function unnamed(tree: Tree, node: NodeId): string {
  return isFunctionLiteral(tree, node) ? "this" : expressionName(tree, node);
}

/** What a value is that structured cloning refuses, by what is written: a literal, the name of a function, a call, `new WeakMap()`. */
function uncopiedKind(
  module: TypeScriptModule,
  node: NodeId,
  resolver: TypeScriptResolver,
): Uncopied | undefined {
  const { tree } = module;
  if (isFunctionLiteral(tree, node)) return "function";
  switch (tree.kindOf(node)) {
    case "identifier":
    case "shorthand_property_identifier":
      return isNameOfFunction(tree, node) ? "function" : undefined;
    case "new_expression": {
      const made = tree.textOf(tree.childIn(node, "constructor"));
      if (made === "Promise") return "promise";
      return /^Weak(?:Map|Set|Ref)$/.test(made) ? "weak collection" : undefined;
    }
    case "call_expression":
      if (/^Symbol(?:\.for)?$/.test(tree.textOf(tree.childIn(node, "function")))) return "symbol";
      return resolver.isPromise({ module, node }) === "yes" ? "promise" : undefined;
    default:
      return undefined;
  }
}

function isNameOfFunction(tree: Tree, name: NodeId): boolean {
  const declared = scopesOf(tree).bindingAt(name)?.declarations ?? [];
  const [only] = declared;
  if (declared.length !== 1 || !only) return false;
  if (/^(?:generator_)?function_declaration$/.test(tree.kindOf(only.node))) return true;
  if (tree.kindOf(only.node) !== "variable_declarator") return false;
  if (!/^const\b/.test(tree.textOf(tree.parentOf(only.node)))) return false;
  const value = tree.childIn(only.node, "value");
  return value !== NONE && isFunctionLiteral(tree, unwrapped(tree, value));
}

/** `worker.postMessage(pixels, [pixels.buffer]); draw(pixels);`: what was transferred is empty here. */
function usesAfter(
  module: TypeScriptModule,
  { node, given }: Call,
  resolver: TypeScriptResolver,
): WorkerMessageMisuse[] {
  const { tree } = module;
  const list = given[1] === undefined ? NONE : transferList(tree, given[1]);
  if (list === NONE) return [];
  const statement = tree.parentOf(node);
  const block = tree.parentOf(statement);
  if (tree.kindOf(statement) !== "expression_statement") return [];
  return namedNodes(tree, list).flatMap((element): WorkerMessageMisuse[] => {
    const base = baseOf(tree, element);
    const variable = base === NONE ? undefined : resolver.variableAt({ module, node: base });
    if (!variable || variable.isReassigned()) return [];
    const later = variable
      .references()
      .filter(
        (use) =>
          use >= tree.afterSubtree(statement) &&
          isWithin(tree, use, block) &&
          enclosingFunction(tree, use) === enclosingFunction(tree, node),
      );
    // Ports have methods of their own, and images and streams tell that they are gone.
    const use = later.find((at) => isData(tree, at));
    if (use === undefined) return [];
    return [
      {
        at: placeOf(module, use),
        kind: "transferred",
        name: variable.name,
        sentAt: placeOf(module, node),
      },
    ];
  });
}

/** The array of `postMessage(message, [buffer])` or `postMessage(message, { transfer: [buffer] })`. */
function transferList(tree: Tree, argument: NodeId): NodeId {
  const node = unwrapped(tree, argument);
  if (tree.kindOf(node) === "array") return node;
  if (tree.kindOf(node) !== "object") return NONE;
  for (const pair of namedNodes(tree, node)) {
    if (tree.kindOf(pair) !== "pair" || tree.textOf(tree.childIn(pair, "key")) !== "transfer")
      continue;
    const value = unwrapped(tree, tree.childIn(pair, "value"));
    return tree.kindOf(value) === "array" ? value : NONE;
  }
  return NONE;
}

/** `pixels` of `pixels` and `pixels.buffer`. */
function baseOf(tree: Tree, element: NodeId): NodeId {
  const node = unwrapped(tree, element);
  if (node === NONE) return NONE;
  if (tree.kindOf(node) === "identifier") return node;
  if (tree.kindOf(node) !== "member_expression") return NONE;
  if (tree.textOf(tree.childIn(node, "property")) !== "buffer") return NONE;
  const object = unwrapped(tree, tree.childIn(node, "object"));
  return tree.kindOf(object) === "identifier" ? object : NONE;
}

const READING = /^(?:byteLength|length|slice|subarray|set|fill|at|buffer|forEach|map)$/;

/** Whether its bytes are asked for. */
function isData(tree: Tree, use: NodeId): boolean {
  const parent = tree.parentOf(use);
  if (tree.kindOf(parent) === "subscript_expression") return tree.childIn(parent, "object") === use;
  return (
    tree.kindOf(parent) === "member_expression" &&
    tree.childIn(parent, "object") === use &&
    READING.test(tree.textOf(tree.childIn(parent, "property")))
  );
}

/** A worker or process that is started for each call of a function, and of whose failure nobody hears, or that nobody ends. */
export interface LeakedWorker {
  readonly at: Place;
  readonly name: string;
  readonly kind: "unheard" | "running";
}

const STARTING = /\b(?:spawn|fork)\s*\(|\bnew Worker\s*\(/;
/** In these a crash is an error message. */
const SCRIPT = /(?:^|\/)(?:scripts?|bin|cli|tools?|bench\w*)\//i;

/**
 * `const child = spawn(…)` whose end settles a promise, without a listener for `error`; and a `Worker` of the browser that lives in a
 * constant of a function that never ends it. Silent where somebody else gets hold of it.
 */
export const leakedWorkers = defineAnalysis("leaked workers", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, STARTING).flatMap((module) =>
    SCRIPT.test(module.path)
      ? []
      : nodesOfKind(module.tree, "variable_declarator").flatMap(
          (declarator) => leaked(module, declarator, resolver) ?? [],
        ),
  );
});

function leaked(
  module: TypeScriptModule,
  declarator: NodeId,
  resolver: TypeScriptResolver,
): LeakedWorker | undefined {
  const { tree } = module;
  const name = tree.childIn(declarator, "name");
  const value = unwrapped(tree, tree.childIn(declarator, "value"));
  if (value === NONE || tree.kindOf(name) !== "identifier" || isDamaged(tree, declarator))
    return undefined;
  if (enclosingFunction(tree, declarator) === NONE) return undefined;
  const isNew = tree.kindOf(value) === "new_expression";
  const made = isNew || tree.kindOf(value) === "call_expression" ? callAt(tree, value) : undefined;
  const starts = isNew ? /^Worker$/ : /^(?:spawn|fork)$/;
  if (!made || !starts.test(made.name)) return undefined;
  const variable = resolver.variableAt({ module, node: name });
  if (variable?.kind !== "const") return undefined;
  const uses = variable.references().map((use) => memberUsed(tree, use));
  if (uses.includes(undefined)) return undefined;
  const found = (kind: LeakedWorker["kind"]): LeakedWorker => ({
    at: placeOf(module, value),
    name: expressionName(tree, value),
    kind,
  });
  const events = variable.references().flatMap((use) => eventHeard(tree, use) ?? []);
  if (isOfNode(tree.text)) {
    // Node itself is there.
    if (made.name !== "Worker" && startsNode(tree, made)) return undefined;
    const isWaitedFor = events.some((event) => /^(?:close|exit|message)$/.test(event));
    return isWaitedFor && !events.includes("error") ? found("unheard") : undefined;
  }
  const isEnded = uses.some((use) => /^(?:terminate|close|unref|port)$/.test(use ?? ""));
  return isNew && !isEnded ? found("running") : undefined;
}

/** `fork(script)`, `spawn(process.execPath, …)`. */
function startsNode(tree: Tree, { name, node, given: [program] }: Call): boolean {
  if (name === "fork") return !/\bexecPath\b/.test(tree.textOf(node));
  return (
    program !== undefined && /^process\.(?:execPath|argv0|argv\[0\])$/.test(tree.textOf(program))
  );
}

function isOfNode(text: string): boolean {
  return /["'](?:node:)?(?:worker_threads|child_process|cluster)["']/.test(text);
}

/** `terminate` of `worker.terminate()`; undefined where somebody else gets it. */
function memberUsed(tree: Tree, use: NodeId): string | undefined {
  const parent = tree.parentOf(use);
  if (tree.kindOf(parent) !== "member_expression" || tree.childIn(parent, "object") !== use)
    return undefined;
  return tree.textOf(tree.childIn(parent, "property"));
}

/** `exit` of `child.on("exit", …)`. */
function eventHeard(tree: Tree, use: NodeId): string | undefined {
  const call = callAt(tree, tree.parentOf(tree.parentOf(use)));
  const [event] = call && /^(?:on|once|addListener)$/.test(call.name) ? call.given : [];
  return event === undefined ? undefined : tree.textOf(event).slice(1, -1);
}
