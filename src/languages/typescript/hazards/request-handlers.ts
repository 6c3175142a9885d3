import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { FUNCTION_KINDS, indexOf } from "../module-index.ts";
import { unwrapped } from "../nodes.ts";
import { parameterNames } from "../parameter-names.ts";
import type { TypeScriptModule } from "../resolver.ts";
import { callsIn, isFunctionLiteral, keyText } from "./syntax.ts";

/** A function that runs for each request, and the name of what it gets: `request`, `ctx`. */
export interface RequestHandler {
  readonly node: NodeId;
  readonly request: string;
}

const ROUTING: ReadonlySet<string> = new Set(
  "get post put patch delete head options all use".split(" "),
);
const ROUTER = /(?:^|[._])(?:app|router|server|fastify|api|routes?)$/i;
const REQUEST = /^_?(?:req|request|ctx|context|c)$/;
/** What a handler answers by, where it is its second parameter. */
const RESPONSE = /^_?(?:res|response|reply)$/;
/** Files of which Next and its like call what is exported by the name of a method. */
const ROUTE_FILE = /(?:^|\/)(?:route|\+server)\.[jt]s$/;

/**
 * The functions of a module that run for each request, as far as they are written where a router of Express, Fastify, Koa or Hono gets
 * them (`app.get("/users", async (request, response) => …)`), exported by the name of a method in a file of routes, or take a request
 * and a response by these names.
 */
export function requestHandlers({ tree, path }: TypeScriptModule): RequestHandler[] {
  const found = new Map<NodeId, RequestHandler>();
  const add = (node: NodeId) => {
    const [request] = parameterNames(tree, node);
    if (request !== undefined && REQUEST.test(request)) found.set(node, { node, request });
  };
  for (const node of indexOf(tree).functions) {
    const [request, response = ""] = parameterNames(tree, node);
    if (request !== undefined && /^_?req(?:uest)?$/.test(request) && RESPONSE.test(response))
      found.set(node, { node, request });
  }
  for (const call of callsIn(tree)) {
    if (!ROUTING.has(call.name) || call.object === NONE) continue;
    if (!ROUTER.test(keyText(tree, call.object)) || !hasRoute(tree, call.given, call.name))
      continue;
    for (const argument of call.given) {
      const node = unwrapped(tree, argument);
      if (node !== NONE && isFunctionLiteral(tree, node)) add(node);
    }
  }
  if (ROUTE_FILE.test(path))
    for (const node of indexOf(tree).functions) if (isNamedByMethod(tree, node)) add(node);
  const all = [...found.values()].sort((one, other) => one.node - other.node);
  // What stands in a handler is a part of it.
  return all.filter(({ node }) => !all.some((outer) => isInside(tree, node, outer.node)));
}

function isInside(tree: Tree, node: NodeId, outer: NodeId): boolean {
  return node > outer && node < tree.afterSubtree(outer);
}

function hasRoute(tree: Tree, [first]: readonly NodeId[], name: string): boolean {
  if (first === undefined) return false;
  return name === "use" || /^(?:string|template_string|regex)$/.test(tree.kindOf(first));
}

function isNamedByMethod(tree: Tree, node: NodeId): boolean {
  if (!FUNCTION_KINDS.has(tree.kindOf(node)) || tree.kindOf(node) === "arrow_function")
    return false;
  const name = tree.childIn(node, "name");
  return name !== NONE && /^(?:GET|POST|PUT|PATCH|DELETE)$/.test(tree.textOf(name));
}
