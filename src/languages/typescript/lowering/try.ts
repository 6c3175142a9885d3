import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { type Lowering, UNKNOWN_VALUE } from "./lowering.ts";
import { bindPattern } from "./patterns.ts";

/** `try`, its handler, and its finalizer on every way out. */
export function lowerTry(lowering: Lowering, node: NodeId): void {
  const { tree, jumps } = lowering;
  jumps.takeLabels();
  const clause = tree.childIn(node, "finalizer");
  const finalizer = clause === NONE ? NONE : tree.childIn(clause, "body");
  if (finalizer === NONE) {
    lowerCaught(lowering, node);
    return;
  }
  jumps.withFinalizer(
    () => lowerCaught(lowering, node),
    () => lowering.statement(finalizer),
    lowering.spanOf(clause),
  );
}

/** The body, with its handler if there is one. */
function lowerCaught(lowering: Lowering, node: NodeId): void {
  const { tree, blocks, jumps } = lowering;
  const body = tree.childIn(node, "body");
  if (body === NONE) return;
  const clause = tree.childIn(node, "handler");
  if (clause === NONE) {
    lowering.statement(body);
    return;
  }
  const handler = blocks.newBlock("catch");
  const after = blocks.newBlock("body");
  jumps.catching(handler, () => lowering.statement(body));
  blocks.goTo(after);
  if (blocks.isTarget(handler)) {
    blocks.begin(handler);
    const parameter = tree.childIn(clause, "parameter");
    if (parameter !== NONE) bindPattern(lowering, parameter, UNKNOWN_VALUE, parameter, true);
    const handling = tree.childIn(clause, "body");
    if (handling !== NONE) lowering.statement(handling);
    blocks.goTo(after);
  }
  blocks.begin(after);
}

/** How a declaration, in a statement or in the head of a loop, disposes of its value. */
export type UsingWord = "using" | "await using";

/** `using x = f()` is parsed as `const`; the text of that word, as it was read, is `using` or `await`. */
export function usingOf(lowering: Lowering, statement: NodeId): UsingWord | undefined {
  return lowering.tree.kindOf(statement) === "lexical_declaration"
    ? usingWord(lowering, statement)
    : undefined;
}

/** The same for a loop, by the declaring word in its head. */
export function usingWord({ tree }: Lowering, node: NodeId): UsingWord | undefined {
  const word = tree.childIn(node, "kind");
  if (word === NONE) return undefined;
  const text = tree.textOf(word);
  if (text === "await") return "await using";
  return text === "using" ? "using" : undefined;
}

/** What follows a `using`: its value is disposed of on every way out, and `await using` waits for that. */
export function lowerUsing(
  lowering: Lowering,
  declaration: NodeId,
  using: UsingWord,
  rest: () => void,
): void {
  const at = lowering.spanOf(declaration);
  const dispose = () => {
    lowering.emit({
      kind: "call",
      callee: { kind: "unknown", name: "dispose" },
      arguments: [],
      results: [],
      at,
    });
    if (using === "await using")
      lowering.emit({ kind: "await", value: UNKNOWN_VALUE, isPromise: true, at });
    lowering.mayThrow();
  };
  lowering.jumps.withFinalizer(rest, dispose, at);
}
