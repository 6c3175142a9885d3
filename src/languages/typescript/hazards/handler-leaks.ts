import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { scopesOf } from "../scopes.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { functionMeant, requestHandlers } from "./request-handlers.ts";
import {
  type Call,
  callAt,
  callsIn,
  initializerOf,
  keyText,
  modulesOfInterest,
  ownNodes,
  placeOf,
} from "./syntax.ts";

/** What each request or connection adds to the process, and nobody takes away. */
export interface HandlerLeak {
  readonly kind: "listener" | "interval";
  readonly at: Place;
  /** What the listener hangs on: `process`, `bus`; the interval's own name. */
  readonly name: string;
  readonly event: string;
  readonly each: "request" | "connection";
}

const INTEREST = /\bsetInterval\s*\(|\.(?:on|addListener|prependListener)\s*\(/;
const SERVING =
  /\.(?:get|post|put|patch|delete|all|use)\s*\(|\breq(?:uest)?\b[^()]*?,\s*_?(?:res|response|reply)\b|["']connection["']/;

/**
 * `bus.on("message", (text) => response.write(text))` in a handler, for an emitter of the module or the process itself, and a
 * `setInterval` there whose handle nobody has: each request leaves another one behind.
 */
export const handlerLeaks = defineAnalysis("handler leaks", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, INTEREST, SERVING).flatMap((module) => {
    const requests = requestHandlers(module).map(({ node }) => ({
      node,
      each: "request" as const,
    }));
    const connections = connectionHandlers(module, resolver).map((node) => ({
      node,
      each: "connection" as const,
    }));
    return [...requests, ...connections].flatMap(({ node, each }) =>
      leaksIn(module, node, resolver).map((leak): HandlerLeak => ({ ...leak, each })),
    );
  });
});

const SERVERS = /^(?:WebSocketServer|Server|createServer)$/;

/** `server.on("connection", (socket) => …)` for a server that is made in the module. */
function connectionHandlers(module: TypeScriptModule, resolver: TypeScriptResolver): NodeId[] {
  const { tree } = module;
  return callsIn(tree).flatMap(({ name, object, given: [event, listener] }) => {
    if (name !== "on" || object === NONE || event === undefined || listener === undefined)
      return [];
    if (!/^["']connection["']$/.test(tree.textOf(event))) return [];
    const made = initializerOf(resolver, { module, node: object });
    const call = made && callAt(made.module.tree, made.node);
    const handler = functionMeant(tree, listener);
    return call && SERVERS.test(call.name) && handler !== NONE ? [handler] : [];
  });
}

function leaksIn(
  module: TypeScriptModule,
  handler: NodeId,
  resolver: TypeScriptResolver,
): Omit<HandlerLeak, "each">[] {
  const { tree } = module;
  const found: Omit<HandlerLeak, "each">[] = [];
  for (const node of ownNodes(tree, handler)) {
    const call = tree.kindOf(node) === "call_expression" ? callAt(tree, node) : undefined;
    if (!call || isDamaged(tree, node)) continue;
    if (call.name === "setInterval" && isHandleLost(tree, node))
      found.push({ kind: "interval", at: placeOf(module, node), name: call.name, event: "" });
    else if (isSharedListener(module, call, handler, resolver))
      found.push({
        kind: "listener",
        at: placeOf(module, node),
        name: keyText(tree, call.object),
        event: tree.textOf(call.given[0] as NodeId).replace(/^['"`]|['"`]$/g, ""),
      });
  }
  return found;
}

/** A statement of its own, or a constant that nobody uses. */
function isHandleLost(tree: Tree, call: NodeId): boolean {
  const parent = tree.parentOf(call);
  if (tree.kindOf(parent) === "expression_statement") return true;
  if (tree.kindOf(parent) !== "variable_declarator") return false;
  const binding = scopesOf(tree).bindingAt(tree.childIn(parent, "name"));
  return binding !== undefined && scopesOf(tree).references(binding).length === 0;
}

/** A listener for good, of the process or of an emitter that lives as long as the module; silent where the handler removes any. */
function isSharedListener(
  module: TypeScriptModule,
  { name, object, given }: Call,
  handler: NodeId,
  resolver: TypeScriptResolver,
): boolean {
  const { tree } = module;
  if (!/^(?:on|addListener|prependListener)$/.test(name) || object === NONE) return false;
  if (given.length < 2 || !livesOn(module, object, resolver)) return false;
  return !/\.(?:off|removeListener|removeAllListeners)\s*\(/.test(tree.textOf(handler));
}

function livesOn(module: TypeScriptModule, object: NodeId, resolver: TypeScriptResolver): boolean {
  const { tree } = module;
  if (tree.kindOf(object) !== "identifier") return false;
  const variable = resolver.variableAt({ module, node: object });
  if (tree.textOf(object) === "process") return !variable || !scopesOf(tree).bindingAt(object);
  if (variable?.function !== NONE || variable.kind !== "const") return false;
  const made = initializerOf(resolver, { module, node: object });
  if (!made || made.module.tree.kindOf(made.node) !== "new_expression") return false;
  return /^EventEmitter\d?$/.test(callAt(made.module.tree, made.node)?.name ?? "");
}
