import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { isDamaged } from "./damage.ts";
import { enclosingFunction } from "./enclosing-function.ts";
import { expressionName } from "./expression-name.ts";
import { type Excuse, excuseOf } from "./floating-excuses.ts";
import { handlesRejection, mapsToHandled } from "./handled-chain.ts";
import { indexOf } from "./module-index.ts";
import { typescriptModules } from "./modules.ts";
import { argumentsOf, firstNamed, hasToken, unwrapped } from "./nodes.ts";
import { type PromiseFacts, promises } from "./promises.ts";
import type { ModuleNode, TypeScriptModule, TypeScriptResolver } from "./resolver.ts";
import { isTestPath } from "./test-path.ts";
import { typescriptResolver } from "./typescript-resolver.ts";
import { valueLeaves } from "./value-leaves.ts";
import { WrittenMembers } from "./written-members.ts";

/** A statement whose value is a promise that nobody takes. */
export interface FloatingPromise {
  readonly at: Place;
  /** As a message names it: `this.store.save()`. */
  readonly name: string;
  /** `array`: an array of promises, as `items.map(async …)` makes it. */
  readonly of: "promise" | "array";
  /** Whether it always is one (or absent, as in `a?.b()`), or only for some of its results. */
  readonly isCertain: boolean;
  /** What makes it harmless, as far as seen. */
  readonly excuse: Excuse | undefined;
  /** Whether `await` may stand there. */
  readonly canAwait: boolean;
  /** The function that is called, where it is known: the span of its name or head. */
  readonly callee: Place | undefined;
}

/** The floating promises of the judged files, in order. */
export const floatingPromises = defineAnalysis("floating promises", (use) => {
  const modules = use(typescriptModules);
  const resolver = use(typescriptResolver);
  const members = new WrittenMembers(modules, resolver);
  const finder = new Finder(use(promises), resolver, members);
  return modules.judged.flatMap((path) => {
    const module = modules.module(path);
    return module ? finder.inModule(module) : [];
  });
});

/** What drops nothing, whatever its value: seen before any type is asked for. */
const HARMLESS: ReadonlySet<string> = new Set([
  "await_expression",
  "assignment_expression",
  "augmented_assignment_expression",
  "update_expression",
  "unary_expression",
  "string",
  "yield_expression",
  "internal_module",
]);

class Finder {
  readonly #facts: PromiseFacts;
  readonly #resolver: TypeScriptResolver;
  readonly #members: WrittenMembers;

  constructor(facts: PromiseFacts, resolver: TypeScriptResolver, members: WrittenMembers) {
    this.#facts = facts;
    this.#resolver = resolver;
    this.#members = members;
  }

  inModule(module: TypeScriptModule): FloatingPromise[] {
    const { tree } = module;
    const found: FloatingPromise[] = [];
    for (const statement of indexOf(tree).expressionStatements) {
      const expression = firstNamed(tree, statement);
      if (expression === NONE || HARMLESS.has(tree.kindOf(expression))) continue;
      for (const leaf of valueLeaves(tree, expression, true)) {
        const floating = this.#floating({ module, node: leaf });
        if (floating && !isDamaged(tree, leaf)) found.push(floating);
      }
    }
    return isTestPath(module.path) ? withHabits(found) : found;
  }

  #floating(at: ModuleNode): FloatingPromise | undefined {
    const { tree, path } = at.module;
    const inner = unwrapped(tree, at.node);
    if (inner === NONE || HARMLESS.has(tree.kindOf(inner))) return undefined;
    const share = this.#facts.shareOf(at);
    const elements = share === "never" ? this.#facts.elementShareOf(at) : "never";
    const isArray = elements !== "never" && elements !== "unknown";
    if (!isArray && (share === "never" || share === "unknown")) return undefined;
    const isTaken = share !== "never" && isTakenFromList(tree, inner);
    if (handlesRejection(tree, inner) || this.#facts.isPromiseLike(at)) return undefined;
    if (isArray && mapsToHandled(tree, inner)) return undefined;
    if (isItsArgument(tree, inner)) return undefined;
    const callee = this.#callee(at.module, inner);
    return {
      at: { file: path, ...tree.spanOf(at.node) },
      name: expressionName(tree, inner),
      of: isArray ? "array" : "promise",
      isCertain: share !== "sometimes" && (!isArray || elements === "always"),
      excuse:
        (isArray && isKept(tree, inner)) || isTaken
          ? "kept"
          : excuseOf({ at, callee, share }, this.#facts, this.#resolver, this.#members),
      canAwait: isInAsync(tree, at.node),
      callee: callee && headOf(callee),
    };
  }

  #callee(module: TypeScriptModule, node: NodeId): ModuleNode | undefined {
    if (module.tree.kindOf(node) !== "call_expression") return undefined;
    const callee = this.#resolver.calleeOf({ module, node });
    return callee.kind === "function" ? callee.function : undefined;
  }
}

/** As often as this in one file, a test means it. */
const HABIT = 5;

/** A test that drops the promises of the same call again and again is about what the call does at once. */
function withHabits(found: readonly FloatingPromise[]): FloatingPromise[] {
  const calledIn = ({ name }: FloatingPromise) => name.slice(name.lastIndexOf(".") + 1);
  const counts = new Map<string, number>();
  for (const one of found) {
    if (!one.excuse) counts.set(calledIn(one), (counts.get(calledIn(one)) ?? 0) + 1);
  }
  return found.map((one) =>
    !one.excuse && (counts.get(calledIn(one)) ?? 0) >= HABIT ? { ...one, excuse: "habit" } : one,
  );
}

/** `Object.assign(pending, more)`: the promise is the one that whoever wrote `pending` has. */
function isItsArgument(tree: Tree, node: NodeId): boolean {
  if (tree.kindOf(node) !== "call_expression") return false;
  if (
    !/^Object\.(?:assign|freeze|seal|define\w+)$/.test(tree.textOf(tree.childIn(node, "function")))
  )
    return false;
  const [first] = argumentsOf(tree, node);
  return first !== undefined && /^(?:identifier|member_expression|this)$/.test(tree.kindOf(first));
}

/** `pending.splice(0)`: somebody has the list, or the promises were never new. */
function isKept(tree: Tree, node: NodeId): boolean {
  if (tree.kindOf(node) !== "call_expression") return false;
  return /\.(?:splice|sort|reverse|fill|copyWithin|slice|filter|pop|shift)$/.test(
    tree.textOf(tree.childIn(node, "function")),
  );
}

/** `pending.shift()`: the promise was somebody's when it came into the list. */
function isTakenFromList(tree: Tree, node: NodeId): boolean {
  if (tree.kindOf(node) !== "call_expression" || argumentsOf(tree, node).length > 0) return false;
  return /\.(?:shift|pop)$/.test(tree.textOf(tree.childIn(node, "function")));
}

function isInAsync(tree: Tree, node: NodeId): boolean {
  const around = enclosingFunction(tree, node);
  return around !== NONE && hasToken(tree, around, "async");
}

/** The name of a function; of one without a name, all before its body. */
function headOf({ module: { tree, path }, node }: ModuleNode): Place {
  const owner =
    tree.kindOf(tree.parentOf(node)) === "variable_declarator" ? tree.parentOf(node) : node;
  const isArrow = tree.kindOf(owner) === "arrow_function";
  const name = isArrow ? NONE : tree.childIn(owner, "name");
  if (name !== NONE) return { file: path, ...tree.spanOf(name) };
  const body = tree.childIn(owner, "body");
  const { start, end } = tree.spanOf(owner);
  return { file: path, start, end: body === NONE ? end : (tree.start[body] as number) };
}
