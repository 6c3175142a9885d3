import { NONE } from "../../syntax/tree.ts";
import { bindTypeParameters, instanceOf } from "./class-type.ts";
import { beside, type Inference } from "./inference.ts";
import { namedNodes } from "./nodes.ts";
import type { ModuleNode } from "./resolver.ts";
import { externalName, NO_ARGUMENTS, promiseOf, type TsType, UNKNOWN } from "./ts-type.ts";

/** What `new X()` makes. */
export function constructedType(at: ModuleNode, inference: Inference): TsType {
  const { tree } = at.module;
  const made = tree.childIn(at.node, "constructor");
  if (made === NONE) return UNKNOWN;
  const type = inference.typeOf(beside(at, made));
  const list = tree.childIn(at.node, "type_arguments");
  const given = list === NONE ? [] : namedNodes(tree, list);
  if (type.kind === "class") {
    const types = given.map((node) => inference.annotated(beside(at, node), NO_ARGUMENTS));
    return instanceOf(type.at, bindTypeParameters(type.at, types, inference));
  }
  if (type.kind !== "external" || type.isInstance) return UNKNOWN;
  const name = externalName(type);
  if (name === "global:Promise") {
    const [awaited] = given;
    if (awaited === undefined) return promiseOf();
    return promiseOf(() => inference.annotated(beside(at, awaited), NO_ARGUMENTS));
  }
  if (name === "global:Array") return { kind: "array", element: () => UNKNOWN };
  return { ...type, isInstance: true };
}
