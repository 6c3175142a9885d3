import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { memberName } from "./class-members.ts";
import { FUNCTION_KINDS, indexOf } from "./module-index.ts";
import type { TypeScriptModules } from "./modules.ts";
import { argumentsOf, firstNamed, namedNodes, unwrapped } from "./nodes.ts";
import type { ModuleNode, TypeScriptModule, TypeScriptResolver } from "./resolver.ts";
import { isTestPath } from "./test-path.ts";

/** More than these are not looked at: nothing is said of such a member. */
const MOST = 8;

/**
 * What stands behind the members of interfaces: the methods of the classes that name the interface, and the functions of objects that are
 * declared or returned as it, in the judged files that are no tests. Who makes one in another way is not seen.
 */
export class WrittenMembers {
  readonly #modules: TypeScriptModules;
  readonly #resolver: TypeScriptResolver;
  readonly #known = new Map<string, readonly ModuleNode[]>();

  constructor(modules: TypeScriptModules, resolver: TypeScriptResolver) {
    this.#modules = modules;
    this.#resolver = resolver;
  }

  /** The functions behind a signature of an interface; empty where there are none, or too many, or one is no function that is written there. */
  behind(signature: ModuleNode): readonly ModuleNode[] {
    const named = nameOf(signature);
    if (!named) return [];
    const key = named.join(".");
    const known = this.#known.get(key);
    if (known) return known;
    const found = this.#modules.judged.flatMap((path) => this.#in(path, ...named));
    const all = found.includes(undefined) || found.length > MOST ? [] : found;
    const written = all.filter((one) => one !== undefined);
    this.#known.set(key, written);
    return written;
  }

  /** Undefined stands for one that cannot be looked into. */
  #in(path: string, contract: string, member: string): readonly (ModuleNode | undefined)[] {
    const text = isTestPath(path) ? "" : (this.#modules.text(path) ?? "");
    if (!text.includes(contract) || !text.includes(member)) return [];
    const module = this.#modules.module(path);
    if (!module) return [];
    return holdersIn(module.tree, contract).flatMap((holder) =>
      this.#written(module, holder, member),
    );
  }

  #written(
    module: TypeScriptModule,
    holder: NodeId,
    name: string,
  ): readonly (ModuleNode | undefined)[] {
    const { tree } = module;
    return namedNodes(tree, holder).flatMap((member) => {
      const value = valueNamed(tree, member, name);
      return value === NONE ? [] : [this.#functionOf({ module, node: value })];
    });
  }

  /** A function that is written there, or that a constant or declaration of this module is. */
  #functionOf(value: ModuleNode): ModuleNode | undefined {
    const { tree } = value.module;
    const isName = /identifier$/.test(tree.kindOf(value.node));
    const variable = isName ? this.#resolver.variableAt(value) : undefined;
    if (isName && (!variable || variable.declaration.module !== value.module)) return undefined;
    const owner = variable ? tree.parentOf(variable.declaration.node) : value.node;
    const isDeclarator = tree.kindOf(owner) === "variable_declarator";
    const node = functionIn(tree, isDeclarator ? tree.childIn(owner, "value") : owner);
    return node === NONE ? undefined : { module: value.module, node };
  }
}

/** The interface around a signature, and the name of the member. */
function nameOf({
  module: { tree },
  node,
}: ModuleNode): readonly [contract: string, member: string] | undefined {
  let member = node;
  while (member !== NONE && !/^(?:method|property)_signature$/.test(tree.kindOf(member)))
    member = tree.parentOf(member);
  const contract = member === NONE ? NONE : tree.parentOf(tree.parentOf(member));
  if (contract === NONE || tree.kindOf(contract) !== "interface_declaration") return undefined;
  return [tree.textOf(tree.childIn(contract, "name")), tree.textOf(tree.childIn(member, "name"))];
}

/** The bodies of classes that implement an interface, and the objects that are declared to be it. */
function holdersIn(tree: Tree, contract: string): NodeId[] {
  const named = new RegExp(`^:?\\s*${contract.replaceAll("$", "\\$")}(?:<[\\s\\S]*)?$`);
  const found: NodeId[] = [];
  for (let node = 0; node < tree.size; node++) {
    const kind = tree.kindOf(node);
    if (kind === "implements_clause") {
      const isIt = tree.namedChildren(node).some((type) => named.test(tree.textOf(type)));
      const of = tree.parentOf(tree.parentOf(node));
      if (isIt) found.push(tree.childIn(of, "body"));
    } else if (kind === "variable_declarator") {
      const type = tree.childIn(node, "type");
      const value = tree.childIn(node, "value");
      if (type === NONE || value === NONE || !named.test(tree.textOf(type))) continue;
      if (tree.kindOf(unwrapped(tree, value)) === "object") found.push(unwrapped(tree, value));
    }
  }
  for (const of of indexOf(tree).functions) {
    const type = tree.childIn(of, "return_type");
    if (type !== NONE && named.test(tree.textOf(type))) found.push(...returnedObjects(tree, of));
  }
  return found;
}

function returnedObjects(tree: Tree, of: NodeId): NodeId[] {
  const body = tree.childIn(of, "body");
  const isBlock = body !== NONE && tree.kindOf(body) === "statement_block";
  const values = isBlock
    ? (indexOf(tree).returns.get(of) ?? []).map((statement) => firstNamed(tree, statement))
    : [body];
  return values
    .map((value) => (value === NONE ? NONE : unwrapped(tree, value)))
    .filter((value) => value !== NONE && tree.kindOf(value) === "object");
}

/** The value of a member of that name; NONE for other members. */
function valueNamed(tree: Tree, member: NodeId, name: string): NodeId {
  switch (tree.kindOf(member)) {
    case "pair":
      return tree.textOf(tree.childIn(member, "key")) === name
        ? unwrapped(tree, tree.childIn(member, "value"))
        : NONE;
    case "method_definition":
      return memberName(tree, member) === name ? member : NONE;
    case "shorthand_property_identifier":
      return tree.textOf(member) === name ? member : NONE;
    default:
      return NONE;
  }
}

/** The function of `useCallback(function, [])`, or the function itself. */
function functionIn(tree: Tree, value: NodeId): NodeId {
  const node = value === NONE ? NONE : unwrapped(tree, value);
  if (node === NONE || FUNCTION_KINDS.has(tree.kindOf(node))) return node;
  if (tree.kindOf(node) !== "call_expression") return NONE;
  const [kept] = argumentsOf(tree, node);
  const isHook = /^(?:React\.)?useCallback$/.test(tree.textOf(tree.childIn(node, "function")));
  return isHook && kept !== undefined && FUNCTION_KINDS.has(tree.kindOf(kept)) ? kept : NONE;
}
