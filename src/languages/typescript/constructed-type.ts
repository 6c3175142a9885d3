import { NONE } from "../../syntax/tree.ts";
import { bindTypeParameters, instanceOf } from "./class-type.ts";
import { beside, type Inference } from "./inference.ts";
import { argumentsOf, namedNodes } from "./nodes.ts";
import { prototypeClassesOf } from "./prototype-classes.ts";
import type { ModuleNode } from "./resolver.ts";
import {
  declaredType,
  externalName,
  NO_ARGUMENTS,
  once,
  promiseOf,
  type TsType,
  UNKNOWN,
} from "./ts-type.ts";

/** What `new X()` makes. */
export function constructedType(at: ModuleNode, inference: Inference): TsType {
  const { tree } = at.module;
  const callee = tree.childIn(at.node, "constructor");
  if (callee === NONE) return UNKNOWN;
  const type = inference.typeOf(beside(at, callee));
  const list = tree.childIn(at.node, "type_arguments");
  const given = list === NONE ? [] : namedNodes(tree, list);
  const types = () => given.map((node) => inference.annotated(beside(at, node), NO_ARGUMENTS));
  if (type.kind !== "external" || type.isInstance) return made(type, types, at, inference);
  const name = externalName(type);
  if (name === "global:Promise") {
    const [awaited] = given;
    if (awaited === undefined) return promiseOf();
    return promiseOf(() => inference.annotated(beside(at, awaited), NO_ARGUMENTS));
  }
  if (name === "global:Proxy") {
    // It passes for what it stands before.
    const [target] = argumentsOf(tree, at.node);
    return target === undefined ? UNKNOWN : inference.typeOf(beside(at, target));
  }
  if (name === "global:Array") return { kind: "array", element: () => types()[0] ?? UNKNOWN };
  return {
    ...type,
    isInstance: true,
    declared: once(() => made(declaredType(type), types, at, inference)),
  };
}

/** A value of a class, or of what has a construct signature. */
function made(
  type: TsType,
  given: () => readonly TsType[],
  at: ModuleNode,
  inference: Inference,
): TsType {
  switch (type.kind) {
    case "class":
      return instanceOf(type.at, bindTypeParameters(type.at, given(), inference));
    case "function": {
      const [signature] = type.signatures;
      const of = type.implementation ?? signature?.at;
      const isClass = of && prototypeClassesOf(of.module.tree).membersOf(of.node) !== undefined;
      return isClass ? instanceOf(of, NO_ARGUMENTS) : UNKNOWN;
    }
    case "intersection":
      for (const member of type.members) {
        const found = made(member, given, at, inference);
        if (found.kind !== "unknown") return found;
      }
      return UNKNOWN;
    case "instance": {
      const construct = inference.member(type, "new");
      return construct.kind === "function" ? inference.called(construct, at) : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}
