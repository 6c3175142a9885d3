import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { awaitedType } from "./awaited-type.ts";
import type { Binding, Declaration } from "./binding.ts";
import { contextualSignature } from "./contextual-type.ts";
import { exportedValue } from "./exported-value.ts";
import { importedName, specifierOf } from "./import-names.ts";
import { beside, type Inference } from "./inference.ts";
import { iteratedType } from "./iterated-type.ts";
import { middlewareNext } from "./middleware-next.ts";
import { annotationIn, hasToken } from "./nodes.ts";
import type { ModuleNode, TypeScriptModule } from "./resolver.ts";
import { scopesOf } from "./scopes.ts";
import {
  declaredType,
  functionOf,
  NO_ARGUMENTS,
  NULLISH,
  PRIMITIVE,
  type TsType,
  UNKNOWN,
  unionOf,
} from "./ts-type.ts";

/** The value of a declared name, from its declaration. */
export function declaredValue(
  module: TypeScriptModule,
  binding: Binding,
  inference: Inference,
): TsType {
  const { tree } = module;
  const namespaces = binding.declarations.filter(({ node }) => isNamespace(tree, node));
  if (namespaces.length === 0) return plainValue(module, binding, inference);
  const others = binding.declarations.filter(({ node }) => !isNamespace(tree, node));
  const parts: TsType[] = namespaces.map(({ node }) => ({
    kind: "namespace",
    module,
    body: tree.childIn(node, "body"),
  }));
  const [first] = others;
  if (first) parts.unshift(valueOfDeclarations(module, others, inference));
  const [only] = parts;
  return only && parts.length === 1 ? only : { kind: "intersection", members: parts };
}

function isNamespace(tree: Tree, node: NodeId): boolean {
  return /^(?:internal_module|module)$/.test(tree.kindOf(node));
}

/** Of a function, class or variable that has namespaces of the same name beside it. */
function valueOfDeclarations(
  module: TypeScriptModule,
  declarations: readonly Declaration[],
  inference: Inference,
): TsType {
  const { tree } = module;
  const [first] = declarations;
  if (!first) return UNKNOWN;
  const at: ModuleNode = { module, node: first.node };
  const kind = tree.kindOf(first.node);
  if (kind === "enum_declaration") return PRIMITIVE;
  if (/class/.test(kind)) return { kind: "class", at };
  if (/^(?:generator_)?function/.test(kind)) return functionFrom(module, declarations);
  const annotation = annotationIn(tree, first.node, "type");
  return annotation === NONE ? UNKNOWN : inference.annotated(beside(at, annotation), NO_ARGUMENTS);
}

function functionFrom(module: TypeScriptModule, declarations: readonly Declaration[]): TsType {
  return functionOf(
    declarations.map(({ node }) => ({ at: { module, node }, typeArguments: NO_ARGUMENTS })),
  );
}

function plainValue(module: TypeScriptModule, binding: Binding, inference: Inference): TsType {
  const [first] = binding.declarations;
  if (!first) return UNKNOWN;
  const at: ModuleNode = { module, node: first.node };
  switch (binding.kind) {
    case "import":
      return importedValue(module, first, inference);
    case "function":
      return functionFrom(module, binding.declarations);
    case "class":
      return { kind: "class", at };
    case "enum":
      return PRIMITIVE;
    case "const":
    case "let":
    case "var":
      return variableValue(module, binding, inference);
    case "parameter":
      return parameterValue(module, binding, first, inference);
    case "namespace":
    case "catch":
    case "type":
      return UNKNOWN;
  }
}

function importedValue(
  module: TypeScriptModule,
  { node }: Declaration,
  inference: Inference,
): TsType {
  const specifier = specifierOf(module.tree, node);
  if (specifier === undefined) return UNKNOWN;
  const name = importedName(module.tree, node);
  return exportedValue(inference.links.imported(module, specifier, name), inference);
}

/** More assignments than this, and nobody knows what a variable holds. */
const MOST_ASSIGNMENTS = 12;

function variableValue(module: TypeScriptModule, binding: Binding, inference: Inference): TsType {
  const { tree } = module;
  const [declaration] = binding.declarations;
  if (!declaration) return UNKNOWN;
  const at: ModuleNode = { module, node: declaration.node };
  if (tree.kindOf(declaration.node) === "for_in_statement")
    return inPattern(
      at,
      tree.childIn(declaration.node, "left"),
      declaration.name,
      iterated(at, inference),
      inference,
    );
  const annotation = annotationIn(tree, declaration.node, "type");
  const value = tree.childIn(declaration.node, "value");
  const pattern = tree.childIn(declaration.node, "name");
  const own =
    annotation !== NONE
      ? inference.annotated(beside(at, annotation), NO_ARGUMENTS)
      : value === NONE
        ? undefined
        : inference.typeOf(beside(at, value));
  if (annotation !== NONE || binding.kind === "const")
    return own ? inPattern(at, pattern, declaration.name, own, inference) : UNKNOWN;
  const assigned = assignedValues(module, binding, inference);
  if (assigned === undefined) return UNKNOWN;
  const declared = own ? [inPattern(at, pattern, declaration.name, own, inference)] : [];
  return declared.length + assigned.length === 0 ? UNKNOWN : unionOf([...declared, ...assigned]);
}

/** Everything that is assigned to a variable; undefined where one assignment cannot be read. */
function assignedValues(
  module: TypeScriptModule,
  binding: Binding,
  inference: Inference,
): TsType[] | undefined {
  const { tree } = module;
  const found: TsType[] = [];
  for (const reference of scopesOf(tree).references(binding)) {
    const parent = tree.parentOf(reference);
    if (isAssignment(tree, parent) && tree.childIn(parent, "left") === reference)
      found.push(inference.typeOf({ module, node: tree.childIn(parent, "right") }));
    else if (isWrittenInPattern(tree, reference)) return undefined;
    if (found.length > MOST_ASSIGNMENTS) return undefined;
  }
  return found;
}

