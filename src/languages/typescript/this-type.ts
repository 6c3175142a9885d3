import { NONE, type NodeId } from "../../syntax/tree.ts";
import { baseOf, basesOf, CLASS_KINDS, instanceOf } from "./class-type.ts";
import { beside, type Inference } from "./inference.ts";
import { annotationIn, hasToken } from "./nodes.ts";
import { prototypeClassesOf } from "./prototype-classes.ts";
import type { ModuleNode } from "./resolver.ts";
import { NO_ARGUMENTS, type TsType, UNKNOWN } from "./ts-type.ts";

/** Far beyond the nesting of code that somebody wrote. */
const HIGHEST = 3_000;

/** Whose `this` a node sees: the class (instance or statics), the object literal, or nobody known. */
export function thisType(at: ModuleNode, inference: Inference): TsType {
  const { tree } = at.module;
  let node = at.node;
  for (let steps = 0; node !== NONE && steps < HIGHEST; steps++) {
    const owner = tree.parentOf(node);
    switch (tree.kindOf(node)) {
      case "method_definition":
      case "public_field_definition":
      case "method_signature":
      case "abstract_method_signature":
      case "property_signature":
        return ofMember(at, node, owner, inference);
      case "class_static_block":
        return { kind: "class", at: beside(at, tree.parentOf(owner)) };
      case "function_declaration":
      case "function_expression":
      case "generator_function":
      case "generator_function_declaration":
        return ofFunction(at, node, inference);
    }
    node = owner;
  }
  return UNKNOWN;
}

/** What `super` is in a method: the base class as an instance (or the class itself, in static members). */
export function superType(at: ModuleNode, inference: Inference): TsType {
  const own = thisType(at, inference);
  if (own.kind === "class") {
    const base = baseOf(own.at, inference);
    return base === undefined || base === "unknown" ? UNKNOWN : base;
  }
  const [declaration] = own.kind === "instance" ? own.declarations : [];
  return (declaration && basesOf(declaration, NO_ARGUMENTS, inference)[0]) ?? UNKNOWN;
}

function ofMember(at: ModuleNode, member: NodeId, body: NodeId, inference: Inference): TsType {
  const { tree } = at.module;
  const declared = thisParameter(at, member, inference);
  if (declared) return declared;
  if (tree.kindOf(body) === "object") return { kind: "object", at: beside(at, body) };
  const declaration = tree.kindOf(body) === "object_type" ? body : tree.parentOf(body);
  if (declaration === NONE) return UNKNOWN;
  const owner = beside(at, declaration);
  if (CLASS_KINDS.has(tree.kindOf(owner.node)) && hasToken(tree, member, "static"))
    return { kind: "class", at: owner };
  return instanceOf(owner, NO_ARGUMENTS);
}

function ofFunction(at: ModuleNode, node: NodeId, inference: Inference): TsType {
  const { tree } = at.module;
  const declared = thisParameter(at, node, inference);
  if (declared) return declared;
  const maker = prototypeClassesOf(tree).classOf(node);
  if (maker !== NONE) return instanceOf(beside(at, maker), NO_ARGUMENTS);
  const pair = tree.parentOf(node);
  if (tree.kindOf(pair) === "pair") return { kind: "object", at: beside(at, tree.parentOf(pair)) };
  return UNKNOWN;
}

/** `function f(this: Server)`. */
function thisParameter(at: ModuleNode, node: NodeId, inference: Inference): TsType | undefined {
  const { tree } = at.module;
  const parameters = tree.childIn(node, "parameters");
  const first = parameters === NONE ? undefined : tree.namedChildren(parameters)[0];
  if (first === undefined) return undefined;
  const pattern = tree.childIn(first, "pattern");
  if (pattern === NONE || tree.kindOf(pattern) !== "this") return undefined;
  const type = annotationIn(tree, first, "type");
  return type === NONE ? undefined : inference.annotated(beside(at, type), NO_ARGUMENTS);
}
