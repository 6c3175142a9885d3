import type { Callee, Value } from "../../../model/operation.ts";
import type { FunctionId } from "../../../model/path.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import type {
  FunctionDeclaration,
  GoMethod,
  GoType,
  GoVariable,
  Selection,
  TypeDeclaration,
} from "../type.ts";
import { expressionsIn, initializerOf } from "./initializer.ts";
import type { Lowering } from "./lowering.ts";
import { functionIdAt, type UnitContext } from "./unit-context.ts";

/** Beyond so many implementations a call through an interface says nothing. */
const MOST_CANDIDATES = 16;

/** A call of a function that a variable holds: the literals that are ever assigned to it, where all are seen. */
export function functionValueCallee(
  { unit }: Lowering,
  variable: GoVariable,
  receiver: Value,
): Callee {
  const { candidates, isComplete } = assignedLiterals(unit, variable);
  return {
    kind: "dynamic",
    through: "value",
    name: variable.name,
    receiver,
    candidates,
    isComplete,
  };
}

interface Literals {
  readonly candidates: readonly FunctionId[];
  readonly isComplete: boolean;
}

const NOTHING: Literals = { candidates: [], isComplete: false };

/** `var walk func(n int); walk = func(n int) {…}`: every assignment in the declaration is looked at. */
function assignedLiterals(unit: UnitContext, variable: GoVariable): Literals {
  const tree = unit.treeOf(variable.file);
  if (!tree || variable.role !== "local" || variable.node === NONE) return NOTHING;
  const candidates: FunctionId[] = [];
  let isComplete = true;
  const add = (value: NodeId): void => {
    const kind = tree.kindOf(value);
    if (kind === "func_literal") candidates.push(functionIdAt(variable.file, tree, value));
    else if (kind !== "nil") isComplete = false;
  };
  const initial = initializerOf(tree, variable.node);
  if (initial?.isShared) isComplete = false;
  else if (initial) add(initial.value);
  const after = tree.afterSubtree(variable.function);
  for (let node = variable.function; node < after; node++) {
    if (tree.kindOf(node) !== "identifier" || tree.textOf(node) !== variable.name) continue;
    if (node === variable.node || !isSame(unit, variable, node)) continue;
    const value = assignedAt(tree, node);
    if (value === "address") isComplete = false;
    else if (value !== NONE) add(value);
  }
  return { candidates, isComplete: isComplete && candidates.length > 0 };
}

function isSame(unit: UnitContext, variable: GoVariable, node: NodeId): boolean {
  const symbol = unit.resolver.symbolAt(variable.file, node);
  return symbol?.kind === "variable" && symbol.variable === variable;
}

/** What is assigned to an identifier where it stands; NONE where it is only used. */
function assignedAt(tree: Tree, identifier: NodeId): NodeId | "address" {
  const parent = tree.parentOf(identifier);
  if (parent === NONE) return NONE;
  if (tree.kindOf(parent) === "unary_expression")
    return tree.kindOf(tree.childIn(parent, "operator")) === "&" ? "address" : NONE;
  const statement = tree.kindOf(parent) === "expression_list" ? tree.parentOf(parent) : NONE;
  if (statement === NONE || tree.childIn(statement, "left") !== parent) return NONE;
  const values = expressionsIn(tree, tree.childIn(statement, "right"));
  const value = values[expressionsIn(tree, parent).indexOf(identifier)];
  return value ?? "address";
}

/**
 * A call through an interface of the unit: the methods of that name on types of the unit that have all the interface's methods.
 * These are all there are only where a method is unexported, which nobody outside the package can implement.
 */
export function interfaceCallee(
  { unit }: Lowering,
  target: Extract<Selection["target"], { kind: "interface-method" }>,
  receiver: Value,
): Callee | undefined {
  const { owner, name } = target;
  const declaration = owner.kind === "named" ? owner.declaration : undefined;
  const isOwn = declaration !== undefined && unit.pkg.file(declaration.file) !== undefined;
  if (owner.kind === "named" && !isOwn) return undefined;
  const under = unit.resolver.underlying(owner);
  const methods = under.kind === "interface" ? under.methods : [];
  const found =
    declaration && isOwn
      ? unit.implementersOf(declaration, name, () =>
          withoutWrappers(unit, implementers(unit, name, methods), declaration),
        )
      : [];
  const isFew = found.length <= MOST_CANDIDATES;
  const isClosed =
    under.kind === "interface" &&
    under.embedded.length === 0 &&
    methods.some((method) => !/^\p{Lu}/u.test(method.name));
  return {
    kind: "dynamic",
    through: "interface",
    name: `${interfaceName(owner)}.${name}`,
    receiver,
    candidates: isFew ? found.flatMap((method) => unit.declarationId(method) ?? []) : [],
    isComplete: isFew && isClosed && found.length > 0,
  };
}

function interfaceName(owner: GoType): string {
  return owner.kind === "named" || owner.kind === "basic" ? owner.name : "interface";
}

function implementers(
  unit: UnitContext,
  name: string,
  methods: readonly GoMethod[],
): readonly FunctionDeclaration[] {
  return unit.methodsNamed(name).filter((declared) => {
    const type = receiverType(unit, declared);
    if (!type) return false;
    return methods.every((method) => {
      const found = unit.resolver.select(type, method.name);
      return found !== undefined && hasArity(found, method.type);
    });
  });
}

/**
 * A type that embeds the interface wraps another one, to which it hands on what it is asked: where there are others, those are who
 * is called in the end.
 */
function withoutWrappers(
  unit: UnitContext,
  methods: readonly FunctionDeclaration[],
  wrapped: TypeDeclaration,
): readonly FunctionDeclaration[] {
  const others = methods.filter((method) => {
    const type = receiverType(unit, method);
    const structure = type && unit.resolver.underlying(type);
    return !(
      structure?.kind === "struct" &&
      structure.fields.some(
        ({ type: field, isEmbedded }) =>
          isEmbedded && field.kind === "named" && field.declaration === wrapped,
      )
    );
  });
  return others.length > 0 ? others : methods;
}

function receiverType(
  unit: UnitContext,
  { receiver, file }: FunctionDeclaration,
): GoType | undefined {
  if (receiver === undefined) return undefined;
  const [declared] = unit.pkg.lookup(receiver, unit.pkg.file(file)?.packageName ?? "");
  if (declared?.kind !== "type") return undefined;
  const { declaration } = declared;
  return {
    kind: "named",
    package: declaration.package,
    name: receiver,
    arguments: [],
    declaration,
  };
}

/** Whether a method takes and returns as many values as the interface asks for; also where that is not known. */
function hasArity({ target }: Selection, asked: GoType): boolean {
  if (target.kind !== "method") return true;
  const given = target.declaration.type();
  if (given.kind !== "function" || asked.kind !== "function") return true;
  return (
    given.parameters.length === asked.parameters.length &&
    given.results.length === asked.results.length
  );
}
