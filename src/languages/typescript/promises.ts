import { defineInput } from "../../core/analysis.ts";
import type { Answer } from "../../core/answer.ts";
import { NONE } from "../../syntax/tree.ts";
import { expectedType } from "./expected-type.ts";
import { bodyResult } from "./function-result.ts";
import type { Inference } from "./inference.ts";
import { hasToken } from "./nodes.ts";
import { isPlatformValue } from "./platform-types.ts";
import { type PromiseShare, promiseShare } from "./promise-answer.ts";
import type { ModuleNode } from "./resolver.ts";
import {
  declaredType,
  externalName,
  type TsType,
  UNKNOWN,
  unionOf,
  withoutNullish,
} from "./ts-type.ts";
import { type Callback, callbackOf, isVoidPlace } from "./void-place.ts";

/** What is known of promises beyond the resolver's three answers. */
export interface PromiseFacts {
  /** How much of an expression's value is a promise. */
  shareOf(expression: ModuleNode): PromiseShare;
  /** The same of the elements of arrays; `unknown` for what is no array. */
  elementShareOf(expression: ModuleNode): PromiseShare;
  /** Of what a function yields by its body, whatever its annotation says; `unknown` without a body. */
  bodyShareOf(of: ModuleNode): PromiseShare;
  typeOf(expression: ModuleNode): TsType;
  /** Whether it is a promise only as far as it has a `then`: PromiseLike. */
  isPromiseLike(expression: ModuleNode): boolean;
  /** Whether the place of an expression takes values that are surely no promises: a parameter that is a string by its type. */
  isPlainPlace(expression: ModuleNode): boolean;
  /** Whether the place of an expression asks for a function whose result nobody looks at. */
  isVoidPlace(expression: ModuleNode): Answer;
  /** The function that an expression is. */
  callbackOf(expression: ModuleNode): Callback | undefined;
}

export const promises = defineInput<PromiseFacts>("promises");

export function promiseFacts(inference: Inference): PromiseFacts {
  return {
    shareOf: (at) => promiseShare(inference.typeOf(at), inference),
    elementShareOf(at) {
      const members = withoutNullish(inference.typeOf(at));
      const elements = members.map((type) => (type.kind === "array" ? type.element() : UNKNOWN));
      return promiseShare(unionOf(elements), inference);
    },
    bodyShareOf: (at) => promiseShare(bodyResult(at, inference), inference),
    typeOf: (at) => inference.typeOf(at),
    isPromiseLike: (at) => isPromiseLike(declaredType(inference.typeOf(at))),
    isPlainPlace: (at) => isPlain(expectedType(at, inference), inference),
    isVoidPlace: (at) => isVoidPlace(at, inference),
    callbackOf: (at) => callbackOf(at, inference),
  };
}

function isPromiseLike(type: TsType): boolean {
  const promises = promisesIn(type);
  return promises.length > 0 && promises.every(({ isLike }) => isLike === true);
}

/** Strings, numbers, arrays, and what classes and the platform make, as far as all of it is known; anything fits into `{}`. */
function isPlain(type: TsType, inference: Inference): boolean {
  if (promiseShare(type, inference) !== "never") return false;
  const members = withoutNullish(type);
  return members.length > 0 && members.every((member) => PLAIN.has(member.kind) || isMade(member));
}

const PLAIN: ReadonlySet<TsType["kind"]> = new Set(["primitive", "array"]);

/** A class, or an interface that asks for something that no promise has. */
function isMade(type: TsType): boolean {
  if (type.kind === "external" && type.isInstance && isPlatformValue(externalName(type)))
    return true;
  const known = declaredType(type);
  return known.kind === "instance" && known.declarations.some(asksForMore);
}

function asksForMore({ module: { tree }, node }: ModuleNode): boolean {
  if (tree.kindOf(node).includes("class")) return true;
  const body = tree.childIn(node, "body");
  return tree
    .namedChildren(body === NONE ? node : body)
    .some(
      (member) =>
        /^(?:property|method)_signature$/.test(tree.kindOf(member)) &&
        !hasToken(tree, member, "?") &&
        !/^(?:then|catch|finally)$/.test(tree.textOf(tree.childIn(member, "name"))),
    );
}

type PromiseType = Extract<TsType, { kind: "promise" }>;

function promisesIn(type: TsType): readonly PromiseType[] {
  if (type.kind === "promise") return [type];
  if (type.kind !== "intersection" && type.kind !== "union") return [];
  return type.members.flatMap(promisesIn);
}