function isAssignment(tree: Tree, node: NodeId): boolean {
  return tree.kindOf(node) === "assignment_expression";
}

const PATTERNS: ReadonlySet<string> = new Set([
  "array_pattern",
  "object_pattern",
  "pair_pattern",
  "assignment_pattern",
  "object_assignment_pattern",
  "rest_pattern",
]);

/** `[a, b] = …`, `({ a } = …)`, `for (a of …)`. */
export function isWrittenInPattern(tree: Tree, reference: NodeId): boolean {
  const parent = tree.parentOf(reference);
  const kind = tree.kindOf(parent);
  if (kind === "for_in_statement") return tree.childIn(parent, "left") === reference;
  if (kind === "assignment_pattern" || kind === "object_assignment_pattern")
    return tree.childIn(parent, "left") === reference;
  return PATTERNS.has(kind) || tree.kindOf(reference) === "shorthand_property_identifier_pattern";
}

/** What `for (x of values)` gives x. */
function iterated(at: ModuleNode, inference: Inference): TsType {
  const { tree } = at.module;
  if (hasToken(tree, at.node, "in")) return PRIMITIVE;
  const type = inference.typeOf(beside(at, tree.childIn(at.node, "right")));
  if (!hasToken(tree, at.node, "await")) return iteratedType(type, inference);
  const later = inference.member(type, "[Symbol.asyncIterator]");
  return later.kind === "unknown" ? awaitedType(iteratedType(type, inference)) : later;
}

function parameterValue(
  module: TypeScriptModule,
  binding: Binding,
  { node, name }: Declaration,
  inference: Inference,
): TsType {
  const { tree } = module;
  const at: ModuleNode = { module, node };
  const pattern = tree.kindOf(node) === "identifier" ? node : parameterPattern(tree, node);
  return inPattern(at, pattern, name, parameterType(at, binding.index, inference), inference);
}

function parameterPattern(tree: Tree, parameter: NodeId): NodeId {
  const pattern = tree.childIn(parameter, "pattern");
  return pattern === NONE ? tree.childIn(parameter, "name") : pattern;
}

/** The type of a whole parameter: written, defaulted, or what the place of the function asks for. */
function parameterType(at: ModuleNode, index: number, inference: Inference): TsType {
  const { tree } = at.module;
  if (tree.kindOf(at.node) !== "identifier") {
    const annotation = annotationIn(tree, at.node, "type");
    if (annotation !== NONE) {
      const type = inference.annotated(beside(at, annotation), NO_ARGUMENTS);
      return tree.kindOf(at.node) === "optional_parameter" ? unionOf([type, NULLISH]) : type;
    }
    const value = tree.childIn(at.node, "value");
    // Where nothing is typed, a default says little of what callers give.
    if (value !== NONE && !/\.[cm]?jsx?$/.test(at.module.path))
      return inference.typeOf(beside(at, value));
  }
  const parent = tree.parentOf(at.node);
  const of = tree.kindOf(at.node) === "identifier" ? parent : tree.parentOf(parent);
  const given = contextualSignature(beside(at, of), inference)?.parameter(index) ?? UNKNOWN;
  return given.kind === "unknown" ? (middlewareNext(beside(at, of), index) ?? given) : given;
}

/** The part of a value that a name inside a destructuring pattern receives. */
function inPattern(
  at: ModuleNode,
  pattern: NodeId,
  name: NodeId,
  value: TsType,
  inference: Inference,
): TsType {
  const { tree } = at.module;
  const path: NodeId[] = [];
  for (let node = name; node !== pattern && node !== NONE; node = tree.parentOf(node))
    path.push(node);
  let type = value;
  for (const node of path.reverse()) type = step(beside(at, node), type, inference);
  return type;
}

/** One level of a pattern: from the value of the parent to the value of the node. */
function step(at: ModuleNode, value: TsType, inference: Inference): TsType {
  const { tree } = at.module;
  const parent = tree.parentOf(at.node);
  switch (tree.kindOf(parent)) {
    case "array_pattern":
      return elementAt(tree, parent, at.node, value);
    case "pair_pattern": {
      const key = tree.childIn(parent, "key");
      return key === NONE ? UNKNOWN : inference.member(value, keyText(tree, key));
    }
    case "object_pattern":
      if (tree.kindOf(at.node) === "shorthand_property_identifier_pattern")
        return inference.member(value, tree.textOf(at.node));
      return tree.kindOf(at.node) === "rest_pattern" ? UNKNOWN : value;
    case "object_assignment_pattern":
      return tree.kindOf(at.node) === "shorthand_property_identifier_pattern"
        ? inference.member(value, tree.textOf(at.node))
        : value;
    default:
      return value;
  }
}

function keyText(tree: Tree, key: NodeId): string {
  return tree.kindOf(key) === "string" ? tree.textOf(key).slice(1, -1) : tree.textOf(key);
}

/** Counts commas, since a pattern may leave places out. */
function elementAt(tree: Tree, pattern: NodeId, element: NodeId, from: TsType): TsType {
  const value = declaredType(from);
  if (value.kind !== "array") return UNKNOWN;
  if (tree.kindOf(element) === "rest_pattern") return value;
  let index = 0;
  const { firstChild, nextSibling } = tree;
  for (
    let child = firstChild[pattern] ?? NONE;
    child !== NONE && child !== element;
    child = nextSibling[child] as number
  ) {
    if (tree.kindOf(child) === ",") index++;
  }
  return (value.items?.[index] ?? value.element)();
}
