import { NONE, type NodeId } from "../../syntax/tree.ts";
import { awaitedType } from "./awaited-type.ts";
import type { Binding } from "./binding.ts";
import { typeParametersOf } from "./class-type.ts";
import { beside, type Inference } from "./inference.ts";
import { iteratedType } from "./iterated-type.ts";
import { annotationIn, argumentsOf, namedNodes } from "./nodes.ts";
import type { ModuleNode } from "./resolver.ts";
import { scopesOf } from "./scopes.ts";
import { parameterAnnotation } from "./signature-parameters.ts";
import {
  declaredType,
  NO_ARGUMENTS,
  type Signature,
  type TsType,
  unionOf,
  withoutNullish,
} from "./ts-type.ts";

/** Types inside of types that an argument is held against. */
const DEEPEST = 6;

/**
 * What a call says of the signature's own type parameters: written, or told by the arguments (`run<T>(work: () => Promise<T> | T): T`).
 * Only those that the result names are looked for.
 */
export function withTypeArguments(
  signature: Signature,
  call: ModuleNode,
  inference: Inference,
): Signature {
  const parameters = typeParametersOf(signature.at);
  if (parameters.length === 0) return signature;
  const { tree } = call.module;
  const bound = new Map(signature.typeArguments);
  const list = tree.childIn(call.node, "type_arguments");
  if (list !== NONE) {
    const given = namedNodes(tree, list);
    parameters.forEach(({ binding }, index) => {
      const node = given[index];
      if (node !== undefined)
        bound.set(binding, inference.annotated(beside(call, node), NO_ARGUMENTS));
    });
  } else infer(signature, parameters, call, bound, inference);
  return { ...signature, typeArguments: bound };
}

function infer(
  { at }: Signature,
  parameters: readonly { readonly binding: Binding }[],
  call: ModuleNode,
  bound: Map<Binding, TsType>,
  inference: Inference,
): void {
  const { tree } = at.module;
  const result = annotationIn(
    tree,
    at.node,
    tree.kindOf(at.node) === "construct_signature" ? "type" : "return_type",
  );
  if (result === NONE) return;
  const text = tree.textOf(result);
  const wanted = new Set(
    parameters.map(({ binding }) => binding).filter(({ name }) => text.includes(name)),
  );
  if (wanted.size === 0) return;
  const matcher = new Matcher(wanted, inference);
  argumentsOf(call.module.tree, call.node).forEach((argument, index) => {
    const annotation = parameterAnnotation(tree, at.node, index);
    if (annotation === NONE || call.module.tree.kindOf(argument) === "spread_element") return;
    if (!matcher.mentions(beside(at, annotation))) return;
    matcher.match(beside(at, annotation), inference.typeOf(beside(call, argument)), DEEPEST);
  });
  for (const [binding, types] of matcher.found) bound.set(binding, unionOf(types));
}

/** Holds written types against the types of arguments. */
class Matcher {
  readonly found = new Map<Binding, TsType[]>();
  readonly #wanted: ReadonlySet<Binding>;
  readonly #inference: Inference;

  constructor(wanted: ReadonlySet<Binding>, inference: Inference) {
    this.#wanted = wanted;
    this.#inference = inference;
  }

  /** Whether a written type may name one of the wanted. */
  mentions({ module: { tree }, node }: ModuleNode): boolean {
    const text = tree.textOf(node);
    return [...this.#wanted].some(({ name }) => text.includes(name));
  }

  match(written: ModuleNode, given: TsType, left: number): void {
    if (left === 0 || given.kind === "unknown" || !this.mentions(written)) return;
    const { tree } = written.module;
    const type = declaredType(given);
    const inner = (node: NodeId, of: TsType) => this.match(beside(written, node), of, left - 1);
    switch (tree.kindOf(written.node)) {
      case "type_identifier":
        this.#bind(written, given);
        return;
      case "parenthesized_type":
      case "readonly_type":
        for (const node of namedNodes(tree, written.node)) inner(node, given);
        return;
      case "array_type":
        for (const node of namedNodes(tree, written.node))
          inner(node, iteratedType(type, this.#inference));
        return;
      case "union_type":
        this.#union(written, type, left);
        return;
      case "function_type":
        this.#result(written, type, left);
        return;
      case "generic_type":
        this.#generic(written, type, left);
        return;
      case "object_type":
        for (const member of namedNodes(tree, written.node)) {
          const name = tree.childIn(member, "name");
          const annotation = annotationIn(tree, member, "type");
          if (name !== NONE && annotation !== NONE)
            inner(annotation, this.#inference.member(type, tree.textOf(name)));
        }
    }
  }

  #bind(written: ModuleNode, given: TsType): void {
    const binding = scopesOf(written.module.tree).bindingAt(written.node);
    if (!binding || !this.#wanted.has(binding)) return;
    const types = this.found.get(binding);
    if (types) types.push(given);
    else this.found.set(binding, [given]);
  }

  /** `T | Promise<T>`: promises meet the promise, everything else the rest. */
  #union(written: ModuleNode, given: TsType, left: number): void {
    const { tree } = written.module;
    const open = [...namedNodes(tree, written.node)];
    const promises: NodeId[] = [];
    const others: NodeId[] = [];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (tree.kindOf(node) === "union_type") open.push(...namedNodes(tree, node));
      else if (/^Promise(?:Like)?\s*</.test(tree.textOf(node))) promises.push(node);
      else others.push(node);
    }
    for (const member of withoutNullish(given)) {
      const meant = member.kind === "promise" && promises.length > 0 ? promises : others;
      for (const node of meant) this.match(beside(written, node), member, left - 1);
    }
  }

  #result(written: ModuleNode, given: TsType, left: number): void {
    const [signature] = given.kind === "function" ? given.signatures : [];
    const result = written.module.tree.childIn(written.node, "return_type");
    if (!signature || result === NONE) return;
    this.match(beside(written, result), this.#inference.result(signature), left - 1);
  }

  #generic(written: ModuleNode, given: TsType, left: number): void {
    const { tree } = written.module;
    const name = tree.textOf(tree.childIn(written.node, "name"));
    const list = tree.childIn(written.node, "type_arguments");
    const [first] = list === NONE ? [] : namedNodes(tree, list);
    if (first === undefined) return;
    if (/^Promise(?:Like)?$/.test(name)) {
      if (given.kind === "promise")
        this.match(beside(written, first), awaitedType(given), left - 1);
    } else if (ITERABLES.has(name))
      this.match(beside(written, first), iteratedType(given, this.#inference), left - 1);
  }
}

const ITERABLES: ReadonlySet<string> = new Set(["Array", "ReadonlyArray", "Iterable", "Set"]);
