import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { FUNCTION_KINDS, indexOf } from "../module-index.ts";
import { annotationIn, unwrapped } from "../nodes.ts";
import { parameterNames, parametersOf } from "../parameter-names.ts";
import type { TypeScriptModule } from "../resolver.ts";
import { scopesOf } from "../scopes.ts";
import { callAt, callsIn, isFunctionLiteral, keyText } from "./syntax.ts";

/** A function that runs for each request, and the name of what it gets (`request`, `ctx`), empty where it takes nothing. */
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

/** What makes a router, in files that import one of these packages. */
const MAKERS = /^(?:express|Router|fastify|Fastify|Hono|OpenAPIHono|Koa|KoaRouter)$/;
const PACKAGES =
  /["'](?:express|express-promise-router|fastify|hono|@hono\/[\w-]+|koa|@koa\/router|koa-router)["']/;

/**
 * The functions of a module that run for each request, as far as a router of Express, Fastify, Koa or Hono gets them
 * (`app.get("/users", async (request, response) => …)`, or by the name of a function of the module), exported by the name of a method in
 * a file of routes, or take a request and a response by these names.
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
    const { router, hasPath } = routerBelow(tree, call.object);
    if (!hasPath && !hasRoute(tree, call.given, call.name)) continue;
    const isMade = isMadeRouter(tree, router);
    if (!isMade && !ROUTER.test(keyText(tree, router))) continue;
    for (const argument of call.given) {
      const node = functionMeant(tree, argument);
      if (node === NONE) continue;
      if (isMade) found.set(node, { node, request: parameterNames(tree, node)[0] ?? "" });
      else if (isFunctionLiteral(tree, unwrapped(tree, argument))) add(node);
    }
  }
  for (const node of indexOf(tree).functions)
    if (isNamedByMethod(tree, node) && (ROUTE_FILE.test(path) || takesWebRequest(tree, node)))
      add(node);
  const all = [...found.values()].sort((one, other) => one.node - other.node);
  // What stands in a handler is a part of it.
  return all.filter(({ node }) => !all.some((outer) => isInside(tree, node, outer.node)));
}

/** `app` of `app.route("/users").get(…)` and `app.get("/", …).post(…)`. */
export function routerBelow(
  tree: Tree,
  object: NodeId,
): { readonly router: NodeId; readonly hasPath: boolean } {
  let router = unwrapped(tree, object);
  let hasPath = false;
  for (let call = chained(tree, router); call; call = chained(tree, router)) {
    if (call.name !== "route" && !ROUTING.has(call.name)) break;
    hasPath ||= call.name === "route";
    router = unwrapped(tree, call.object);
  }
  return { router, hasPath };
}

function chained(tree: Tree, node: NodeId) {
  const call =
    node !== NONE && tree.kindOf(node) === "call_expression" ? callAt(tree, node) : undefined;
  return call && call.object !== NONE ? call : undefined;
}

/** `express()`, `new Hono()`, or a name of the module that stands for one. */
function isMadeRouter(tree: Tree, router: NodeId): boolean {
  if (router === NONE || !PACKAGES.test(tree.text)) return false;
  const made = tree.kindOf(router) === "identifier" ? declaredValue(tree, router) : router;
  if (made === NONE || !/^(?:call|new)_expression$/.test(tree.kindOf(made))) return false;
  return MAKERS.test(callAt(tree, made)?.name ?? "");
}

/** What a name of the module was declared with: a function, or the value of its declarator. */
function declaredValue(tree: Tree, identifier: NodeId): NodeId {
  const declared = scopesOf(tree).bindingAt(identifier)?.declarations;
  const node = declared?.length === 1 ? declared[0]?.node : undefined;
  if (node === undefined) return NONE;
  if (FUNCTION_KINDS.has(tree.kindOf(node))) return node;
  if (tree.kindOf(node) !== "variable_declarator") return NONE;
  const value = tree.childIn(node, "value");
  return value === NONE ? NONE : unwrapped(tree, value);
}

/** The function that an argument is, or names. */
export function functionMeant(tree: Tree, argument: NodeId): NodeId {
  const node = unwrapped(tree, argument);
  if (node === NONE || isFunctionLiteral(tree, node)) return node;
  if (tree.kindOf(node) !== "identifier") return NONE;
  const value = declaredValue(tree, node);
  return value !== NONE && FUNCTION_KINDS.has(tree.kindOf(value)) ? value : NONE;
}

/** `export async function GET(request: Request)` */
function takesWebRequest(tree: Tree, node: NodeId): boolean {
  const [first] = parametersOf(tree, node);
  const type = first === undefined ? NONE : annotationIn(tree, first, "type");
  return type !== NONE && /^(?:Request|NextRequest)$/.test(tree.textOf(type));
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
