import { defineAnalysis } from "../../../core/analysis.ts";
import type { Edit } from "../../../core/finding.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import { handlesRejection } from "../handled-chain.ts";
import { FUNCTION_KINDS, indexOf } from "../module-index.ts";
import { argumentsOf, unwrapped } from "../nodes.ts";
import { type PromiseFacts, promises } from "../promises.ts";
import type { ModuleNode, TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { isTestPath } from "../test-path.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { inJudgedModules } from "./judged-modules.ts";
import { mayFail } from "./may-reject.ts";

/** A promise that is stored so that later callers get the same one, and stays there when it is rejected. */
export interface MemoisedPromise {
  readonly at: Place;
  /** Where it is kept: `this.connection`, `cache`. */
  readonly store: string;
  readonly made: string;
  /** Kept by what may live no longer than the attempt: a closure, or the object of one request, file or transaction. */
  readonly mayBeFinal: boolean;
  readonly edits: readonly Edit[];
}

/** The memoised promises of the judged files that nobody takes away when they are rejected, in order. */
export const memoisedPromises = defineAnalysis("memoised promises", (use) => {
  const facts = use(promises);
  const resolver = use(typescriptResolver);
  return inJudgedModules(use, /\?\?=|\|\|=|\bif\b|\.(?:get|has)\(/, (module) =>
    isTestPath(module.path) ? [] : memosIn(module, facts, resolver),
  );
});

/** A place of storage, and what is put there. */
interface Storing {
  readonly node: NodeId;
  readonly value: NodeId;
  /** The text of the place: `this.connection`, `cache`. */
  readonly store: string;
  /** For maps: the text of the key. */
  readonly key: string | undefined;
  /** The call of the helper that stores it, where the function that looked does not do so itself. */
  readonly through?: NodeId;
}

function* memosIn(
  module: TypeScriptModule,
  facts: PromiseFacts,
  resolver: TypeScriptResolver,
): Generator<MemoisedPromise> {
  const { tree, path } = module;
  for (const storing of storings(module, resolver)) {
    const made = originOf({ module, node: storing.value }, resolver);
    if (made === NONE || isMeantSo(tree, made) || isDamaged(tree, storing.node)) continue;
    // What ends is ended once, also by a function that is written in place: `this.stopping = (async () => …)()`.
    if (/clos(?:e|ing)|dispos|stopp?ing|destroy|shut\w*down|disconnect/i.test(storing.store))
      continue;
    if (!isHandedOut(tree, storing) || isInThen(tree, storing.node)) continue;
    if (facts.shareOf({ module, node: made }) !== "always" || handlesRejection(tree, made))
      continue;
    if (!mayFail({ module, node: made }, resolver) || isTakenAway(tree, storing)) continue;
    yield {
      at: { file: path, ...tree.spanOf(storing.node) },
      store: storing.store,
      made: expressionName(tree, made),
      mayBeFinal:
        isLocal(module, storing, resolver) ||
        isMadeByHelper(module, storing, resolver) ||
        isOfOneAttempt(tree, storing) ||
        isOfOneConnection(tree, storing, expressionName(tree, made)),
      edits: forgetting(tree, path, made, storing),
    };
  }
}

/** Assignments and `map.set(…)` that fill what the same function has looked into. */
function* storings(module: TypeScriptModule, resolver: TypeScriptResolver): Generator<Storing> {
  const { tree } = module;
  const { calls, assignments, augmented } = indexOf(tree);
  const found: Storing[] = [];
  for (const node of [...assignments, ...augmented]) {
    const kind = tree.kindOf(node);
    const left = tree.childIn(node, "left");
    const value = unwrapped(tree, tree.childIn(node, "right"));
    if (left === NONE || value === NONE || !isShared({ module, node: left }, resolver)) continue;
    const store = tree.textOf(left);
    if (kind === "augmented_assignment_expression") {
      const operator = tree.childIn(node, "operator");
      if (operator === NONE || !/^(?:\?\?|\|\|)=$/.test(tree.textOf(operator))) continue;
    } else if (!isTestedBefore(tree, node, store)) continue;
    found.push({ node, value, store, key: undefined });
  }
  for (const call of calls) {
    const callee = tree.kindOf(call) === "call_expression" ? tree.childIn(call, "function") : NONE;
    if (callee === NONE || tree.kindOf(callee) !== "member_expression") continue;
    if (tree.textOf(tree.childIn(callee, "property")) !== "set") continue;
    const [key, value] = argumentsOf(tree, call);
    const map = tree.childIn(callee, "object");
    if (key === undefined || value === undefined || !isShared({ module, node: map }, resolver))
      continue;
    const store = tree.textOf(map);
    if (isLookedUpBefore(tree, call, store))
      found.push({ node: call, value: unwrapped(tree, value), store, key: tree.textOf(key) });
    else found.push(...throughHelper(module, call, unwrapped(tree, value), store, resolver));
  }
  yield* found.sort((one, other) => one.node - other.node);
}

/** `remember(id, load(id))`, where `remember(key, promise)` stores what it is given and does no more with it. */
function throughHelper(
  module: TypeScriptModule,
  set: NodeId,
  value: NodeId,
  store: string,
  resolver: TypeScriptResolver,
): Storing[] {
  const { tree } = module;
  const helper = enclosingFunction(tree, set);
  if (helper === NONE || value === NONE || tree.kindOf(value) !== "identifier") return [];
  const variable = resolver.variableAt({ module, node: value });
  if (variable?.kind !== "parameter" || variable.function !== helper) return [];
  if (variable.references().some((use) => isObject(tree, use))) return [];
  return indexOf(tree).calls.flatMap((call): Storing[] => {
    const given = argumentsOf(tree, call)[variable.index];
    if (given === undefined || !isLookedUpBefore(tree, call, store)) return [];
    const callee = resolver.calleeOf({ module, node: call });
    if (callee.kind !== "function" || callee.function.node !== helper) return [];
    const key = tree.textOf(argumentsOf(tree, call)[0] ?? call);
    return [{ node: set, value: unwrapped(tree, given), store, key, through: call }];
  });
}

/** `promise.catch`: somebody does more with it. */
function isObject(tree: Tree, use: NodeId): boolean {
  const member = tree.parentOf(use);
  return tree.kindOf(member) === "member_expression" && tree.childIn(member, "object") === use;
}

/** A field of `this`, or a name of the module or of an outer function. */
function isShared(at: ModuleNode, resolver: TypeScriptResolver): boolean {
  const { tree } = at.module;
  const kind = tree.kindOf(at.node);
  if (kind === "member_expression") return tree.kindOf(tree.childIn(at.node, "object")) === "this";
  if (kind !== "identifier") return false;
  const variable = resolver.variableAt(at);
  return (
    variable !== undefined &&
    /^(?:const|let|var)$/.test(variable.kind) &&
    variable.function !== enclosingFunction(tree, at.node)
  );
}

function isLocal(
  module: TypeScriptModule,
  { node }: Storing,
  resolver: TypeScriptResolver,
): boolean {
  const place = placeOf(module.tree, node);
  if (module.tree.kindOf(place) !== "identifier") return false;
  return resolver.variableAt({ module, node: place })?.function !== NONE;
}

/** `const hashes = createBuildCache()`: whoever made the map may empty it, as for each build. */
function isMadeByHelper(
  module: TypeScriptModule,
  { node }: Storing,
  resolver: TypeScriptResolver,
): boolean {
  const place = placeOf(module.tree, node);
  if (module.tree.kindOf(place) !== "identifier") return false;
  const variable = resolver.variableAt({ module, node: place });
  if (variable?.kind !== "const") return false;
  const { module: owner, node: name } = variable.declaration;
  const value = owner.tree.childIn(owner.tree.parentOf(name), "value");
  return value !== NONE && owner.tree.kindOf(unwrapped(owner.tree, value)) === "call_expression";
}

/** What is assigned to, or the map that is set in. */
function placeOf(tree: Tree, storing: NodeId): NodeId {
  return tree.kindOf(storing) === "call_expression"
    ? tree.childIn(tree.childIn(storing, "function"), "object")
    : tree.childIn(storing, "left");
}

/** A field of an object whose outcome is to stay, also by the class that it extends: whoever wants to try again makes a new one. */
function isOfOneAttempt(tree: Tree, { node, store }: Storing): boolean {
  if (!store.startsWith("this.")) return false;
  return ONE_ATTEMPT.test(classNameOf(tree, node)) || ONE_ATTEMPT.test(superclassOf(tree, node));
}

/**
 * What the connection of an object makes, `this.connection.createSession()`, or a step of an object that is a connection: when that is
 * lost, so is the object. Not how it connects, which may be tried again.
 */
function isOfOneConnection(tree: Tree, { node, store }: Storing, made: string): boolean {
  if (!store.startsWith("this.") || CONNECTING.test(made)) return false;
  return (
    /^this\.[_#]?(?:connection|socket|session)\./i.test(made) ||
    (/(?:Connection|Session)(?:Impl)?$/.test(classNameOf(tree, node)) && made === "new Promise()")
  );
}

const CONNECTING = /connect\(|open|dial|login|auth/i;

/** The name of the class around a node; empty outside of classes. */
function classNameOf(tree: Tree, node: NodeId): string {
  const owner = classAround(tree, node);
  const name = owner === NONE ? NONE : tree.childIn(owner, "name");
  return name === NONE ? "" : tree.textOf(name);
}

/** What the class around a node extends, as it is written; empty where it extends nothing. */
function superclassOf(tree: Tree, node: NodeId): string {
  const owner = classAround(tree, node);
  const end = owner === NONE ? NONE : tree.childIn(owner, "body");
  if (owner === NONE || end === NONE) return "";
  const head = tree.text.slice(tree.start[owner] as number, tree.start[end] as number);
  return /\bextends\s+([\w$.]+)/.exec(head)?.[1] ?? "";
}

function classAround(tree: Tree, node: NodeId): NodeId {
  let owner = node;
  while (owner !== NONE && !CLASSES.has(tree.kindOf(owner))) owner = tree.parentOf(owner);
  return owner;
}

const CLASSES: ReadonlySet<string> = new Set([
  "class_declaration",
  "abstract_class_declaration",
  "class",
]);

const ONE_ATTEMPT =
  /(?:Request|Response|Result|Reply|Transaction|Attempt|Job|Task|Command|Message|Event|File|Asset|Blob|Body|Stream|Reader|Iterator|Iterable|Cursor|Snapshot|Context|Handle|Execution|Run)(?:Impl)?$/;

/** The function's text before a node; empty at module level, where everything runs once. */
function before(tree: Tree, node: NodeId): string {
  const owner = enclosingFunction(tree, node);
  if (owner === NONE) return "";
  return tree.text.slice(tree.start[owner] as number, tree.start[node] as number);
}

function isTestedBefore(tree: Tree, node: NodeId, store: string): boolean {
  const text = escaped(store);
  return new RegExp(
    `if\\s*\\(\\s*(?:!\\s*${text}\\s*[)&|]|${text}\\s*(?:\\)|===?\\s*(?:undefined|null)|!==?\\s*(?:undefined|null)))`,
  ).test(before(tree, node));
}

function isLookedUpBefore(tree: Tree, node: NodeId, store: string): boolean {
  return new RegExp(`${escaped(store)}\\s*\\.\\s*(?:get|has)\\(`).test(before(tree, node));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/^(?=\w)/, "\\b");
}

/** The call that makes the stored value: itself, or what the stored local was initialised with. */
function originOf(at: ModuleNode, resolver: TypeScriptResolver): NodeId {
  const { tree } = at.module;
  const kind = tree.kindOf(at.node);
  if (kind === "call_expression" || kind === "new_expression") return at.node;
  if (kind !== "identifier") return NONE;
  const variable = resolver.variableAt(at);
  if (!variable || variable.declaration.module !== at.module) return NONE;
  // Somebody who does more with the promise than store and return it may well handle its rejection.
  if (variable.references().some((node) => isObject(tree, node))) return NONE;
  const assigned = variable
    .references()
    .map((node) => tree.parentOf(node))
    .find(
      (node) =>
        tree.kindOf(node) === "assignment_expression" &&
        tree.textOf(tree.childIn(node, "left")) === variable.name,
    );
  const owner = assigned ?? tree.parentOf(variable.declaration.node);
  const value = tree.childIn(owner, assigned === undefined ? "value" : "right");
  const inner = value === NONE ? NONE : unwrapped(tree, value);
  return inner !== NONE && tree.kindOf(inner) === "call_expression" ? inner : NONE;
}

/** A module that cannot be loaded stays so, whoever remembers it; and what ends is ended once. */
function isMeantSo(tree: Tree, call: NodeId): boolean {
  const text = tree.textOf(call);
  const name = expressionName(tree, call);
  // What is read to its end cannot be read a second time.
  if (/(?:^|\.)#?_?(?:consume|drain)/i.test(name) || READS_ALL.test(text)) return true;
  return /^imp(?:ort)?\w*\s*\(/i.test(text) || ENDING.test(name);
}

/** A function called at once that iterates over what its object holds. */
const READS_ALL = /^\(async[\s\S]*\bfor await\s*\([^)]* of this\.[\w#.]+\)/;

/** Whether callers get the promise: the function returns or awaits what it has stored. */
function isHandedOut(tree: Tree, { node, store, key, through }: Storing): boolean {
  const owner = enclosingFunction(tree, through ?? node);
  if (owner === NONE) return false;
  const kind = tree.kindOf(tree.parentOf(node));
  if (/^(?:return_statement|await_expression|arrow_function)$/.test(kind)) return true;
  const { start, end } = tree.spanOf(owner);
  const text = tree.text.slice(start, end);
  if (key !== undefined) return /\b(?:return|await)\b/.test(text);
  return new RegExp(`(?:\\b(?:return|await)|=>)[\\s(]*${escaped(store)}`).test(text);
}

/** The promise of a thenable is its own: a request that has failed stays so. */
function isInThen(tree: Tree, node: NodeId): boolean {
  const owner = enclosingFunction(tree, node);
  if (owner === NONE) return false;
  if (tree.kindOf(owner) === "method_definition")
    return tree.namedChildren(tree.parentOf(owner)).some((member) => isThen(tree, member));
  const place = tree.parentOf(owner);
  if (tree.kindOf(place) !== "assignment_expression") return false;
  return /\.then$/.test(tree.textOf(tree.childIn(place, "left")));
}

/** Whatever method of such a class makes it, `then` hands it out. */
function isThen(tree: Tree, member: NodeId): boolean {
  return (
    tree.kindOf(member) === "method_definition" &&
    tree.textOf(tree.childIn(member, "name")) === "then"
  );
}

const ENDING = /close|dispose|stop|destroy|shutdown|disconnect|teardown|unmount|Symbol/i;

/** Whether the file empties the place anywhere but where everything ends. */
function isTakenAway(tree: Tree, { store, key, node }: Storing): boolean {
  const text = escaped(store);
  const pattern =
    key === undefined
      ? `(?:delete\\s+${text}\\b|${text}\\s*=\\s*(?:undefined|null|void 0)\\b)`
      : `(?:${text}|\\.${escaped(store.replace(/^.*\./, ""))})\\s*\\??\\.\\s*(?:delete|clear)\\(`;
  for (const match of tree.text.matchAll(new RegExp(pattern, "g"))) {
    const at = nodeAt(tree, match.index);
    if (at === NONE || at === node) continue;
    if (makesRoom(tree, at)) continue;
    const name = functionNameOf(tree, at);
    // Emptying all on demand is no answer to one failure.
    const isOnDemand = /\bclear\($/.test(match[0]) && /^#?(?:clear|reset)/i.test(name);
    if (!isOnDemand && !ENDING.test(name)) return true;
    if (isCalledOnFailure(tree, node, name)) return true;
  }
  return false;
}

/** `catch (error) { await this.stop(); throw error; }` in the function that stores the promise, where `stop` takes it away. */
function isCalledOnFailure(tree: Tree, storing: NodeId, name: string): boolean {
  const owner = enclosingFunction(tree, storing);
  if (owner === NONE || name === "") return false;
  const end = tree.afterSubtree(owner);
  const called = new RegExp(`${escaped(name)}\\(`);
  for (let node = storing; node < end; node++) {
    if (tree.kindOf(node) === "catch_clause" && called.test(tree.textOf(node))) return true;
  }
  return false;
}

/** `if (map.size > limit) map.delete(oldest)`: what goes is not what failed. */
function makesRoom(tree: Tree, at: NodeId): boolean {
  for (let inner = at; inner !== NONE; inner = tree.parentOf(inner)) {
    const kind = tree.kindOf(inner);
    if (FUNCTION_KINDS.has(kind)) return false;
    if (kind !== "if_statement" && kind !== "while_statement") continue;
    if (/\.size\b/.test(tree.textOf(tree.childIn(inner, "condition")))) return true;
  }
  return false;
}

/** The innermost node that begins at an offset or holds it. */
function nodeAt(tree: Tree, offset: number): NodeId {
  let found = NONE;
  for (let node = 0; node < tree.size; node++) {
    if ((tree.start[node] as number) > offset) break;
    if ((tree.end[node] as number) > offset) found = node;
  }
  return found;
}

function functionNameOf(tree: Tree, node: NodeId): string {
  const owner = enclosingFunction(tree, node);
  if (owner === NONE) return "";
  const name = tree.kindOf(owner) === "arrow_function" ? NONE : tree.childIn(owner, "name");
  return name === NONE ? "" : tree.textOf(name);
}

/** `made().catch((error) => { this.x = undefined; throw error; })`. */
function forgetting(
  tree: Tree,
  file: string,
  made: NodeId,
  { store, key, through }: Storing,
): Edit[] {
  if (through !== undefined) return [];
  const { end } = tree.spanOf(made);
  if (tree.kindOf(made) !== "call_expression" || (key !== undefined && !/^[\w$.]+$/.test(key)))
    return [];
  const forget = key === undefined ? `${store} = undefined;` : `${store}.delete(${key});`;
  return [{ file, start: end, end, text: `.catch((error) => { ${forget} throw error; })` }];
}
