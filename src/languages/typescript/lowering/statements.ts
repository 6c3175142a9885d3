import type { Value } from "../../../model/operation.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { firstNamed, namedNodes } from "../nodes.ts";
import { patternNames } from "../pattern.ts";
import { lowerClass } from "./classes.ts";
import { headOf } from "./conditions.ts";
import { leave } from "./helpers.ts";
import { noteRelease } from "./lock-calls.ts";
import { lowerDo, lowerFor, lowerForIn, lowerWhile } from "./loops.ts";
import { type Lowering, UNKNOWN_VALUE } from "./lowering.ts";
import { bindPattern } from "./patterns.ts";
import { lowerSwitch } from "./switch.ts";
import { lowerTry, lowerUsing, usingOf } from "./try.ts";

/** Lowers one statement; declarations of functions and types do nothing where they stand. */
export function lowerStatement(lowering: Lowering, node: NodeId): void {
  const { tree } = lowering;
  const kind = tree.kindOf(node);
  switch (kind) {
    case "expression_statement":
      lowerExpressionStatement(lowering, node);
      return;
    case "lexical_declaration":
    case "variable_declaration":
      lowerDeclaration(lowering, node);
      return;
    case "statement_block":
      lowerBlock(lowering, node);
      return;
    case "if_statement":
      lowerIf(lowering, node);
      return;
    case "for_statement":
      lowerFor(lowering, node);
      return;
    case "for_in_statement":
      lowerForIn(lowering, node);
      return;
    case "while_statement":
      lowerWhile(lowering, node);
      return;
    case "do_statement":
      lowerDo(lowering, node);
      return;
    case "switch_statement":
      lowerSwitch(lowering, node);
      return;
    case "try_statement":
      lowerTry(lowering, node);
      return;
    case "return_statement":
      lowerReturn(lowering, node);
      return;
    case "throw_statement":
      lowerThrow(lowering, node);
      return;
    case "break_statement":
      lowering.jumps.break(labelOf(lowering, node));
      return;
    case "continue_statement":
      lowering.jumps.continue(labelOf(lowering, node));
      return;
    case "labeled_statement":
      lowerLabelled(lowering, node);
      return;
    case "with_statement":
      lowerWith(lowering, node);
      return;
    case "class_declaration":
    case "abstract_class_declaration":
      lowerClass(lowering, node);
      return;
    case "export_statement":
      lowerExport(lowering, node);
      return;
    case "internal_module":
    case "module": {
      const body = tree.childIn(node, "body");
      if (body !== NONE) lowering.statement(body);
      return;
    }
    case "ERROR":
      lowering.giveUp();
      return;
  }
}

/** The statements of a block, a module or a case, in order; what follows a `using` runs inside its scope. */
export function lowerStatements(lowering: Lowering, statements: readonly NodeId[]): void {
  for (let index = 0; index < statements.length; index++) {
    const statement = statements[index] ?? NONE;
    lowering.statement(statement);
    const using = usingOf(lowering, statement);
    if (!using) continue;
    const rest = statements.slice(index + 1);
    lowerUsing(lowering, statement, using, () => lowerStatements(lowering, rest));
    return;
  }
}

function lowerBlock(lowering: Lowering, node: NodeId): void {
  const { tree, blocks, jumps } = lowering;
  const labels = jumps.takeLabels();
  if (labels.length === 0) {
    lowerStatements(lowering, namedNodes(tree, node));
    return;
  }
  const after = blocks.newBlock("body");
  jumps.within({ labels, breakTo: after, continueTo: undefined, isPlain: false }, () =>
    lowerStatements(lowering, namedNodes(tree, node)),
  );
  blocks.begin(after);
}

function lowerExpressionStatement(lowering: Lowering, node: NodeId): void {
  const { tree } = lowering;
  const expression = firstNamed(tree, node);
  if (expression === NONE) return;
  if (tree.kindOf(expression) === "internal_module") lowering.statement(expression);
  else lowering.expression(expression);
}

function lowerDeclaration(lowering: Lowering, node: NodeId): void {
  const { tree } = lowering;
  for (const declarator of namedNodes(tree, node)) {
    if (tree.kindOf(declarator) !== "variable_declarator") continue;
    const name = tree.childIn(declarator, "name");
    const expression = tree.childIn(declarator, "value");
    if (name === NONE || expression === NONE) continue;
    const value = lowering.expression(expression);
    noteRelease(lowering, name, expression);
    bindPattern(lowering, name, value, declarator, true);
  }
}

