import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { isDamaged } from "./damage.ts";
import { enclosingFunction } from "./enclosing-function.ts";
import { expressionName } from "./expression-name.ts";
import { isHandledByLibrary } from "./handled-calls.ts";
import { handlesRejection } from "./handled-chain.ts";
import { indexOf } from "./module-index.ts";
import { typescriptModules } from "./modules.ts";
import { neverRejects } from "./never-rejects.ts";
import { firstNamed, hasToken, unwrapped } from "./nodes.ts";
import type { PromiseShare } from "./promise-answer.ts";
import { type PromiseFacts, promises } from "./promises.ts";
import type { ModuleNode, TypeScriptModule, TypeScriptResolver } from "./resolver.ts";
import { isTestPath } from "./test-path.ts";
import { typescriptResolver } from "./typescript-resolver.ts";
import { valueLeaves } from "./value-leaves.ts";

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

/**
 * `never-rejects`: the called function catches everything itself. `synchronous`: it may return a promise by its type, but not by its body.
 * `handled`: the library whose function it is handles what goes wrong.
 * `kept`: promises of a list that is only taken apart or put in order.
 * `top-level`: at the top of a program or a test, where a rejection ends it with its stack, as it would with `await`.
 * `import`: a module loaded for what loading it does.
 */
export type Excuse = "never-rejects" | "handled" | "kept" | "synchronous" | "top-level" | "import";

/** The floating promises of the judged files, in order. */
export const floatingPromises = defineAnalysis("floating promises", (use) => {
  const modules = use(typescriptModules);
  const finder = new Finder(use(promises), use(typescriptResolver));
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

  constructor(facts: PromiseFacts, resolver: TypeScriptResolver) {
    this.#facts = facts;
    this.#resolver = resolver;
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
    return found;
  }

  #floating(at: ModuleNode): FloatingPromise | undefined {
    const { tree, path } = at.module;
    const inner = unwrapped(tree, at.node);
    if (inner === NONE || HARMLESS.has(tree.kindOf(inner))) return undefined;
    const known = this.#facts.shareOf(at);
    const share = known === "unknown" && isPipe(tree, inner) ? "always" : known;
    const elements = share === "never" ? this.#facts.elementShareOf(at) : "never";
    const isArray = elements !== "never" && elements !== "unknown";
    if (!isArray && (share === "never" || share === "unknown")) return undefined;
    if (handlesRejection(tree, inner) || this.#facts.isPromiseLike(at)) return undefined;
    const callee = this.#callee(at.module, inner);
    return {
      at: { file: path, ...tree.spanOf(at.node) },
      name: expressionName(tree, inner),
      of: isArray ? "array" : "promise",
      isCertain: share !== "sometimes" && (!isArray || elements === "always"),
      excuse: isArray && isKept(tree, inner) ? "kept" : this.#excuse(at, callee, share),
      canAwait: isInAsync(tree, at.node),
      callee: callee && headOf(callee),
    };
  }

  #excuse(at: ModuleNode, callee: ModuleNode | undefined, share: PromiseShare): Excuse | undefined {
    const { tree } = at.module;
    if (isImport(tree, at.node)) return "import";
    if (this.#isHandledByLibrary(at.module, unwrapped(tree, at.node))) return "handled";
    if (callee && neverRejects(callee, this.#resolver)) return "never-rejects";
    if (callee && share === "sometimes" && this.#facts.bodyShareOf(callee) === "never")
      return "synchronous";
    const isTopLevel = enclosingFunction(tree, at.node) === NONE;
    return isTopLevel && !isImported(at.module) ? "top-level" : undefined;
  }

  #isHandledByLibrary(module: TypeScriptModule, node: NodeId): boolean {
    if (module.tree.kindOf(node) !== "call_expression") return false;
    const callee = module.tree.childIn(node, "function");
    return isHandledByLibrary(this.#facts.typeOf({ module, node: callee }));
  }

  #callee(module: TypeScriptModule, node: NodeId): ModuleNode | undefined {
    if (module.tree.kindOf(node) !== "call_expression") return undefined;
    const callee = this.#resolver.calleeOf({ module, node });
    return callee.kind === "function" ? callee.function : undefined;
  }
}

/** `import("./styles.css")`, without anything done to what is loaded. */
function isImport(tree: Tree, node: NodeId): boolean {
  if (tree.kindOf(node) !== "call_expression") return false;
  const callee = tree.childIn(node, "function");
  return callee !== NONE && tree.kindOf(callee) === "import";
}

/** `pending.splice(0)`: somebody has the list, or the promises were never new. */
function isKept(tree: Tree, node: NodeId): boolean {
  if (tree.kindOf(node) !== "call_expression") return false;
  return /\.(?:splice|sort|reverse|fill|copyWithin|slice|filter|pop|shift)$/.test(
    tree.textOf(tree.childIn(node, "function")),
  );
}

/** Nothing but a stream of the platform has `pipeTo`, and it gives a promise, whatever is known of the stream. */
function isPipe(tree: Tree, node: NodeId): boolean {
  const callee = tree.kindOf(node) === "call_expression" ? tree.childIn(node, "function") : NONE;
  if (callee === NONE || tree.kindOf(callee) !== "member_expression") return false;
  return tree.textOf(tree.childIn(callee, "property")) === "pipeTo";
}

/** A module that exports something is loaded by others, whose work goes on while its own promises are pending. */
function isImported({ tree, path }: TypeScriptModule): boolean {
  return indexOf(tree).exports.length > 0 && !isTestPath(path);
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
