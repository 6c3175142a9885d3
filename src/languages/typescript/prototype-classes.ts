import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { memberName } from "./class-members.ts";
import { indexOf } from "./module-index.ts";
import { namedNodes, unwrapped } from "./nodes.ts";
import { scopesOf } from "./scopes.ts";

/**
 * The classes of a file as they were written before the language had any: a function, and `Queue.prototype.add = function () { … }`
 * or `Queue.prototype = { add() { … } }` in the same file. Not modelled: what is added in other files, and bases.
 */
export interface PrototypeClasses {
  /** The assignments and properties that make the members of a function's values, by name; undefined for any other function. */
  membersOf(maker: NodeId): ReadonlyMap<string, readonly NodeId[]> | undefined;
  /** The function whose values `this` is in a function: itself, or the one whose method it is; NONE where it is none. */
  classOf(of: NodeId): NodeId;
}

const known = new WeakMap<Tree, PrototypeClasses>();

export function prototypeClassesOf(tree: Tree): PrototypeClasses {
  let found = known.get(tree);
  if (!found) {
    found = readClasses(tree);
    known.set(tree, found);
  }
  return found;
}

function readClasses(tree: Tree): PrototypeClasses {
  const classes = new Map<NodeId, Map<string, NodeId[]>>();
  const owners = new Map<NodeId, NodeId>();
  const add = (maker: NodeId, name: string, member: NodeId, value: NodeId) => {
    const members = classes.get(maker) ?? new Map<string, NodeId[]>();
    classes.set(maker, members);
    owners.set(maker, maker);
    members.set(name, [...(members.get(name) ?? []), member]);
    if (value !== NONE && isPlainFunction(tree, value)) owners.set(value, maker);
  };
  const assignments = tree.text.includes(".prototype") ? indexOf(tree).assignments : [];
  for (const assignment of assignments) {
    const left = tree.childIn(assignment, "left");
    const right = unwrapped(tree, tree.childIn(assignment, "right"));
    const object = memberObject(tree, left);
    const own = constructorOf(tree, object);
    if (own !== NONE) {
      add(own, tree.textOf(tree.childIn(left, "property")), assignment, right);
      continue;
    }
    const whole = tree.kindOf(right) === "object" ? constructorOf(tree, left) : NONE;
    if (whole === NONE) continue;
    for (const property of namedNodes(tree, right)) {
      const name = memberName(tree, property);
      if (name !== undefined) add(whole, name, property, tree.childIn(property, "value"));
    }
  }
  for (const [maker, members] of classes) addAssigned(tree, maker, owners, members);
  return {
    membersOf: (maker) => classes.get(maker),
    classOf: (of) => owners.get(of) ?? NONE,
  };
}

function memberObject(tree: Tree, node: NodeId): NodeId {
  return node !== NONE && tree.kindOf(node) === "member_expression"
    ? tree.childIn(node, "object")
    : NONE;
}

/** The function that `Queue.prototype` belongs to. */
function constructorOf(tree: Tree, prototype: NodeId): NodeId {
  const name = memberObject(tree, prototype);
  if (name === NONE || tree.kindOf(name) !== "identifier") return NONE;
  if (tree.textOf(tree.childIn(prototype, "property")) !== "prototype") return NONE;
  const [declaration] = scopesOf(tree).bindingAt(name)?.declarations ?? [];
  if (!declaration) return NONE;
  if (isPlainFunction(tree, declaration.node)) return declaration.node;
  if (tree.kindOf(declaration.node) !== "variable_declarator") return NONE;
  const value = tree.childIn(declaration.node, "value");
  return value !== NONE && isPlainFunction(tree, value) ? value : NONE;
}

function isPlainFunction(tree: Tree, node: NodeId): boolean {
  const kind = tree.kindOf(node);
  return kind === "function_declaration" || kind === "function_expression";
}

/** `this.name = value` in the maker, for names that the prototype does not have. */
function addAssigned(
  tree: Tree,
  maker: NodeId,
  owners: ReadonlyMap<NodeId, NodeId>,
  into: Map<string, NodeId[]>,
): void {
  const bodies = [...owners].filter(([, owner]) => owner === maker).map(([of]) => of);
  const assigned = new Map<string, NodeId[]>();
  for (const body of bodies) {
    const end = tree.afterSubtree(body);
    for (const assignment of indexOf(tree).assignments) {
      if (assignment < body || assignment >= end) continue;
      const left = tree.childIn(assignment, "left");
      const object = memberObject(tree, left);
      if (object === NONE || tree.kindOf(object) !== "this") continue;
      const name = tree.textOf(tree.childIn(left, "property"));
      if (!into.has(name)) assigned.set(name, [...(assigned.get(name) ?? []), assignment]);
    }
  }
  for (const [name, nodes] of assigned) into.set(name, nodes);
}
