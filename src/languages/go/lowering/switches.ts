import type { BlockId, BlockKind } from "../../../model/function.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { jumpIf } from "./conditions.ts";
import { expressionsIn } from "./initializer.ts";
import type { Lowering } from "./lowering.ts";

/** `switch value {…}`: one target for each clause. `switch {…}` is a chain of conditions. */
export function lowerSwitch(lowering: Lowering, node: NodeId, label: string | undefined): void {
  const initializer = lowering.child(node, "initializer");
  if (initializer !== NONE) lowering.statement(initializer);
  const value = lowering.child(node, "value");
  const clauses = clausesOf(lowering, node);
  if (value === NONE) {
    lowerClauses(lowering, clauses, label, "switch-case", (bodies, otherwise) =>
      jumpToFirstTrue(lowering, clauses, bodies, otherwise),
    );
    return;
  }
  const switched = lowering.evaluate(value);
  const subject =
    switched.kind === "path" && switched.path.steps.length === 0 ? switched.path : undefined;
  for (const clause of clauses)
    for (const test of testsOf(lowering, clause)) lowering.evaluate(test);
  lowerClauses(lowering, clauses, label, "switch-case", (bodies, otherwise) =>
    lowering.builder.end({
      kind: "switch",
      targets: targets(lowering, clauses, bodies, otherwise),
      ...(subject ? { subject } : {}),
    }),
  );
}

export function lowerTypeSwitch(lowering: Lowering, node: NodeId, label: string | undefined): void {
  const initializer = lowering.child(node, "initializer");
  if (initializer !== NONE) lowering.statement(initializer);
  const value = lowering.child(node, "value");
  if (value !== NONE) lowering.evaluate(value);
  const clauses = clausesOf(lowering, node);
  lowerClauses(lowering, clauses, label, "type-case", (bodies, otherwise) =>
    lowering.builder.end({
      kind: "switch",
      targets: targets(lowering, clauses, bodies, otherwise),
    }),
  );
}

const CLAUSES: ReadonlySet<string> = new Set(["expression_case", "type_case", "default_case"]);

function clausesOf(lowering: Lowering, node: NodeId): NodeId[] {
  return lowering.children(node).filter((child) => CLAUSES.has(lowering.kind(child)));
}

function isDefault(lowering: Lowering, clause: NodeId): boolean {
  return lowering.kind(clause) === "default_case";
}

function testsOf(lowering: Lowering, clause: NodeId): NodeId[] {
  if (lowering.kind(clause) !== "expression_case") return [];
  return expressionsIn(lowering.tree, lowering.child(clause, "value"));
}

/** The bodies in order; with no default clause, past the switch as well. */
function targets(
  lowering: Lowering,
  clauses: readonly NodeId[],
  bodies: readonly BlockId[],
  done: BlockId,
): BlockId[] {
  return clauses.some((clause) => isDefault(lowering, clause)) ? [...bodies] : [...bodies, done];
}

/** `switch { case a: …; case b, c: … }`: tests in order, the default last wherever it stands. */
function jumpToFirstTrue(
  lowering: Lowering,
  clauses: readonly NodeId[],
  bodies: readonly BlockId[],
  done: BlockId,
): void {
  const { builder } = lowering;
  let otherwise = done;
  for (const [index, clause] of clauses.entries()) {
    const body = bodies[index] ?? done;
    if (isDefault(lowering, clause)) otherwise = body;
    for (const test of testsOf(lowering, clause)) {
      const next = builder.newBlock("switch-next");
      jumpIf(lowering, test, body, next);
      builder.begin(next);
    }
  }
  builder.end({ kind: "goto", to: otherwise });
}

function lowerClauses(
  lowering: Lowering,
  clauses: readonly NodeId[],
  label: string | undefined,
  kind: BlockKind,
  dispatch: (bodies: readonly BlockId[], done: BlockId) => void,
): void {
  const { builder } = lowering;
  const done = builder.newBlock("switch-done");
  const bodies = clauses.map(() => builder.newBlock(kind));
  dispatch(bodies, done);
  lowering.targets.push({ label, breakTo: done, continueTo: undefined });
  for (const [index, clause] of clauses.entries()) {
    const body = bodies[index];
    if (body === undefined) continue;
    builder.begin(body);
    lowering.fallthroughs.push(bodies[index + 1]);
    for (const child of lowering.children(clause))
      if (lowering.kind(child) === "statement_list") lowering.statement(child);
    lowering.fallthroughs.pop();
    if (builder.isOpen) builder.end({ kind: "goto", to: done });
  }
  lowering.targets.pop();
  if (builder.isTarget(done)) builder.begin(done);
}
