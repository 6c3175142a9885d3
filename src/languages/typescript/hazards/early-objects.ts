import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { firstNamed, hasToken, namedNodes, unwrapped } from "../nodes.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { isSharedPlace } from "./order.ts";
import {
  awaitsIn,
  callAt,
  keyText,
  mentions,
  modulesOfInterest,
  nodesOfKind,
  placeOf,
} from "./syntax.ts";

/** A shared object that others find before it is opened, connected or loaded. */
export interface EarlyObject {
  readonly place: string;
  /** The call that makes it ready: `client.connect`. */
  readonly opening: string;
  readonly testedAt: Place;
  readonly setAt: Place;
  readonly awaitedAt: Place;
  readonly around: string;
}

const INTEREST = /\bnew\b[\s\S]*\bawait\b|\bawait\b[\s\S]*\bnew\b/;
/** Calls that an object is of no use without. */
const OPENS =
  /^_?(?:async)?(?:connect|init|initiali[sz]e|open|load|start|boot|bootstrap|set_?up|prepare|authenticate|login|logIn|hydrate|listen|launch|restore|migrate|handshake|join|ready|whenReady|waitUntilReady|waitForReady|waitForConnection)(?:Async)?$/i;
const KEEPS_OUT =
  /\.(?:runExclusive|acquire|withLock|lock|wait)\(|\block\(|\b(?:mutex|semaphore|queue)\b/i;

/**
 * `if (this.client) return this.client; this.client = new Client(); await this.client.connect(); return this.client;`, and the form that
 * opens inside of `if (!this.client)`, for fields, names from outside of the function and elements of maps. Silent under a lock.
 */
export const earlyObjects = defineAnalysis("early objects", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, INTEREST).flatMap((module) =>
    nodesOfKind(module.tree, "if_statement").flatMap(
      (test) => earlyAt(module, test, resolver) ?? [],
    ),
  );
});

function earlyAt(
  module: TypeScriptModule,
  test: NodeId,
  resolver: TypeScriptResolver,
): EarlyObject | undefined {
  const { tree } = module;
  const around = enclosingFunction(tree, test);
  const block = tree.parentOf(test);
  if (around === NONE || !hasToken(tree, around, "async") || isDamaged(tree, test))
    return undefined;
  if (tree.parentOf(block) !== around || tree.childIn(test, "alternative") !== NONE)
    return undefined;
  if (KEEPS_OUT.test(tree.textOf(around))) return undefined;
  const condition = unwrapped(tree, tree.childIn(test, "condition"));
  const isNegated = tree.kindOf(condition) === "unary_expression" && hasToken(tree, condition, "!");
  const looked = unwrapped(tree, isNegated ? tree.childIn(condition, "argument") : condition);
  const place = looked === NONE ? undefined : lookedAt(module, looked, resolver);
  if (!place) return undefined;
  const taken = tree.childIn(test, "consequence");
  const after = namedNodes(tree, block).filter((statement) => statement > test);
  const isBranch = isNegated && tree.kindOf(taken) === "statement_block";
  if (!isBranch && (isNegated || !handsOutAtOnce(tree, taken, place))) return undefined;
  const opened = openedIn(module, isBranch ? namedNodes(tree, taken) : after, place, resolver);
  if (!opened) return undefined;
  const rest = after.filter((statement) => statement > opened.awaited);
  if (!isHandedOut(tree, rest, opened.names)) return undefined;
  const name = tree.kindOf(around) === "arrow_function" ? NONE : tree.childIn(around, "name");
  return {
    place: place.text,
    opening: opened.opening,
    testedAt: placeOf(module, condition),
    setAt: placeOf(module, opened.set),
    awaitedAt: placeOf(module, opened.awaited),
    around: name === NONE ? "the function" : tree.textOf(name),
  };
}

/** What is looked up: a shared name or field, or an element of a shared map by its key. */
interface Looked {
  readonly text: string;
  /** The names under which it is known here: the place itself, and a constant that holds it. */
  readonly names: readonly string[];
  readonly map: string | undefined;
}

function lookedAt(
  module: TypeScriptModule,
  node: NodeId,
  resolver: TypeScriptResolver,
): Looked | undefined {
  const { tree } = module;
  if (tree.kindOf(node) === "call_expression") return elementOf(module, node, resolver, []);
  if (isSharedPlace(module, node, resolver)) {
    const text = keyText(tree, node);
    return { text, names: [text], map: undefined };
  }
  if (tree.kindOf(node) !== "identifier") return undefined;
  const variable = resolver.variableAt({ module, node });
  if (!variable || variable.declaration.module !== module) return undefined;
  const declarator = tree.parentOf(variable.declaration.node);
  if (tree.kindOf(declarator) !== "variable_declarator") return undefined;
  const value = unwrapped(tree, tree.childIn(declarator, "value"));
  if (value === NONE || tree.kindOf(value) !== "call_expression") return undefined;
  return elementOf(module, value, resolver, [tree.textOf(node)]);
}

