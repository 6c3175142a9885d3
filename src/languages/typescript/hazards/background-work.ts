import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { expressionName } from "../expression-name.ts";
import { indexOf } from "../module-index.ts";
import { firstNamed, unwrapped } from "../nodes.ts";
import { type PromiseFacts, promises } from "../promises.ts";
import type { TypeScriptModule } from "../resolver.ts";
import { callAt, modulesOfInterest, ownNodes, placeOf } from "./syntax.ts";

/**
 * Work that a function of a serverless platform leaves behind on purpose, where the platform stops it with the answer:
 *
 *     export async function POST(request: Request) {
 *         void audit(request);                       // perhaps never runs to its end
 *         return Response.json({ ok: true });
 *     }
 */
export interface BackgroundWork {
  readonly at: Place;
  /** `audit`. */
  readonly work: string;
  /** The one that hands the work to the platform. */
  readonly keeper: string;
}

const INTEREST = /\bvoid\s|\.catch\(|\.then\(/;

export const backgroundWork = defineAnalysis("background work", (use): BackgroundWork[] => {
  const facts = use(promises);
  return modulesOfInterest(use, INTEREST).flatMap((module) => {
    const keeper = keeperOf(module);
    if (keeper === undefined || KEPT.test(module.tree.text)) return [];
    return handlersIn(module).flatMap((handler) => workIn(module, handler, keeper, facts));
  });
});

/** What hands work over, or stays until it is done. */
const KEPT =
  /\bwaitUntil\b|\bafter\s*\(|\bunstable_after\b|callbackWaitsForEmptyEventLoop|\bcreateServer\(|\.listen\(/;
const NEXT_ROUTE = /(?:^|\/)app\/(?:.*\/)?route\.[jt]sx?$/;
const METHODS = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;

/** By what the platform is recognised: a file of routes of Next that runs at the edge or on Vercel, a handler of Lambda, a worker of Cloudflare. */
function keeperOf({ path, tree: { text } }: TypeScriptModule): string | undefined {
  if (/from\s+["']aws-lambda["']/.test(text)) return "await";
  if (/\bexport\s+default\b[\s\S]*\bfetch\s*\(\s*\w+[^)]*\b(?:ExecutionContext|Env)\b/.test(text))
    return "ctx.waitUntil";
  const isServerless =
    /\bruntime\s*=\s*["'](?:edge|experimental-edge)["']|["']@vercel\/|\bmaxDuration\b/.test(text);
  return NEXT_ROUTE.test(path) && isServerless ? "after" : undefined;
}

function handlersIn({ tree, path }: TypeScriptModule): NodeId[] {
  return indexOf(tree).functions.filter((node) => {
    const name = nameOf(tree, node);
    if (NEXT_ROUTE.test(path)) return METHODS.test(name) && isExported(tree, node);
    if (name === "fetch") return tree.kindOf(node) === "method_definition";
    return /handler$/i.test(name) && isExported(tree, node);
  });
}

function nameOf(tree: Tree, node: NodeId): string {
  const own = tree.childIn(node, "name");
  if (own !== NONE) return tree.textOf(own);
  const declarator = tree.parentOf(node);
  const name =
    tree.kindOf(declarator) === "variable_declarator" ? tree.childIn(declarator, "name") : NONE;
  return name === NONE ? "" : tree.textOf(name);
}

function isExported(tree: Tree, node: NodeId): boolean {
  for (let at = tree.parentOf(node); at > 0; at = tree.parentOf(at)) {
    const kind = tree.kindOf(at);
    if (kind === "export_statement") return true;
    if (!/^(?:variable_declarator|lexical_declaration|function_declaration)$/.test(kind))
      return false;
  }
  return false;
}

/** What is started by a statement of its own and excused: `void audit()`, `audit().catch(report)`. */
function workIn(
  module: TypeScriptModule,
  handler: NodeId,
  keeper: string,
  facts: PromiseFacts,
): BackgroundWork[] {
  const { tree } = module;
  const found: BackgroundWork[] = [];
  for (const node of ownNodes(tree, handler)) {
    if (tree.kindOf(node) !== "expression_statement" || isDamaged(tree, node)) continue;
    const started = startedBy(tree, firstNamed(tree, node));
    if (started === NONE || facts.shareOf({ module, node: started }) !== "always") continue;
    found.push({ at: placeOf(module, started), work: expressionName(tree, started), keeper });
  }
  return found;
}

/** The call behind `void`, or at the head of a chain that handles its rejection. */
function startedBy(tree: Tree, expression: NodeId): NodeId {
  let node = unwrapped(tree, expression);
  let isExcused = false;
  if (node !== NONE && tree.kindOf(node) === "unary_expression") {
    if (!tree.textOf(node).startsWith("void")) return NONE;
    isExcused = true;
    node = unwrapped(tree, tree.childIn(node, "argument"));
  }
  for (let depth = 0; depth < 20 && node !== NONE; depth++) {
    if (tree.kindOf(node) !== "call_expression") return NONE;
    const call = callAt(tree, node);
    if (!call || call.object === NONE || !/^(?:then|catch|finally)$/.test(call.name)) break;
    if (call.name === "catch") isExcused = true;
    node = unwrapped(tree, call.object);
  }
  return isExcused && node !== NONE && tree.kindOf(node) === "call_expression" ? node : NONE;
}
