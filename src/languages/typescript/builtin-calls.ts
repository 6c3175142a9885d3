import { NONE, type NodeId } from "../../syntax/tree.ts";
import { awaitedType } from "./awaited-type.ts";
import { exportedValue } from "./exported-value.ts";
import { beside, type Inference } from "./inference.ts";
import { iteratedType } from "./iterated-type.ts";
import { stringValue } from "./module-exports.ts";
import { argumentsOf, unwrapped } from "./nodes.ts";
import type { ModuleNode } from "./resolver.ts";
import {
  declaredType,
  type Lazy,
  NULLISH,
  PRIMITIVE,
  promiseOf,
  type TsType,
  UNKNOWN,
  unionOf,
} from "./ts-type.ts";

type Builtin = (call: ModuleNode, inference: Inference) => TsType;

/** Calls of Promise and Array, whose results depend on receiver and arguments; undefined for any other name. */
export function builtinCall(
  name: string,
  call: ModuleNode,
  inference: Inference,
): TsType | undefined {
  if (!name.startsWith("global:")) return undefined;
  const builtin = BUILTINS.get(name.slice("global:".length));
  return builtin?.(call, inference);
}

const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ["require", required],
  [
    "Promise.resolve",
    (call, inference) => promiseOf(() => awaitedType(argument(call, 0, inference))),
  ],
  [
    "Promise.all",
    (call, inference) => promiseOf(() => allOf(argument(call, 0, inference), inference)),
  ],
  ["Promise.race", firstOf],
  ["Promise.any", firstOf],
  ["Promise.allSettled", () => promiseOf(() => ({ kind: "array", element: () => UNKNOWN }))],
  ["Promise.try", (call, inference) => promiseOf(() => awaitedType(called(call, 0, inference)))],
  ["Promise.withResolvers", withResolvers],
  ["Promise.then", then],
  ["Promise.catch", otherwise],
  ["Promise.finally", (call, inference) => promiseOf(() => awaitedType(receiver(call, inference)))],
  ["Object.assign", assigned],
  ["Array.map", (call, inference) => arrayOf(() => called(call, 0, inference))],
  [
    "Array.flatMap",
    (call, inference) => arrayOf(() => elementOf(called(call, 0, inference), inference)),
  ],
  ["Array.from", arrayFrom],
  ["Array.fromAsync", () => promiseOf(() => arrayOf(() => UNKNOWN))],
  ["Array.of", () => arrayOf(() => UNKNOWN)],
  ["Array.forEach", () => NULLISH],
  ["Array.reduce", reduced],
  ["Array.reduceRight", reduced],
  ...["filter", "slice", "concat", "reverse", "toReversed", "sort", "toSorted", "splice"].map(
    (name): [string, Builtin] => [`Array.${name}`, receiver],
  ),
  ...["pop", "shift", "find", "findLast", "at"].map((name): [string, Builtin] => [
    `Array.${name}`,
    (call, inference) => unionOf([elementOf(receiver(call, inference), inference), NULLISH]),
  ]),
  ...["push", "unshift", "indexOf", "includes", "some", "every", "join", "findIndex"].map(
    (name): [string, Builtin] => [`Array.${name}`, () => PRIMITIVE],
  ),
]);

const STATICS: ReadonlySet<string> = new Set(["Array.from", "Array.fromAsync", "Array.of"]);

/** Whether values of the class have that method, as far as it is known here. */
export function isBuiltinMethod(owner: "Promise" | "Array", name: string): boolean {
  if (owner === "Promise") return name === "then" || name === "catch" || name === "finally";
  return BUILTINS.has(`Array.${name}`) && !STATICS.has(`Array.${name}`);
}

function argument(call: ModuleNode, index: number, inference: Inference): TsType {
  const node = argumentsOf(call.module.tree, call.node)[index];
  return node === undefined ? NULLISH : inference.typeOf(beside(call, node));
}

/** What the function in an argument yields when it is called. */
function called(call: ModuleNode, index: number, inference: Inference): TsType {
  const type = declaredType(argument(call, index, inference));
  if (type.kind !== "function") return UNKNOWN;
  const [signature] = type.signatures;
  return signature && type.signatures.length === 1 ? inference.result(signature) : UNKNOWN;
}

/** The value whose method is called. */
function receiver(call: ModuleNode, inference: Inference): TsType {
  const { tree } = call.module;
  const callee: NodeId = unwrapped(tree, tree.childIn(call.node, "function"));
  if (callee === NONE || tree.kindOf(callee) !== "member_expression") return UNKNOWN;
  return inference.typeOf(beside(call, tree.childIn(callee, "object")));
}

/** `require("./store")`. */
function required(call: ModuleNode, inference: Inference): TsType {
  const { tree } = call.module;
  const [specifier] = argumentsOf(tree, call.node);
  if (specifier === undefined || tree.kindOf(specifier) !== "string") return UNKNOWN;
  return exportedValue(
    inference.links.imported(call.module, stringValue(tree, specifier), "*"),
    inference,
  );
}

function arrayOf(element: Lazy): TsType {
  return { kind: "array", element };
}

function elementOf(type: TsType, inference: Inference): TsType {
  return iteratedType(type, inference);
}

function allOf(from: TsType, inference: Inference): TsType {
  const type = declaredType(from);
  if (type.kind !== "array") {
    const element = elementOf(type, inference);
    return element.kind === "unknown" ? UNKNOWN : arrayOf(() => awaitedType(element));
  }
  const element = () => awaitedType(type.element());
  if (!type.items) return { kind: "array", element };
  return { kind: "array", element, items: type.items.map((item) => () => awaitedType(item())) };
}

function firstOf(call: ModuleNode, inference: Inference): TsType {
  return promiseOf(() => awaitedType(elementOf(argument(call, 0, inference), inference)));
}

/** `Object.assign(promise, extra)` is still the promise. */
function assigned(call: ModuleNode, inference: Inference): TsType {
  const count = argumentsOf(call.module.tree, call.node).length;
  const members = Array.from({ length: count }, (_, index) => argument(call, index, inference));
  return { kind: "intersection", members };
}

function withResolvers(): TsType {
  return {
    kind: "external",
    module: "global",
    path: ["PromiseWithResolvers"],
    isInstance: true,
  };
}

function then(call: ModuleNode, inference: Inference): TsType {
  return promiseOf(() => {
    const fulfilled = argument(call, 0, inference);
    if (fulfilled.kind === "nullish") return awaitedType(receiver(call, inference));
    return awaitedType(called(call, 0, inference));
  });
}

function otherwise(call: ModuleNode, inference: Inference): TsType {
  return promiseOf(() =>
    unionOf([awaitedType(receiver(call, inference)), awaitedType(called(call, 0, inference))]),
  );
}

function arrayFrom(call: ModuleNode, inference: Inference): TsType {
  const hasCallback = argumentsOf(call.module.tree, call.node).length > 1;
  return arrayOf(() =>
    hasCallback ? called(call, 1, inference) : elementOf(argument(call, 0, inference), inference),
  );
}

/** `reduce((before, x) => before.then(…), Promise.resolve())` is a promise as its start is. */
function reduced(call: ModuleNode, inference: Inference): TsType {
  const start = argument(call, 1, inference);
  if (start.kind === "promise") return promiseOf();
  const isPlain = start.kind === "primitive" && called(call, 0, inference).kind === "primitive";
  return isPlain ? PRIMITIVE : UNKNOWN;
}
