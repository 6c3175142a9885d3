import { defineAnalysis } from "../../core/analysis.ts";
import type { Edit } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { functionAround } from "./calls.ts";
import { goPackage, goResolver } from "./go-analyses.ts";
import type { GoFile } from "./go-file.ts";
import { isFileAtLeastGo } from "./go-version.ts";
import { type DeclaringLoop, declaringLoops, statementsIn, usesOf } from "./loop-variables.ts";
import type { GoResolver } from "./type.ts";

/**
 * Before Go 1.22 a loop has one variable for all its passes. Whoever keeps a function that reads it, or its address, beyond
 * the pass sees the value of a later one:
 *
 *     for _, job := range jobs {
 *         go func() { run(job) }()            // all of them may run the last job
 *         pending = append(pending, &job)     // all of them are the last job
 *     }
 *
 * Silent where the pass waits for the function, and where the loop ends with the pass.
 */
export interface LoopVariableCapture {
  readonly at: Place;
  readonly variable: string;
  readonly declaredAt: Place;
  readonly by: Keeper;
  /** The function literal that is given to a call, where whoever is called decides if it outlives the pass: `given function`. */
  readonly literalAt: Place | undefined;
  /** A copy of the variable at the top of the loop's body. */
  readonly shadow: Edit;
}

/** How something outlives a pass. */
export type Keeper =
  | "goroutine"
  | "deferred function"
  | "parallel subtest"
  | "callback"
  | "given function"
  | "stored function"
  | "stored address";

const LOOP = /\bfor\b/;
/** Methods and functions that run their argument later, by the names that such things have. */
const GOES = /^(?:Go|TryGo|AfterFunc)$/;
const LATER = /^(?:Cleanup|HandleFunc)$/;

export const loopVariableCaptures = defineAnalysis(
  "loop variable captures",
  (use): LoopVariableCapture[] => {
    const { files, module } = use(goPackage);
    const resolver = use(goResolver);
    return files.flatMap((file) => {
      const isOld = file.isJudged && LOOP.test(file.text) && !isFileAtLeastGo(file, module, 22);
      return isOld ? new CaptureFinder(file, resolver).run() : [];
    });
  },
);

class CaptureFinder {
  readonly #file: GoFile;
  readonly #resolver: GoResolver;

  constructor(file: GoFile, resolver: GoResolver) {
    this.#file = file;
    this.#resolver = resolver;
  }

  run(): LoopVariableCapture[] {
    const { tree } = this.#file;
    return tree ? declaringLoops(tree).flatMap((loop) => this.#inLoop(tree, loop)) : [];
  }

  /** One capture for each variable and keeper: the first use that is kept for certain, or else the first. */
  #inLoop(tree: Tree, loop: DeclaringLoop): LoopVariableCapture[] {
    const after = tree.afterSubtree(loop.body);
    return loop.names.flatMap((name) => {
      const found = new Map<NodeId, LoopVariableCapture>();
      for (const node of usesOf(this.#file, this.#resolver, name, loop.body, after)) {
        const kept = this.#keeperOf(tree, node, loop);
        if (!kept || isOverWithPass(tree, kept.node, loop)) continue;
        const known = found.get(kept.node)?.by;
        if (known && (known !== "given function" || kept.by === known)) continue;
        found.set(kept.node, this.#capture(tree, node, name, kept, loop));
      }
      return [...found.values()];
    });
  }

  /** Climbs from a use to whatever keeps it beyond the pass. */
  #keeperOf(
    tree: Tree,
    use: NodeId,
    { body }: DeclaringLoop,
  ): { readonly by: Keeper; readonly node: NodeId } | undefined {
    const address = tree.parentOf(use);
    if (tree.kindOf(address) === "unary_expression" && tree.textOf(address).startsWith("&")) {
      const node = storageOf(tree, address);
      if (node !== NONE) return { by: "stored address", node };
    }
    let given: NodeId | undefined;
    for (let at = use; at !== body && at > 0; at = tree.parentOf(at)) {
      const by =
        tree.kindOf(at) === "func_literal"
          ? keeperOfLiteral(tree, at, use, body)
          : this.#keeperOfMethod(tree, at, use);
      if (by === "given function") given ??= at;
      else if (by) return { by, node: at };
    }
    return given === undefined ? undefined : { by: "given function", node: given };
  }

  /** `go job.run()` with a pointer receiver takes the address of the variable. */
  #keeperOfMethod(tree: Tree, node: NodeId, use: NodeId): Keeper | undefined {
    const kind = tree.kindOf(node);
    if (kind !== "go_statement" && kind !== "defer_statement") return undefined;
    const selector = tree.parentOf(use);
    const call = tree.parentOf(selector);
    if (tree.kindOf(selector) !== "selector_expression" || tree.parentOf(call) !== node)
      return undefined;
    if (tree.childIn(call, "function") !== selector || tree.childIn(selector, "operand") !== use)
      return undefined;
    const { path } = this.#file;
    const selection = this.#resolver.selectionAt(path, selector);
    const isAddressed =
      selection?.target.kind === "method" &&
      selection.target.declaration.hasPointerReceiver &&
      selection.through.length === 0 &&
      this.#resolver.typeOf(path, use).kind === "named";
    if (!isAddressed) return undefined;
    return kind === "go_statement" ? "goroutine" : "deferred function";
  }