/** `else if` goes on without recursion. */
function lowerIf(lowering: Lowering, node: NodeId): void {
  const { tree, blocks, jumps } = lowering;
  jumps.takeLabels();
  const after = blocks.newBlock("body");
  let at = node;
  for (;;) {
    const then = blocks.newBlock("if-then");
    const alternative = tree.childIn(at, "alternative");
    const otherwise = alternative === NONE ? after : blocks.newBlock("if-else");
    const condition = headOf(lowering, at, "condition");
    if (condition === NONE) blocks.branch(undefined, then, otherwise);
    else lowering.branch(condition, then, otherwise);
    blocks.begin(then);
    const consequence = tree.childIn(at, "consequence");
    if (consequence !== NONE) lowering.statement(consequence);
    blocks.goTo(after);
    if (alternative === NONE) break;
    blocks.begin(otherwise);
    const body = firstNamed(tree, alternative);
    if (body !== NONE && tree.kindOf(body) === "if_statement") {
      at = body;
      continue;
    }
    if (body !== NONE) lowering.statement(body);
    break;
  }
  blocks.begin(after);
}

function lowerReturn(lowering: Lowering, node: NodeId): void {
  const expression = firstNamed(lowering.tree, node);
  const values: readonly Value[] = expression === NONE ? [] : [lowering.expression(expression)];
  const at = lowering.spanOf(node);
  lowering.jumps.leave(() => leave(lowering, at, values));
}

function lowerThrow(lowering: Lowering, node: NodeId): void {
  const expression = firstNamed(lowering.tree, node);
  if (expression !== NONE) lowering.expression(expression);
  lowering.jumps.raise(lowering.spanOf(node));
}

function labelOf({ tree }: Lowering, node: NodeId): string | undefined {
  const label = tree.childIn(node, "label");
  return label === NONE ? undefined : tree.textOf(label);
}

function lowerLabelled(lowering: Lowering, node: NodeId): void {
  const { tree, jumps, blocks } = lowering;
  const body = tree.childIn(node, "body");
  const label = labelOf(lowering, node);
  if (body === NONE || label === undefined) return;
  if (TAKES_LABELS.has(tree.kindOf(body))) {
    jumps.labelled(label, () => lowering.statement(body));
    return;
  }
  const after = blocks.newBlock("body");
  const labels = [...jumps.takeLabels(), label];
  jumps.within({ labels, breakTo: after, continueTo: undefined, isPlain: false }, () =>
    lowering.statement(body),
  );
  blocks.begin(after);
}

/** Statements that know what to do with a label. */
const TAKES_LABELS: ReadonlySet<string> = new Set([
  "statement_block",
  "for_statement",
  "for_in_statement",
  "while_statement",
  "do_statement",
  "labeled_statement",
]);

/** Any name inside may mean something else: nothing can be concluded. */
function lowerWith(lowering: Lowering, node: NodeId): void {
  lowering.giveUp();
  const object = headOf(lowering, node, "object");
  if (object !== NONE) lowering.expression(object);
  const body = lowering.tree.childIn(node, "body");
  if (body !== NONE) lowering.statement(body);
}

function lowerExport(lowering: Lowering, node: NodeId): void {
  const { tree } = lowering;
  const declaration = tree.childIn(node, "declaration");
  if (declaration !== NONE) {
    lowering.statement(declaration);
    return;
  }
  const expression = tree.childIn(node, "value");
  if (expression === NONE) return;
  const value = lowering.expression(expression);
  lowering.emit({ kind: "escape", value, at: lowering.spanOf(node) });
}

/** Parameters with patterns and defaults, as they are bound before the body runs. */
export function lowerParameters(lowering: Lowering, functionNode: NodeId): void {
  const { tree } = lowering;
  const list = tree.childIn(functionNode, "parameters");
  if (list === NONE) return;
  for (const parameter of namedNodes(tree, list)) {
    const pattern = tree.childIn(parameter, "pattern");
    const name = pattern === NONE ? tree.childIn(parameter, "name") : pattern;
    const expression = tree.childIn(parameter, "value");
    if (name === NONE) continue;
    if (expression !== NONE) lowerDefault(lowering, expression);
    if (tree.kindOf(name) !== "identifier" && patternNames(tree, name).length > 0)
      bindPattern(lowering, name, UNKNOWN_VALUE, name, true);
  }
}

/** The default of a parameter, which is evaluated on one way only. */
function lowerDefault(lowering: Lowering, expression: NodeId): void {
  const { blocks } = lowering;
  const evaluate = blocks.newBlock("if-then");
  const after = blocks.newBlock("body");
  blocks.branch(undefined, evaluate, after);
  blocks.begin(evaluate);
  lowering.expression(expression);
  blocks.begin(after);
}
