import type { AccessPath, Root, Step } from "../../../model/path.ts";
import { stepText } from "../../../model/path.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { stringValue } from "../module-exports.ts";
import { argumentsOf, unwrapped } from "../nodes.ts";
import type { TypeScriptVariable } from "../resolver.ts";
import { givenFor, ownerOfThis } from "./helpers.ts";
import { keyOf } from "./keys.ts";
import type { Lowering } from "./lowering.ts";

/** A path and what was declared at its root, if that is a declared name. */
export interface NamedPath {
  readonly path: AccessPath;
  readonly declared: TypeScriptVariable | undefined;
}

/** Names are followed through so many `const self = this`. */
const MOST_ALIASES = 4;

/** Members of members beyond this are nobody's. */
const LONGEST_PATH = 40;

/**
 * The path that an expression is: names, `this`, members, elements with a constant key, `map.get(key)` of a Map. Emits
 * nothing. Undefined for every other expression and for what is declared nowhere.
 */
export function pathOf(
  lowering: Lowering,
  node: NodeId,
  aliases = MOST_ALIASES,
): NamedPath | undefined {
  const { tree } = lowering;
  const steps: Step[] = [];
  let at = unwrapped(tree, node);
  for (; at !== NONE && steps.length < LONGEST_PATH; ) {
    const step = stepOf(lowering, at);
    if (!step) break;
    steps.push(step);
    at = unwrapped(tree, objectOf(lowering, at));
  }
  const base = at === NONE ? undefined : baseOf(lowering, at, steps.length > 0, aliases);
  if (!base) return undefined;
  steps.reverse();
  const path = {
    ...extended(base.path, steps),
    text: lowering.shortText(unwrapped(tree, node)),
  };
  return { path, declared: base.declared };
}

/** A path with steps put behind it. */
export function extended(base: AccessPath, steps: readonly Step[]): AccessPath {
  if (steps.length === 0) return base;
  const suffix = steps.map(stepText).join("");
  return {
    root: base.root,
    steps: [...base.steps, ...steps],
    text: base.text + suffix,
    slot: base.slot === undefined ? undefined : base.slot + suffix,
  };
}

/** The last step of an expression that is a member or an element of another. */
function stepOf(lowering: Lowering, node: NodeId): Step | undefined {
  const { tree } = lowering;
  switch (tree.kindOf(node)) {
    case "member_expression": {
      const property = tree.childIn(node, "property");
      return property === NONE ? undefined : { kind: "field", name: tree.textOf(property) };
    }
    case "subscript_expression": {
      const index = tree.childIn(node, "index");
      return index === NONE ? undefined : elementStep(lowering, index);
    }
    case "call_expression": {
      const access = mapAccess(lowering, node);
      return access?.method === "get" ? access.step : undefined;
    }
    default:
      return undefined;
  }
}

function elementStep(lowering: Lowering, index: NodeId): Step {
  const { tree } = lowering;
  const isName =
    tree.kindOf(index) === "string" && /^[A-Za-z_$][\w$]*$/.test(stringValue(tree, index));
  if (isName) return { kind: "field", name: stringValue(tree, index) };
  return { kind: "element", key: keyOf(lowering, index) };
}

/** The object that a step is taken from. */
function objectOf({ tree }: Lowering, node: NodeId): NodeId {
  const member = tree.kindOf(node) === "call_expression" ? tree.childIn(node, "function") : node;
  return member === NONE ? NONE : tree.childIn(member, "object");
}

/** `map.get(key)` and its like on a Map, Set, WeakMap or WeakSet. */
export interface MapAccess {
  readonly method: "get" | "has" | "set" | "add" | "delete" | "clear";
  readonly object: NodeId;
  readonly step: Step;
}

const MAP_METHODS: ReadonlyMap<string, number> = new Map([
  ["get", 1],
  ["has", 1],
  ["set", 2],
  ["add", 1],
  ["delete", 1],
  ["clear", 0],
]);