  #capture(
    tree: Tree,
    use: NodeId,
    name: NodeId,
    kept: { readonly by: Keeper; readonly node: NodeId },
    { body }: DeclaringLoop,
  ): LoopVariableCapture {
    const file = this.#file.path;
    const variable = tree.textOf(name);
    const start = (tree.start[body] as number) + 1;
    const [first] = statementsIn(tree, body);
    const gap = first === undefined ? " " : tree.text.slice(start, tree.start[first] as number);
    const indent = /\r?\n[ \t]*$/.exec(gap)?.[0] ?? " ";
    const end = indent === " " ? ";" : "";
    return {
      at: { file, ...tree.spanOf(use) },
      variable,
      declaredAt: { file, ...tree.spanOf(name) },
      by: kept.by,
      literalAt: kept.by === "given function" ? { file, ...tree.spanOf(kept.node) } : undefined,
      shadow: { file, start, end: start, text: `${indent}${variable} := ${variable}${end}` },
    };
  }
}

function keeperOfLiteral(
  tree: Tree,
  literal: NodeId,
  use: NodeId,
  body: NodeId,
): Keeper | undefined {
  const parent = tree.parentOf(literal);
  const around = tree.parentOf(parent);
  if (tree.kindOf(parent) === "call_expression") {
    if (tree.kindOf(around) === "go_statement") return "goroutine";
    if (tree.kindOf(around) !== "defer_statement") return undefined;
    return isDoneInPass(tree, around, body) ? undefined : "deferred function";
  }
  if (tree.kindOf(parent) === "argument_list" && tree.kindOf(around) === "call_expression") {
    const callee = tree.childIn(around, "function");
    const member =
      tree.kindOf(callee) === "selector_expression"
        ? tree.textOf(tree.childIn(callee, "field"))
        : "";
    if (GOES.test(member)) return "goroutine";
    if (LATER.test(member)) return "callback";
    if (member === "Run" && runsParallelBefore(tree, literal, use)) return "parallel subtest";
    if (storageOf(tree, literal) === NONE) return "given function";
  }
  return storageOf(tree, literal) === NONE ? undefined : "stored function";
}

/** In a literal of the loop's body that is called where it stands: what it defers runs at its end, in the same pass. */
function isDoneInPass(tree: Tree, defer: NodeId, body: NodeId): boolean {
  const literal = functionAround(tree, defer);
  if (literal <= body || tree.kindOf(literal) !== "func_literal") return false;
  const call = tree.parentOf(literal);
  if (tree.kindOf(call) !== "call_expression" || tree.childIn(call, "function") !== literal)
    return false;
  const kind = tree.kindOf(tree.parentOf(call));
  return kind !== "go_statement" && kind !== "defer_statement";
}

/** `t.Run(name, func(t *testing.T) { t.Parallel(); … use … })`. */
function runsParallelBefore(tree: Tree, literal: NodeId, use: NodeId): boolean {
  const parameters = tree.childIn(literal, "parameters");
  const declared = parameters === NONE ? undefined : tree.namedChildren(parameters)[0];
  const name = declared === undefined ? NONE : tree.childIn(declared, "name");
  if (name === NONE) return false;
  const body = tree.childIn(literal, "body");
  return statementsIn(tree, body).some(
    (statement) => statement < use && tree.textOf(statement) === `${tree.textOf(name)}.Parallel()`,
  );
}

/**
 * Where a value goes that is still there after the pass: the call of append, or the assignment to a field or element. What is
 * assigned to a plain variable may be used up within the pass.
 */
function storageOf(tree: Tree, value: NodeId): NodeId {
  const list = tree.parentOf(value);
  const around = tree.parentOf(list);
  if (tree.kindOf(list) === "argument_list") {
    const isAppended =
      tree.textOf(tree.childIn(around, "function")) === "append" &&
      tree.namedChildren(list)[0] !== value;
    return isAppended ? around : NONE;
  }
  if (tree.kindOf(list) !== "expression_list" || tree.kindOf(around) !== "assignment_statement")
    return NONE;
  if (tree.childIn(around, "right") !== list) return NONE;
  const index = tree.namedChildren(list).indexOf(value);
  const target = tree.namedChildren(tree.childIn(around, "left"))[index];
  const kind = target === undefined ? "" : tree.kindOf(target);
  return kind === "index_expression" || kind === "selector_expression" ? around : NONE;
}

/**
 * Whether the pass waits for what it started (`wg.Wait()`, `<-done`, further down its own statements), or the loop ends
 * with it.
 */
function isOverWithPass(tree: Tree, keeper: NodeId, { body }: DeclaringLoop): boolean {
  let statement = keeper;
  for (let at = keeper; at !== body && at > 0; at = tree.parentOf(at)) {
    const list = tree.parentOf(at);
    if (tree.kindOf(list) !== "statement_list") continue;
    statement = at;
    const rest = tree
      .namedChildren(list)
      .filter((one) => one > statement && tree.kindOf(one) !== "comment");
    if (rest.some((one) => waitsOrLeaves(tree, one))) return true;
  }
  return false;
}

function waitsOrLeaves(tree: Tree, statement: NodeId): boolean {
  const kind = tree.kindOf(statement);
  if (kind === "return_statement" || kind === "break_statement") return true;
  const after = tree.afterSubtree(statement);
  for (let node = statement; node < after; node++) {
    switch (tree.kindOf(node)) {
      case "func_literal":
        node = tree.afterSubtree(node) - 1;
        break;
      case "<-":
        if (tree.kindOf(tree.parentOf(node)) === "unary_expression") return true;
        break;
      case "field_identifier":
        if (tree.textOf(node) === "Wait") return true;
        break;
    }
  }
  return false;
}
