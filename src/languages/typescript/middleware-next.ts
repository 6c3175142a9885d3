import { NONE } from "../../syntax/tree.ts";
import { hasToken } from "./nodes.ts";
import { parameterNames } from "./parameter-names.ts";
import type { ModuleNode } from "./resolver.ts";
import type { TsType } from "./ts-type.ts";

const CONTEXT = /^_?(?:c|ctx|context)$/;

/**
 * `async (context, next) => …`: middleware in the manner of Koa and Hono, whose `next` gives a promise, where no type says what it is.
 * That of Express takes three parameters.
 */
export function middlewareNext(of: ModuleNode, index: number): TsType | undefined {
  const { tree } = of.module;
  if (index !== 1 || of.node === NONE || !hasToken(tree, of.node, "async")) return undefined;
  const [context, next, ...others] = parameterNames(tree, of.node);
  if (next !== "next" || others.length > 0 || !CONTEXT.test(context ?? "")) return undefined;
  return { kind: "external", module: "koa", path: ["Next"], isInstance: false };
}
