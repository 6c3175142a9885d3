import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { awaitedType } from "./awaited-type.ts";
import { instanceOf } from "./class-type.ts";
import { beside, type Inference } from "./inference.ts";
import { indexOf } from "./module-index.ts";
import { annotationIn, firstNamed, hasToken } from "./nodes.ts";
import type { ModuleNode } from "./resolver.ts";
import {
  NO_ARGUMENTS,
  NULLISH,
  PRIMITIVE,
  promiseOf,
  type Signature,
  type TsType,
  UNKNOWN,
  unionOf,
} from "./ts-type.ts";

/** More returns than this, and nobody looks. */
const MOST_RETURNS = 30;

/** What a call of a signature yields: as annotated, or from the returns of the body. */
export function functionResult(
  { at, typeArguments, self }: Signature,
  inference: Inference,
): TsType {
  const { tree } = at.module;
  if (self) return self;
  const isConstruct = tree.kindOf(at.node) === "construct_signature";
  const annotation = annotationIn(tree, at.node, isConstruct ? "type" : "return_type");
  if (annotation !== NONE) return inference.annotated(beside(at, annotation), typeArguments);
  return bodyResult(at, inference);
}

/** What a function yields by its returns alone; unknown without a body. */
export function bodyResult(at: ModuleNode, inference: Inference): TsType {
  const { tree } = at.module;
  const body = bodyOf(tree, at.node);
  if (body === NONE) return UNKNOWN;
  if (isGenerator(tree, at.node)) return iterator(hasToken(tree, at.node, "async"), inference);
  if (hasToken(tree, at.node, "async"))
    return promiseOf(() => awaitedType(returned(at, body, inference)));
  return returned(at, body, inference);
}

/** What a generator function hands out. */
function iterator(isAsync: boolean, inference: Inference): TsType {
  if (!isAsync) return PRIMITIVE;
  const found = inference.links.global("AsyncGenerator");
  if (found?.kind !== "binding" || !found.type) return PRIMITIVE;
  const [declaration] = found.type.declarations;
  if (!declaration) return PRIMITIVE;
  return instanceOf({ module: found.module, node: declaration.node }, NO_ARGUMENTS);
}

function bodyOf(tree: Tree, node: NodeId): NodeId {
  return BODIED.has(tree.kindOf(node)) ? tree.childIn(node, "body") : NONE;
}

const BODIED: ReadonlySet<string> = new Set([
  "function_declaration",
  "function_expression",
  "generator_function",
  "generator_function_declaration",
  "arrow_function",
  "method_definition",
]);

/** Whether calling the function makes an iterator. */
export function isGenerator(tree: Tree, node: NodeId): boolean {
  return tree.kindOf(node).startsWith("generator_function") || hasToken(tree, node, "*");
}

function returned(at: ModuleNode, body: NodeId, inference: Inference): TsType {
  const { tree } = at.module;
  if (tree.kindOf(body) !== "statement_block") return inference.typeOf(beside(at, body));
  const returns = indexOf(tree).returns.get(at.node) ?? [];
  if (returns.length > MOST_RETURNS) return UNKNOWN;
  return unionOf(
    returns.map((statement) => {
      const value = firstNamed(tree, statement);
      return value === NONE ? NULLISH : inference.typeOf(beside(at, value));
    }),
  );
}
