import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { expressionName } from "../expression-name.ts";
import { parseJsonWithComments, propertyOf } from "../json-with-comments.ts";
import { type TypeScriptModules, typescriptModules } from "../modules.ts";
import { firstNamed, hasToken, namedNodes, unwrapped } from "../nodes.ts";
import { directoriesUp, inDirectory } from "../paths.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { functionMeant, routerBelow } from "./request-handlers.ts";
import {
  ancestorOf,
  awaitsIn,
  type Call,
  callAt,
  callsIn,
  initializerOf,
  isWithin,
  modulesOfInterest,
  placeOf,
} from "./syntax.ts";

/** An async handler of Express 4 whose rejection nobody handles. */
export interface UnprotectedHandler {
  readonly at: Place;
  /** `app.get()`. */
  readonly name: string;
  readonly awaitedAt: Place;
}

const INTEREST = /\bexpress\b|\bRouter\b/;
const METHODS: ReadonlySet<string> = new Set(
  "get post put patch delete all use options head".split(" "),
);
/** Packages after which Express 4 waits for its handlers. */
const PATCHED = /express-async-errors|express-promise-router|express-async-router/;

export const unprotectedHandlers = defineAnalysis("unprotected handlers", (use) => {
  const resolver = use(typescriptResolver);
  const modules = use(typescriptModules);
  return modulesOfInterest(use, INTEREST).flatMap((module) => {
    if (PATCHED.test(module.tree.text) || !usesOldExpress(module.path, modules)) return [];
    return callsIn(module.tree).flatMap((call) => handlersOf(module, call, resolver));
  });
});

/** Whether the nearest package.json that speaks of Express wants version 4 or older, without a patch for promises. */
function usesOldExpress(path: string, modules: TypeScriptModules): boolean {
  for (const directory of directoriesUp(path.slice(0, Math.max(0, path.lastIndexOf("/"))))) {
    const text = modules.text(inDirectory(directory, "package.json"));
    const json = text === undefined ? undefined : parseJsonWithComments(text);
    const version =
      propertyOf(propertyOf(json, "dependencies"), "express") ??
      propertyOf(propertyOf(json, "devDependencies"), "express");
    if (typeof version !== "string") continue;
    return /^[~^>=v\s]*[34]\b/.test(version) && !PATCHED.test(text ?? "");
  }
  return false;
}

function handlersOf(
  module: TypeScriptModule,
  call: Call,
  resolver: TypeScriptResolver,
): UnprotectedHandler[] {
  const { tree } = module;
  if (!METHODS.has(call.name) || call.object === NONE || isDamaged(tree, call.node)) return [];
  if (!isApplication(module, call.object, resolver)) return [];
  return call.given.flatMap((argument): UnprotectedHandler[] => {
    const node = functionMeant(tree, argument);
    if (node === NONE || !hasToken(tree, node, "async")) return [];
    const first = awaitsIn(tree, node).find((awaited) => !isGuarded(tree, awaited, node));
    if (first === undefined) return [];
    return [
      {
        at: placeOf(module, call.nameAt),
        name: expressionName(tree, call.node),
        awaitedAt: placeOf(module, first),
      },
    ];
  });
}

/** `express()`, `express.Router()`, `Router()`. */
function isApplication(
  module: TypeScriptModule,
  object: NodeId,
  resolver: TypeScriptResolver,
): boolean {
  const router = routerBelow(module.tree, object).router;
  const made = initializerOf(resolver, { module, node: router });
  const call = made && callAt(made.module.tree, made.node);
  if (!made || !call) return false;
  if (call.name === "express" && call.object === NONE) return true;
  return (
    call.name === "Router" &&
    /from\s+["']express["']|require\(["']express["']\)/.test(made.module.tree.text)
  );
}

const TRY: ReadonlySet<string> = new Set(["try_statement"]);

/** In the body of a `try` whose `catch` does not throw again, inside the function; or with a `catch` of its own. */
function isGuarded(tree: Tree, node: NodeId, around: NodeId): boolean {
  if (isCaughtItself(tree, node)) return true;
  let at = node;
  for (;;) {
    const statement = ancestorOf(tree, at, TRY, around);
    if (statement === NONE) return false;
    const isInBody = isWithin(tree, node, tree.childIn(statement, "body"));
    const handler = tree.childIn(statement, "handler");
    if (isInBody && handler !== NONE && !throwsAgain(tree, handler)) return true;
    at = statement;
  }
}

/** `await load().catch(() => undefined)` */
function isCaughtItself(tree: Tree, awaited: NodeId): boolean {
  const inner = tree.kindOf(awaited) === "await_expression" ? firstNamed(tree, awaited) : NONE;
  const value = inner === NONE ? NONE : unwrapped(tree, inner);
  if (value === NONE || tree.kindOf(value) !== "call_expression") return false;
  const call = callAt(tree, value);
  const [handler] = call?.name === "catch" ? call.given : [];
  return handler !== undefined && !/\bthrow\b/.test(tree.textOf(handler));
}

/** `catch (error) { log(error); throw error; }` */
function throwsAgain(tree: Tree, handler: NodeId): boolean {
  const body = tree.childIn(handler, "body");
  const last = body === NONE ? undefined : namedNodes(tree, body).at(-1);
  return last !== undefined && tree.kindOf(last) === "throw_statement";
}
