import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { firstNamed, namedNodes, unwrapped } from "../nodes.ts";
import type { ModuleNode, TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { isStateSetter } from "./effect-setters.ts";
import {
  type Call,
  callAt,
  callsIn,
  initializerOf,
  isFunctionLiteral,
  mentions,
} from "./syntax.ts";

/** A promise whose answer sets state: `load(id).then(setItem)`, `.then((item) => setItem(item.name))`, `.then(show)`. */
export interface AnswerChain {
  readonly call: Call;
  readonly setter: string;
}

/** The first chain in an effect that asks for what the effect depends on and sets state to the answer. */
export function answerChain(
  module: TypeScriptModule,
  effect: NodeId,
  depends: readonly string[],
  resolver: TypeScriptResolver,
): AnswerChain | undefined {
  const { tree } = module;
  for (const call of callsIn(tree, effect)) {
    const [callback] = call.given;
    if (call.name !== "then" || call.object === NONE || callback === undefined) continue;
    const asked = tree.textOf(call.object);
    const isAsked = depends.some((name) => /^[\w.?]+$/.test(name) && isGiven(asked, name));
    const setter = isAsked ? setterIn({ module, node: callback }, resolver) : undefined;
    if (setter !== undefined) return { call, setter };
  }
  return undefined;
}

/** Whether a request is given what the name stands for, and is not merely a method of it. */
function isGiven(asked: string, name: string): boolean {
  const word = name.replace(/[.?]/g, "\\$&");
  return new RegExp(`[({,:\\[\\s$]${word}\\b(?!\\s*[:(])`).test(asked);
}

/** The setter that a callback calls with what it is given. */
function setterIn(at: ModuleNode, resolver: TypeScriptResolver, depth = 3): string | undefined {
  const { module } = at;
  const { tree } = module;
  const node = unwrapped(tree, at.node);
  if (node === NONE || depth === 0) return undefined;
  if (tree.kindOf(node) === "identifier") {
    if (isStateSetter(module, node, resolver)) return tree.textOf(node);
    const made = initializerOf(resolver, { module, node });
    return made && setterIn(made, resolver, depth - 1);
  }
  const call = tree.kindOf(node) === "call_expression" ? callAt(tree, node) : undefined;
  const [inner] = call?.name === "useCallback" ? call.given : [];
  if (inner !== undefined) return setterIn({ module, node: inner }, resolver, depth - 1);
  if (!isFunctionLiteral(tree, node)) return undefined;
  const answer = firstParameter(module, node);
  if (answer === undefined) return undefined;
  return callsIn(tree, node).find(
    ({ object, nameAt, given: [value] }) =>
      object === NONE &&
      value !== undefined &&
      mentions(tree, value, answer) &&
      isStateSetter(module, nameAt, resolver),
  )?.name;
}

function firstParameter({ tree }: TypeScriptModule, callback: NodeId): string | undefined {
  const single = tree.childIn(callback, "parameter");
  if (single !== NONE) return tree.textOf(single);
  const list = tree.childIn(callback, "parameters");
  const parameter = list === NONE ? undefined : namedNodes(tree, list)[0];
  const pattern = parameter === undefined ? NONE : tree.childIn(parameter, "pattern");
  if (pattern === NONE) return undefined;
  return tree.kindOf(pattern) === "identifier"
    ? tree.textOf(pattern)
    : tree.textOf(firstNamed(tree, pattern));
}
