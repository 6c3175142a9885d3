import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { expressionName } from "../expression-name.ts";
import { argumentsOf, namedNodes, unwrapped } from "../nodes.ts";
import { patternNames } from "../pattern.ts";
import type { ModuleNode, TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import {
  type Call,
  callAt,
  callsIn,
  isFunctionLiteral,
  keyText,
  mentions,
  modulesOfInterest,
  nodesOfKind,
  placeOf,
  rootOf,
} from "./syntax.ts";

/** What goes wrong inside the callback of a transaction. */
export interface TransactionHazard {
  /**
   * `escape`: the client around is asked in place of the transaction's. `parallel`: queries of one transaction are started side by
   * side. `external`: another system is called while the transaction is open.
   */
  readonly kind: "escape" | "parallel" | "external";
  readonly at: Place;
  /** What is called. */
  readonly name: string;
  /** The name of the transaction's client in the callback, and of the client that opened it. */
  readonly transaction: string;
  readonly client: string;
  readonly openedAt: Place;
  /** The client's text where it is used in place of the transaction's: what a fix replaces. */
  readonly clientAt: Place | undefined;
}

const INTEREST = /(?:transaction|Transaction)\s*(?:<[^>(]*>)?\(/;
const OPENERS: ReadonlySet<string> = new Set(["transaction", "$transaction"]);
/** Functions of one's own that open a transaction for a callback: `inTransaction(db, async (tx) => …)`. */
const WRAPPERS = /^[#_$]?transaction$|^[#_]?(?:in|with|run|runIn|runWith|use|within)Transaction$/;
/** Functions that a transaction is handed on to. */
const DEEPEST = 3;

/** The hazards in callbacks of `client.transaction(async (tx) => …)`: Prisma, Drizzle, Knex, TypeORM, Sequelize, MikroORM, Kysely. */
export const transactionHazards = defineAnalysis("transaction hazards", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, INTEREST).flatMap((module) =>
    callsIn(module.tree).flatMap((call) => inTransaction(module, call, resolver)),
  );
});

function inTransaction(
  module: TypeScriptModule,
  call: Call,
  resolver: TypeScriptResolver,
): TransactionHazard[] {
  const { tree } = module;
  if (!WRAPPERS.test(call.name) || isDamaged(tree, call.node)) return [];
  const callback = call.given.find((argument) => isFunctionLiteral(tree, argument));
  const parameter = callback === undefined ? NONE : firstParameter(tree, callback);
  if (callback === undefined || parameter === NONE) return [];
  const transaction = tree.textOf(parameter);
  const common = {
    transaction,
    client: call.object === NONE ? "" : expressionName(tree, call.object),
    openedAt: placeOf(module, call.node),
  };
  const parallel = sideBySide({ module, node: callback }, transaction, resolver, DEEPEST);
  if (!OPENERS.has(call.name) || call.object === NONE)
    return parallel.map((found) => ({ ...common, ...found }));
  return [
    ...escapes(module, call, callback, transaction).map((found) => ({ ...common, ...found })),
    ...parallel.map((found) => ({ ...common, ...found })),
    ...external(module, callback).map((found) => ({ ...common, ...found })),
  ];
}

type Found = Pick<TransactionHazard, "kind" | "at" | "name" | "clientAt">;

/** What builds parts of a query, and what has nothing to do with the transaction. */
const BUILDERS =
  /^(?:raw|fn|ref|literal|col|cast|where|json|escape|escapeId|identifier|log|model|define|isDefined|getDialect|getQueryInterface|schema|client|config|dialect|options|models|dynamic|lit|val|table|eb|case|metadata|driver|platform|emit|on|once|off|clear|fork|isInTransaction)$/;

function escapes(
  module: TypeScriptModule,
  opener: Call,
  callback: NodeId,
  transaction: string,
): Found[] {
  const { tree } = module;
  const client = keyText(tree, opener.object);
  if (client === transaction || !/^[\w$.#]+$/.test(client)) return [];
  const found: Found[] = [];
  for (const call of callsIn(tree, callback)) {
    if (call.object === NONE || OPENERS.has(call.name)) continue;
    const outer = clientIn(tree, call.object, client);
    if (outer === NONE || !isQuery(tree, call.node)) continue;
    const first = tree.textOf(tree.childIn(tree.parentOf(outer), "property"));
    const isBuilder = BUILDERS.test(first) || BUILDERS.test(call.name);
    // `client.query(text, { transaction })`: told by an argument.
    if (isBuilder || mentions(tree, call.node, transaction)) continue;
    found.push({
      kind: "escape",
      at: placeOf(module, call.node),
      name: expressionName(tree, call.node),
      clientAt: placeOf(module, outer),
    });
  }
  return found;
}

/** The node that is the client at the root of a chain of members: `prisma` in `prisma.user`. */
function clientIn(tree: Tree, object: NodeId, client: string): NodeId {
  let node = unwrapped(tree, object);
  for (let depth = 0; node !== NONE && depth < 20; depth++) {
    if (keyText(tree, node) === client)
      return tree.kindOf(tree.parentOf(node)) === "member_expression" ? node : NONE;
    const kind = tree.kindOf(node);
    if (kind === "member_expression") node = unwrapped(tree, tree.childIn(node, "object"));
    else if (kind === "call_expression") node = unwrapped(tree, tree.childIn(node, "function"));
    else return NONE;
  }
  return NONE;
}

/** Whether the outcome of the call is waited for: awaited, returned, or one of several in an array. */
function isQuery(tree: Tree, call: NodeId): boolean {
  const kind = tree.kindOf(tree.parentOf(call));
  return kind === "await_expression" || kind === "return_statement";
}

/** Queries of one transaction in `Promise.all([…])`, or in `Promise.all(items.map(…))`, also where it was handed on to. */
function sideBySide(
  { module, node: root }: ModuleNode,
  transaction: string,
  resolver: TypeScriptResolver,
  depth: number,
): Found[] {
  const { tree } = module;
  const found: Found[] = [];
  for (const call of callsIn(tree, root)) {
    const isCombinator =
      call.object !== NONE &&
      tree.textOf(call.object) === "Promise" &&
      /^(?:all|allSettled|race|any)$/.test(call.name);
    if (isCombinator) {
      const [list] = call.given;
      const node = list === undefined ? NONE : unwrapped(tree, list);
      if (node === NONE || !startsSeveral({ module, node }, transaction, resolver)) continue;
      found.push({
        kind: "parallel",
        at: placeOf(module, call.node),
        name: `Promise.${call.name}`,
        clientAt: undefined,
      });
      continue;
    }
    const helper =
      depth > 0 ? handedTo({ module, node: call.node }, transaction, resolver) : undefined;
    if (helper) found.push(...sideBySide(helper.function, helper.name, resolver, depth - 1));
  }
  return found;
}

function startsSeveral(
  { module, node: list }: ModuleNode,
  transaction: string,
  resolver: TypeScriptResolver,
): boolean {
  const { tree } = module;
  const isAsking = (node: NodeId): boolean =>
    asks(tree, node, transaction) || asksThrough({ module, node }, transaction, resolver, DEEPEST);
  if (tree.kindOf(list) === "array") {
    const queries = tree
      .namedChildren(list)
      .filter((element) => tree.kindOf(element) === "call_expression")
      .filter(isAsking);
    return queries.length > 1;
  }
  const call = tree.kindOf(list) === "call_expression" ? callAt(tree, list) : undefined;
  const [each] = call?.given ?? [];
  if (call?.name !== "map" || each === undefined || !isFunctionLiteral(tree, each)) return false;
  return callsIn(tree, each).some(({ node }) => isAsking(node));
}

/** Whether a call hands the transaction on to a function that asks it. */
function asksThrough(
  at: ModuleNode,
  transaction: string,
  resolver: TypeScriptResolver,
  depth: number,
): boolean {
  const helper = depth > 0 ? handedTo(at, transaction, resolver) : undefined;
  if (!helper) return false;
  const { module, node } = helper.function;
  return callsIn(module.tree, node).some(
    (call) =>
      asks(module.tree, call.node, helper.name) ||
      asksThrough({ module, node: call.node }, helper.name, resolver, depth - 1),
  );
}

/** The function that a call hands the transaction on to, and what that calls it. */
function handedTo(
  { module, node }: ModuleNode,
  transaction: string,
  resolver: TypeScriptResolver,
): { readonly function: ModuleNode; readonly name: string } | undefined {
  const { tree } = module;
  const index = argumentsOf(tree, node).findIndex(
    (argument) => tree.kindOf(argument) === "identifier" && tree.textOf(argument) === transaction,
  );
  const callee = index < 0 ? undefined : resolver.calleeOf({ module, node });
  if (callee?.kind !== "function") return undefined;
  const of = callee.function;
  const list = of.module.tree.childIn(of.node, "parameters");
  const parameter = list === NONE ? undefined : namedNodes(of.module.tree, list)[index];
  const pattern = parameter === undefined ? NONE : of.module.tree.childIn(parameter, "pattern");
  if (pattern === NONE || of.module.tree.kindOf(pattern) !== "identifier") return undefined;
  return { function: of, name: of.module.tree.textOf(pattern) };
}

/** A query through the transaction's client, or with it as an option. */
function asks(tree: Tree, call: NodeId, transaction: string): boolean {
  const root = rootOf(tree, call);
  if (root !== NONE && tree.textOf(root) === transaction)
    return tree.kindOf(tree.childIn(call, "function")) === "member_expression";
  return nodesOfKind(tree, "shorthand_property_identifier", call).some(
    (name) => tree.textOf(name) === transaction && transaction === "transaction",
  );
}

const EXTERNAL =
  /^(?:fetch|axios(?:\.\w+)?|got(?:\.\w+)?|ky(?:\.\w+)?|(?:this\.)?(?:stripe|mailer|transporter|sendgrid|sgMail|ses|sns|sqs|slack|twilio)(?:[.#]\w+)+)$/;

/** Requests to other systems that the transaction waits for. */
function external(module: TypeScriptModule, callback: NodeId): Found[] {
  const { tree } = module;
  return nodesOfKind(tree, "await_expression", callback).flatMap((awaited): Found[] => {
    const node = unwrapped(tree, tree.namedChildren(awaited)[0] ?? NONE);
    if (node === NONE || tree.kindOf(node) !== "call_expression") return [];
    const callee = keyText(tree, tree.childIn(node, "function"));
    if (!EXTERNAL.test(callee)) return [];
    return [
      {
        kind: "external",
        at: placeOf(module, node),
        name: expressionName(tree, node),
        clientAt: undefined,
      },
    ];
  });
}

function firstParameter(tree: Tree, callback: NodeId): NodeId {
  const single = tree.childIn(callback, "parameter");
  if (single !== NONE) return single;
  const list = tree.childIn(callback, "parameters");
  const [first] = list === NONE ? [] : tree.namedChildren(list);
  const pattern = first === undefined ? NONE : tree.childIn(first, "pattern");
  if (pattern === NONE) return NONE;
  const [name] = patternNames(tree, pattern);
  return tree.kindOf(pattern) === "identifier" ? (name ?? NONE) : NONE;
}
