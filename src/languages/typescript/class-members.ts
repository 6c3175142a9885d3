import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { indexOf } from "./module-index.ts";
import { firstNamed, hasToken, namedNodes, unwrapped } from "./nodes.ts";

/**
 * The members that one declaration (class, interface, object type) writes itself, by name; a method with overloads has several nodes.
 * Parameter properties are their parameter, and what plain JavaScript assigns to `this` is the assignment. Call signatures
 * have the name `()`, construct signatures `new`, index signatures `[]`.
 */
export interface ClassMembers {
  readonly ofInstance: ReadonlyMap<string, readonly NodeId[]>;
  readonly ofClass: ReadonlyMap<string, readonly NodeId[]>;
  /** The constructor with a body, or NONE. */
  readonly constructorNode: NodeId;
}

const known = new WeakMap<Tree, Map<NodeId, ClassMembers>>();

export function membersOf(tree: Tree, declaration: NodeId): ClassMembers {
  let members = known.get(tree);
  if (!members) {
    members = new Map();
    known.set(tree, members);
  }
  let found = members.get(declaration);
  if (!found) {
    found = readMembers(tree, declaration);
    members.set(declaration, found);
  }
  return found;
}

const INTERFACE_MEMBERS: ReadonlySet<string> = new Set([
  "method_definition",
  "method_signature",
  "abstract_method_signature",
  "public_field_definition",
  "property_signature",
]);

function readMembers(tree: Tree, declaration: NodeId): ClassMembers {
  const ofInstance = new Map<string, NodeId[]>();
  const ofClass = new Map<string, NodeId[]>();
  let constructorNode: NodeId = NONE;
  const isObjectType = tree.kindOf(declaration) === "object_type";
  const body = isObjectType ? declaration : tree.childIn(declaration, "body");
  if (body === NONE) return { ofInstance, ofClass, constructorNode };
  for (const member of tree.namedChildren(body)) {
    const kind = tree.kindOf(member);
    if (kind === "call_signature") add(ofInstance, "()", member);
    else if (kind === "construct_signature") add(ofInstance, "new", member);
    else if (kind === "index_signature") add(ofInstance, "[]", member);
    if (!INTERFACE_MEMBERS.has(kind)) continue;
    const name = memberName(tree, member);
    if (name === undefined) continue;
    if (name === "constructor" && kind === "method_definition") {
      constructorNode = member;
      addParameterProperties(tree, member, ofInstance);
    } else add(hasToken(tree, member, "static") ? ofClass : ofInstance, name, member);
  }
  if (!isObjectType && tree.kindOf(body) === "class_body") addAssigned(tree, body, ofInstance);
  return { ofInstance, ofClass, constructorNode };
}

/** The name of a member or of a property in an object literal; undefined where it is computed. */
export function memberName(tree: Tree, member: NodeId): string | undefined {
  const name = tree.childIn(member, tree.kindOf(member) === "pair" ? "key" : "name");
  if (name === NONE) return undefined;
  const kind = tree.kindOf(name);
  if (kind === "computed_property_name") {
    const inner = firstNamed(tree, name);
    if (inner === NONE) return undefined;
    if (tree.kindOf(inner) === "string") return tree.textOf(inner).slice(1, -1);
    return WELL_KNOWN.test(tree.textOf(inner)) ? `[${tree.textOf(inner)}]` : undefined;
  }
  return kind === "string" ? tree.textOf(name).slice(1, -1) : tree.textOf(name);
}

/** Members that the language asks for. */
const WELL_KNOWN = /^Symbol\.(?:iterator|asyncIterator)$/;

/** `constructor(private readonly store: Store)`. */
function addParameterProperties(tree: Tree, method: NodeId, into: Map<string, NodeId[]>): void {
  const parameters = tree.childIn(method, "parameters");
  if (parameters === NONE) return;
  for (const parameter of namedNodes(tree, parameters)) {
    const isProperty =
      hasToken(tree, parameter, "readonly") ||
      tree
        .namedChildren(parameter)
        .some((child) =>
          ["accessibility_modifier", "override_modifier"].includes(tree.kindOf(child)),
        );
    const pattern = tree.childIn(parameter, "pattern");
    if (isProperty && pattern !== NONE) add(into, tree.textOf(pattern), parameter);
  }
}

/** `this.name = value` in any method, for names that no member declares. */
function addAssigned(tree: Tree, body: NodeId, into: Map<string, NodeId[]>): void {
  const end = tree.afterSubtree(body);
  const assigned = new Map<string, NodeId[]>();
  for (const assignment of indexOf(tree).assignments) {
    if (assignment < body || assignment >= end) continue;
    const left = unwrapped(tree, tree.childIn(assignment, "left"));
    if (left === NONE || tree.kindOf(left) !== "member_expression") continue;
    if (tree.kindOf(tree.childIn(left, "object")) !== "this") continue;
    const name = tree.textOf(tree.childIn(left, "property"));
    if (!into.has(name)) add(assigned, name, assignment);
  }
  for (const [name, nodes] of assigned) into.set(name, nodes);
}

function add(into: Map<string, NodeId[]>, name: string, member: NodeId): void {
  const nodes = into.get(name);
  if (nodes) nodes.push(member);
  else into.set(name, [member]);
}
