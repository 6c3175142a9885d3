import type { FunctionId, Variable } from "../../../model/path.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { FUNCTION_KINDS } from "../module-index.ts";
import { hasToken } from "../nodes.ts";
import { prototypeClassesOf } from "../prototype-classes.ts";
import type { TypeScriptModule } from "../resolver.ts";

/** `this` of a function. `slot`: the class or object literal that its fields belong to, where it is known. */
export interface Receiver {
  readonly variable: Variable;
  readonly slot: string | undefined;
}

/** The receiver that a function node sees: its own, or for arrows that of the function around; undefined at module level. */
export function receiverOf(
  module: TypeScriptModule,
  functionNode: NodeId,
  idOf: (module: TypeScriptModule, node: NodeId) => FunctionId,
): Receiver | undefined {
  const holder = thisHolder(module.tree, functionNode);
  if (holder === NONE) return undefined;
  const { tree, path } = module;
  const start = tree.start[holder] ?? 0;
  const variable: Variable = {
    id: `${path}:${start}#this`,
    name: "this",
    role: "receiver",
    index: 0,
    declaredIn: idOf(module, holder),
    isReassigned: false,
    at: { file: path, start, end: start },
  };
  const owner = ownerName(tree, holder);
  return { variable, slot: owner === undefined ? undefined : `${path}.${owner}` };
}

/** The node that gives `this` its meaning: the nearest one around that is no arrow function. */
function thisHolder(tree: Tree, functionNode: NodeId): NodeId {
  for (let node = functionNode; node !== NONE; node = tree.parentOf(node)) {
    const kind = tree.kindOf(node);
    if (kind === "arrow_function" || !THIS_HOLDERS.has(kind)) continue;
    return node;
  }
  return NONE;
}

const THIS_HOLDERS: ReadonlySet<string> = new Set([
  ...FUNCTION_KINDS,
  "public_field_definition",
  "class_static_block",
]);

/** `Cache` (a class, or a function with a prototype), `typeof Cache` for statics, `object@120` for an object literal. */
function ownerName(tree: Tree, holder: NodeId): string | undefined {
  const maker = prototypeClassesOf(tree).classOf(holder);
  if (maker !== NONE) return `function@${tree.start[maker]}`;
  const isPair = tree.kindOf(tree.parentOf(holder)) === "pair";
  const body = tree.parentOf(isPair ? tree.parentOf(holder) : holder);
  const kind = body === NONE ? "" : tree.kindOf(body);
  if (kind === "object") return `object@${tree.start[body]}`;
  if (kind !== "class_body") return undefined;
  const isStatic = hasToken(tree, holder, "static");
  return isStatic ? `typeof ${classSlot(tree, body)}` : classSlot(tree, body);
}

/** The name of the class that a class body belongs to, or its place. */
export function classSlot(tree: Tree, body: NodeId): string {
  const declaration = tree.parentOf(body);
  const name = tree.childIn(declaration, "name");
  return name === NONE ? `class@${tree.start[declaration]}` : tree.textOf(name);
}