/** Reads a call as an access to an element, where the receiver is known to be one of the platform's maps and sets. */
export function mapAccess(lowering: Lowering, call: NodeId): MapAccess | undefined {
  const { tree, module } = lowering;
  const member = tree.childIn(call, "function");
  if (member === NONE || tree.kindOf(member) !== "member_expression") return undefined;
  const property = tree.childIn(member, "property");
  const method = property === NONE ? "" : tree.textOf(property);
  const wanted = MAP_METHODS.get(method);
  if (wanted === undefined) return undefined;
  const given = argumentsOf(tree, call);
  if (given.length !== wanted) return undefined;
  const callee = lowering.unit.resolver.calleeOf({ module, node: call });
  if (callee.kind !== "external" || !/^global:(?:Weak)?(?:Map|Set)\./.test(callee.name))
    return undefined;
  const [key] = given;
  return {
    method: method as MapAccess["method"],
    object: tree.childIn(member, "object"),
    step: { kind: "element", key: key === undefined ? undefined : keyOf(lowering, key) },
  };
}

const GLOBAL_OBJECTS: ReadonlySet<string> = new Set(["globalThis", "window", "global", "self"]);

function baseOf(
  lowering: Lowering,
  node: NodeId,
  hasSteps: boolean,
  aliases: number,
): NamedPath | undefined {
  const { tree, unit, module } = lowering;
  switch (tree.kindOf(node)) {
    case "this": {
      const receiver = unit.receiver(module, ownerOfThis(lowering));
      if (!receiver) return undefined;
      return { path: rootPath(receiver.variable, "this", receiver.slot), declared: undefined };
    }
    case "identifier":
    case "shorthand_property_identifier":
    case "shorthand_property_identifier_pattern": {
      const declared = unit.variableAt(module, node);
      if (declared) {
        const given = givenFor(lowering, declared);
        if (given) return pathOf(given.caller, given.node, aliases);
        const alias = aliases > 0 ? aliasOf(lowering, declared, hasSteps, aliases - 1) : undefined;
        return alias ?? pathOfVariable(lowering, declared);
      }
      const name = tree.textOf(node);
      if (!GLOBAL_OBJECTS.has(name)) return undefined;
      const path = rootPath(unit.globalObject("globalThis"), name, "global");
      return { path, declared: undefined };
    }
    default:
      return undefined;
  }
}

/** The path that a declared name is by itself. */
export function pathOfVariable({ unit }: Lowering, declared: TypeScriptVariable): NamedPath {
  const variable = unit.variable(declared);
  const isOwn = variable.role === "global" && declared.kind !== "import";
  const slot = isOwn ? `${declared.declaration.module.path}.${variable.name}` : undefined;
  return { path: rootPath(variable, variable.name, slot), declared };
}

function rootPath(
  variable: Extract<Root, { kind: "variable" }>["variable"],
  text: string,
  slot: string | undefined,
): AccessPath {
  return { root: { kind: "variable", variable }, steps: [], text, slot };
}

/**
 * What a constant stands for: `const self = this`; and where members of it are meant also `const cache = this.cache` and
 * `const { cache } = this`, since an object is the same under both names.
 */
function aliasOf(
  lowering: Lowering,
  declared: TypeScriptVariable,
  hasSteps: boolean,
  aliases: number,
): NamedPath | undefined {
  if (declared.kind !== "const" || declared.declaration.module !== lowering.module)
    return undefined;
  const { tree } = lowering;
  const { node } = declared.declaration;
  const parent = tree.parentOf(node);
  if (tree.kindOf(parent) === "variable_declarator") {
    const value = unwrapped(tree, tree.childIn(parent, "value"));
    if (value === NONE || (!hasSteps && tree.kindOf(value) !== "this")) return undefined;
    return isMemberChain(lowering, value) ? pathOf(lowering, value, aliases) : undefined;
  }
  const declarator = tree.parentOf(parent);
  if (!hasSteps || tree.kindOf(parent) !== "object_pattern") return undefined;
  if (tree.kindOf(declarator) !== "variable_declarator") return undefined;
  const value = unwrapped(tree, tree.childIn(declarator, "value"));
  if (value === NONE || !isMemberChain(lowering, value)) return undefined;
  const base = pathOf(lowering, value, aliases);
  const step: Step = { kind: "field", name: tree.textOf(node) };
  return base && { path: extended(base.path, [step]), declared: base.declared };
}

/** `this`, or members of it or of a name, without calls. */
function isMemberChain({ tree }: Lowering, node: NodeId): boolean {
  let at = node;
  while (at !== NONE && tree.kindOf(at) === "member_expression")
    at = unwrapped(tree, tree.childIn(at, "object"));
  if (at === NONE) return false;
  return tree.kindOf(at) === "this" || (at !== node && tree.kindOf(at) === "identifier");
}
