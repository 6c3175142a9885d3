import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { stringValue } from "../module-exports.ts";
import { argumentsOf, firstNamed, namedNodes, unwrapped } from "../nodes.ts";
import type { TypeScriptVariable } from "../resolver.ts";
import { givenFor } from "./helpers.ts";
import type { Lowering } from "./lowering.ts";

/**
 * Canonical text of a key: a constant, or the name of a variable that is never assigned again, members of such a variable, or a
 * template of these, or what a function makes of these; otherwise undefined.
 */
export function keyOf(lowering: Lowering, node: NodeId): string | undefined {
  const { tree } = lowering;
  const key = unwrapped(tree, node);
  if (key === NONE) return undefined;
  switch (tree.kindOf(key)) {
    case "string":
      return JSON.stringify(stringValue(tree, key));
    case "number":
    case "true":
    case "false":
      return tree.textOf(key);
    case "identifier": {
      const declared = lowering.unit.variableAt(lowering.module, key);
      return declared && isSteady(declared) ? nameKey(lowering, declared) : undefined;
    }
    case "call_expression":
      return callKey(lowering, key);
    case "member_expression":
      return memberKey(lowering, key);
    case "template_string":
      return templateKey(lowering, key);
    default:
      return undefined;
  }
}

/** A name; for a parameter of a helper what it was given, and for a constant what makes it out of others. */
function nameKey(lowering: Lowering, declared: TypeScriptVariable): string | undefined {
  const given = givenFor(lowering, declared);
  if (given) return keyOf(given.caller, given.node);
  const { node, module } = declared.declaration;
  const { tree } = module;
  const declarator = tree.parentOf(node);
  const value =
    declared.kind === "const" && tree.kindOf(declarator) === "variable_declarator"
      ? unwrapped(tree, tree.childIn(declarator, "value"))
      : NONE;
  if (value !== NONE && module === lowering.module && tree.kindOf(value) === "call_expression") {
    const made = callKey(lowering, value);
    if (made !== undefined) return made;
  }
  // A helper's own name is another one than its caller's.
  const isOwn = lowering.call && declared.function === lowering.functionNode;
  return isOwn ? `${lowering.id} ${declared.name}` : declared.name;
}

/** `keyOf(address)`, `JSON.stringify(options)`: the same for the same. */
function callKey(lowering: Lowering, call: NodeId): string | undefined {
  const { tree } = lowering;
  const callee = unwrapped(tree, tree.childIn(call, "function"));
  if (callee === NONE) return undefined;
  const name = tree.textOf(callee);
  if (!/^(?:this\.)?[#\w$]+$|^JSON\.stringify$/.test(name) || NEW_EACH_TIME.test(name))
    return undefined;
  const given = argumentsOf(tree, call).map((argument) => keyOf(lowering, argument));
  if (given.length === 0 || given.includes(undefined)) return undefined;
  return `${name}(${given.join(",")})`;
}

const NEW_EACH_TIME =
  /rand|uuid|nano|unique|next|now|create|generate|make|new|import|require|fetch|load/i;

/** Members of members beyond this are no keys. */
const MOST_MEMBERS = 4;

/** `user.id`: taken for the same as long as `user` is the same. */
function memberKey(lowering: Lowering, member: NodeId): string | undefined {
  const { tree } = lowering;
  const names: string[] = [];
  let at = member;
  while (at !== NONE && tree.kindOf(at) === "member_expression") {
    if (names.length > MOST_MEMBERS) return undefined;
    names.push(tree.textOf(tree.childIn(at, "property")));
    at = unwrapped(tree, tree.childIn(at, "object"));
  }
  if (at === NONE || tree.kindOf(at) !== "identifier") return undefined;
  const [name] = names;
  const asked = names.length === 1 && name !== undefined ? askedBy(lowering, at, name) : undefined;
  if (asked !== undefined) return asked;
  const root = keyOf(lowering, at);
  return root && [root, ...names.reverse()].join(".");
}

/** `id` for `job.id`, where `const job = await load(id)`: what was asked for by a name has it. */
function askedBy(lowering: Lowering, root: NodeId, name: string): string | undefined {
  const declared = lowering.unit.variableAt(lowering.module, root);
  if (!declared) return undefined;
  const given = givenFor(lowering, declared);
  if (given) {
    const node = unwrapped(given.caller.tree, given.node);
    return given.caller.tree.kindOf(node) === "identifier"
      ? askedBy(given.caller, node, name)
      : undefined;
  }
  const { module, node } = declared.declaration;
  if (declared.kind !== "const" || module !== lowering.module) return undefined;
  const { tree } = module;
  const declarator = tree.parentOf(node);
  if (tree.kindOf(declarator) !== "variable_declarator") return undefined;
  let made = unwrapped(tree, tree.childIn(declarator, "value"));
  if (made !== NONE && tree.kindOf(made) === "await_expression")
    made = unwrapped(tree, firstNamed(tree, made));
  if (made === NONE || tree.kindOf(made) !== "call_expression") return undefined;
  for (const argument of argumentsOf(tree, made)) {
    const text = tree.textOf(argument);
    if (text === name || text.endsWith(`.${name}`)) return keyOf(lowering, argument);
  }
  return undefined;
}

function templateKey(lowering: Lowering, template: NodeId): string | undefined {
  const { tree } = lowering;
  const isKnown = namedNodes(tree, template).every((part) => {
    if (tree.kindOf(part) !== "template_substitution") return true;
    const inner = unwrapped(tree, firstNamed(tree, part));
    const isNested = inner !== NONE && tree.kindOf(inner) === "template_string";
    return inner !== NONE && !isNested && keyOf(lowering, inner) !== undefined;
  });
  return isKnown ? tree.textOf(template) : undefined;
}

function isSteady(declared: TypeScriptVariable): boolean {
  return declared.kind === "const" || !declared.isReassigned();
}
