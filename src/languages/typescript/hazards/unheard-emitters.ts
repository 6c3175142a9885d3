import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { isTestPath } from "../test-path.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { type Call, callAt, callsIn, modulesOfInterest, placeOf } from "./syntax.ts";

/** A request, socket or stream of a file that nobody listens to for errors: a server or file that is not there ends the process. */
export interface UnheardEmitter {
  readonly at: Place;
  /** `https.request()`. */
  readonly name: string;
}

const INTEREST =
  /\b(?:request|get|connect|createConnection|createReadStream|createWriteStream)\s*\(/;

/** What gives an emitter whose `error` tells that the other side, or the file, is not there. */
const MAKERS: ReadonlySet<string> = new Set([
  "node:http:request",
  "node:http:get",
  "node:https:request",
  "node:https:get",
  "node:net:connect",
  "node:net:createConnection",
  "node:tls:connect",
  "node:fs:createReadStream",
  "node:fs:createWriteStream",
]);

/** Where a file that is missing may end the process. */
const SCRIPT = /(?:^|\/)(?:scripts?|bin|cli|tools?|build|bench\w*)\//i;

/**
 * Requests, sockets and streams of files that are dropped at once, or kept in a local that nobody else is given, without a
 * listener for `error`; and streams of files that are given to `pipe` or to a reader of lines.
 */
export const unheardEmitters = defineAnalysis("unheard emitters", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, INTEREST).flatMap((module) =>
    callsIn(module.tree).flatMap((call) => fromCall(module, call, resolver) ?? []),
  );
});

function fromCall(
  module: TypeScriptModule,
  { node }: Call,
  resolver: TypeScriptResolver,
): UnheardEmitter | undefined {
  const { tree } = module;
  if (tree.kindOf(node) !== "call_expression" || isDamaged(tree, node)) return undefined;
  const callee = resolver.calleeOf({ module, node });
  if (callee.kind !== "external" || !MAKERS.has(callee.name)) return undefined;
  const isFile = callee.name.startsWith("node:fs:");
  if (isFile && (SCRIPT.test(module.path) || isTestPath(module.path))) return undefined;
  const chain = chainFrom(tree, node);
  if (chain.some((call) => hearsErrors(tree, call) || isPiped(call))) return undefined;
  const last = chain.at(-1)?.node ?? node;
  const parent = tree.parentOf(last);
  const isUnheard =
    tree.kindOf(parent) === "expression_statement" ||
    (tree.kindOf(parent) === "variable_declarator" && isLocalUnheard(module, parent, resolver)) ||
    (isFile && chain.length === 0 && isTakenUnheard(tree, node, parent));
  return isUnheard ? { at: placeOf(module, node), name: expressionName(tree, node) } : undefined;
}

/** What is piped is told by what `pipe` is called on. */
function isPiped({ name }: Call): boolean {
  return name === "pipe";
}

/** `source.pipe(createWriteStream(path))` and `createInterface({ input: createReadStream(path) })`: neither hands errors on. */
function isTakenUnheard(tree: Tree, made: NodeId, parent: NodeId): boolean {
  if (tree.kindOf(parent) === "pair") {
    const call = callAt(tree, tree.parentOf(tree.parentOf(tree.parentOf(parent))));
    return call?.name === "createInterface" && tree.textOf(tree.childIn(parent, "key")) === "input";
  }
  if (tree.kindOf(parent) !== "arguments") return false;
  const pipe = callAt(tree, tree.parentOf(parent));
  if (pipe?.name !== "pipe" || pipe.given[0] !== made) return false;
  const chain = chainFrom(tree, pipe.node);
  const end = chain.at(-1)?.node ?? pipe.node;
  return (
    tree.kindOf(tree.parentOf(end)) === "expression_statement" &&
    !chain.some((call) => hearsErrors(tree, call))
  );
}

/** `.on("response", …).end()` behind the call. */
function chainFrom(tree: Tree, made: NodeId): Call[] {
  const chain: Call[] = [];
  let node = made;
  for (;;) {
    const member = tree.parentOf(node);
    if (tree.kindOf(member) !== "member_expression" || tree.childIn(member, "object") !== node)
      return chain;
    const call = callAt(tree, tree.parentOf(member));
    if (!call || tree.childIn(call.node, "function") !== member) return chain;
    chain.push(call);
    node = call.node;
  }
}

function hearsErrors(tree: Tree, { name, given }: Call): boolean {
  const [event] = given;
  if (!/^(?:on|once|addListener|prependListener)$/.test(name) || event === undefined) return false;
  // An event that only its name tells may be that one.
  return tree.kindOf(event) !== "string" || /^["']error["']$/.test(tree.textOf(event));
}

/** Only methods are called on it, none of which listens for errors. */
function isLocalUnheard(
  module: TypeScriptModule,
  declarator: NodeId,
  resolver: TypeScriptResolver,
): boolean {
  const { tree } = module;
  const name = tree.childIn(declarator, "name");
  const variable =
    name !== NONE && tree.kindOf(name) === "identifier"
      ? resolver.variableAt({ module, node: name })
      : undefined;
  if (!variable || variable.function === NONE) return false;
  const uses = variable.references();
  return (
    uses.length > 0 &&
    uses.every((use) => {
      const member = tree.parentOf(use);
      if (tree.kindOf(member) === "arguments") return isConnected(tree, use, variable.name);
      if (tree.kindOf(member) !== "member_expression" || tree.childIn(member, "object") !== use)
        return false;
      const chain = chainFrom(tree, use);
      return (
        chain.length > 0 &&
        !chain.some((call) => hearsErrors(tree, call) || isPiped(call)) &&
        isLeft(tree, chain)
      );
    })
  );
}

/** `socket.on("connect", () => resolve(socket))`: who is given it comes too late for a server that is not there. */
function isConnected(tree: Tree, use: NodeId, name: string): boolean {
  const around = enclosingFunction(tree, use);
  const listening =
    around === NONE ? undefined : callAt(tree, tree.parentOf(tree.parentOf(around)));
  if (!listening || listening.object === NONE || !/^(?:on|once)$/.test(listening.name))
    return false;
  const [event] = listening.given;
  return (
    tree.textOf(listening.object) === name &&
    event !== undefined &&
    /^["'](?:connect|secureConnect|ready)["']$/.test(tree.textOf(event))
  );
}

/** Whether what a chain of calls gives is dropped, and so not handed on. */
function isLeft(tree: Tree, chain: readonly Call[]): boolean {
  const parent = tree.parentOf(chain.at(-1)?.node ?? NONE);
  return !/^(?:arguments|return_statement|variable_declarator|pair)$/.test(tree.kindOf(parent));
}