/** `map.get(key)`, `map.has(key)` of a shared map. */
function elementOf(
  module: TypeScriptModule,
  node: NodeId,
  resolver: TypeScriptResolver,
  names: readonly string[],
): Looked | undefined {
  const { tree } = module;
  const call = callAt(tree, node);
  if (!call || call.object === NONE || !/^(?:get|has)$/.test(call.name)) return undefined;
  const [key, ...others] = call.given;
  if (key === undefined || others.length > 0) return undefined;
  if (!isSharedPlace(module, unwrapped(tree, call.object), resolver)) return undefined;
  const map = keyText(tree, call.object);
  const found = `${map}.get(${keyText(tree, key)})`;
  return { text: found, names: [...names, found], map };
}

/** `return found`, without a wait. */
function handsOutAtOnce(tree: Tree, taken: NodeId, { names }: Looked): boolean {
  const statement =
    tree.kindOf(taken) === "statement_block" ? namedNodes(tree, taken).at(-1) : taken;
  if (statement === undefined || tree.kindOf(statement) !== "return_statement") return false;
  const value = firstNamed(tree, statement);
  return (
    value !== NONE && awaitsIn(tree, taken).length === 0 && names.includes(keyText(tree, value))
  );
}

interface Opened {
  readonly set: NodeId;
  readonly awaited: NodeId;
  readonly opening: string;
  readonly names: readonly string[];
}

/** The object is made and stored, and then opened: `this.client = new Client(); await this.client.connect();` */
function openedIn(
  module: TypeScriptModule,
  statements: readonly NodeId[],
  place: Looked,
  resolver: TypeScriptResolver,
): Opened | undefined {
  const { tree } = module;
  for (const [index, statement] of statements.entries()) {
    if (tree.kindOf(statement) !== "expression_statement") continue;
    const stored = storedBy(tree, unwrapped(tree, firstNamed(tree, statement)), place);
    if (stored === undefined) continue;
    if (!isMadeHere(module, stored, resolver)) return undefined;
    const isNamed = tree.kindOf(stored) === "identifier";
    const names = isNamed ? [...place.names, tree.textOf(stored)] : place.names;
    const awaited = statements
      .slice(index + 1)
      .flatMap((later) => awaitsIn(tree, later))
      .find((wait) => opens(tree, wait, names));
    if (awaited === undefined) return undefined;
    const call = callAt(tree, unwrapped(tree, firstNamed(tree, awaited)));
    return { set: firstNamed(tree, statement), awaited, opening: call?.name ?? "", names };
  }
  return undefined;
}

/** What a statement stores in the place. */
function storedBy(tree: Tree, node: NodeId, place: Looked): NodeId | undefined {
  if (node === NONE) return undefined;
  if (tree.kindOf(node) === "assignment_expression") {
    const isPlace = place.names.includes(keyText(tree, tree.childIn(node, "left")));
    return isPlace && place.map === undefined
      ? unwrapped(tree, tree.childIn(node, "right"))
      : undefined;
  }
  const call = tree.kindOf(node) === "call_expression" ? callAt(tree, node) : undefined;
  if (!call || call.object === NONE || call.name !== "set") return undefined;
  const [key, value] = call.given;
  if (key === undefined || value === undefined || keyText(tree, call.object) !== place.map)
    return undefined;
  return place.names.includes(`${place.map}.get(${keyText(tree, key)})`)
    ? unwrapped(tree, value)
    : undefined;
}

/** `new Client()`, or a name that was given one. */
function isMadeHere(
  module: TypeScriptModule,
  value: NodeId,
  resolver: TypeScriptResolver,
): boolean {
  const { tree } = module;
  if (tree.kindOf(value) === "new_expression")
    return tree.textOf(tree.childIn(value, "constructor")) !== "Promise";
  if (tree.kindOf(value) !== "identifier") return false;
  const variable = resolver.variableAt({ module, node: value });
  if (!variable || variable.declaration.module !== module) return false;
  const declarator = tree.parentOf(variable.declaration.node);
  if (tree.kindOf(declarator) !== "variable_declarator") return false;
  const made = unwrapped(tree, tree.childIn(declarator, "value"));
  return made !== NONE && tree.kindOf(made) === "new_expression";
}

/** `await client.connect()`. */
function opens(tree: Tree, wait: NodeId, names: readonly string[]): boolean {
  const awaited = unwrapped(tree, firstNamed(tree, wait));
  if (awaited === NONE || tree.kindOf(awaited) !== "call_expression") return false;
  const call = callAt(tree, awaited);
  if (!call || call.object === NONE || !OPENS.test(call.name)) return false;
  return names.includes(keyText(tree, call.object));
}

/** Whether the rest of the function gives the object to its caller, or works with it. */
function isHandedOut(tree: Tree, after: readonly NodeId[], names: readonly string[]): boolean {
  return after.some((statement) =>
    names.some((name) =>
      /^\w+$/.test(name)
        ? mentions(tree, statement, name)
        : tree
            .textOf(statement)
            .replace(/[\s!?]/g, "")
            .includes(name),
    ),
  );
}
