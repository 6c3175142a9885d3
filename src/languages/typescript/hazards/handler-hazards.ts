import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import { indexOf } from "../module-index.ts";
import { firstNamed, unwrapped } from "../nodes.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { type RequestHandler, requestHandlers } from "./request-handlers.ts";
import { callAt, callsIn, isWithin, modulesOfInterest, ownNodes, placeOf } from "./syntax.ts";

const INTEREST =
  /\.(?:get|post|put|patch|delete|head|options|all|use)\s*\(|\breq(?:uest)?\b[^()]*?,\s*_?(?:res|response|reply)\b|\bfunction\s+(?:GET|POST|PUT|PATCH|DELETE)\b/;

/** What one request leaves in a variable of the module, where the next one finds it. */
export interface CrossRequestState {
  readonly at: Place;
  readonly variable: string;
  /** Where it is read again. */
  readonly readAt: Place;
}

/**
 * `currentUser = request.user` in a handler, for a `let` of the module that is read elsewhere: the next request changes it while
 * the first one waits. Only for what is taken from the request itself; constants, counters and what is set once (`??=`) are no such thing.
 */
export const crossRequestStates = defineAnalysis("cross-request states", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, INTEREST, /^(?:export\s+)?(?:let|var)\b/m).flatMap((module) =>
    requestHandlers(module).flatMap((handler) => statesLeft(module, handler, resolver)),
  );
});

/** What of a request belongs to whoever sent it. */
const OWN =
  /\.(?:json|formData|user|userId|session|headers?|body|query|params|cookies|ip|auth|token|tenant\w*|account\w*|locale|state|locals|get|header|param|url|path|id)\b/;

/** What of a request says who sent it, where it is written into an object that lives as long as the module. */
const IDENTITY =
  /\.(?:user|userId|session|headers?|body|cookies|auth|token|tenant\w*|account\w*|locale)\b/;

function statesLeft(
  module: TypeScriptModule,
  { node: handler, request }: RequestHandler,
  resolver: TypeScriptResolver,
): CrossRequestState[] {
  const { tree } = module;
  return indexOf(tree).assignments.flatMap((node): CrossRequestState[] => {
    if (!isWithin(tree, node, handler) || isDamaged(tree, node)) return [];
    const left = tree.childIn(node, "left");
    const value = tree.textOf(tree.childIn(node, "right"));
    if (request === "" || !value.includes(`${request}.`)) return [];
    const member = sharedMember(tree, left);
    const name = member === NONE ? left : member;
    if (tree.kindOf(name) !== "identifier" || !(member === NONE ? OWN : IDENTITY).test(value))
      return [];
    const variable = resolver.variableAt({ module, node: name });
    if (!variable || variable.function !== NONE || variable.declaration.module !== module)
      return [];
    if (member === NONE && !/^(?:let|var)$/.test(variable.kind)) return [];
    if (member !== NONE && !isPlainHolder(tree, variable.declaration.node)) return [];
    const read = variable
      .references()
      .find(
        (use) =>
          (member === NONE || isSameMember(tree, use, left)) &&
          isRead(tree, use, node) &&
          !isReadAtOnce(tree, use, node),
      );
    if (read === undefined) return [];
    return [
      { at: placeOf(module, node), variable: tree.textOf(left), readAt: placeOf(module, read) },
    ];
  });
}

/** `session` of `session.token = …`. */
function sharedMember(tree: Tree, left: NodeId): NodeId {
  if (tree.kindOf(left) !== "member_expression") return NONE;
  const object = tree.childIn(left, "object");
  return tree.kindOf(object) === "identifier" ? object : NONE;
}

/** A constant with an object that is written there, or a class whose static field it is. */
function isPlainHolder(tree: Tree, declaration: NodeId): boolean {
  const owner = tree.parentOf(declaration);
  if (tree.kindOf(owner) === "class_declaration") return true;
  if (tree.kindOf(owner) !== "variable_declarator") return false;
  const value = tree.childIn(owner, "value");
  return value !== NONE && tree.kindOf(unwrapped(tree, value)) === "object";
}

/** The same member, read or written. */
function isSameMember(tree: Tree, use: NodeId, left: NodeId): boolean {
  const member = tree.parentOf(use);
  if (tree.kindOf(member) !== "member_expression" || tree.textOf(member) !== tree.textOf(left))
    return false;
  const parent = tree.parentOf(member);
  return tree.kindOf(parent) !== "assignment_expression" || tree.childIn(parent, "left") !== member;
}

/** Not what is set, and not before the first time: `if (!baseUrl) baseUrl = request.url` keeps what the first request says. */
function isRead(tree: Tree, use: NodeId, assignment: NodeId): boolean {
  if (isWithin(tree, use, assignment)) return false;
  const parent = tree.parentOf(use);
  if (tree.kindOf(parent) === "assignment_expression" && tree.childIn(parent, "left") === use)
    return false;
  for (let at = tree.parentOf(assignment); at !== NONE; at = tree.parentOf(at))
    if (tree.kindOf(at) === "if_statement" && isWithin(tree, use, tree.childIn(at, "condition")))
      return false;
  return true;
}

/** In the same function, with no wait before it: no other request can come between. */
function isReadAtOnce(tree: Tree, use: NodeId, assignment: NodeId): boolean {
  const around = enclosingFunction(tree, assignment);
  if (use < assignment || enclosingFunction(tree, use) !== around) return false;
  return !/\b(?:await|yield)\b/.test(
    tree.text.slice(tree.start[assignment] as number, tree.start[use] as number),
  );
}

/** A call in a handler that keeps all other requests waiting, or that makes what all requests could share. */
export interface HandlerCall {
  readonly at: Place;
  readonly name: string;
}

const SYNCHRONOUS =
  /^(?:readFileSync|writeFileSync|appendFileSync|copyFileSync|readdirSync|cpSync|rmSync|execSync|execFileSync|spawnSync|pbkdf2Sync|scryptSync|generateKeyPairSync|hashSync|compareSync|gzipSync|gunzipSync|deflateSync|inflateSync|brotliCompressSync|brotliDecompressSync)$/;

/** Servers for whoever develops, who is alone with them. */
const DEVELOPMENT = /(?:^|\/)(?:dev(?:elop)?|preview|playground|dev-?server)(?:\/|\.[jt]s$)/i;
/** What only the server of a bundler for development has. */
const OF_BUNDLER = /\.transformIndexHtml\(/;
/** `app.get("/_e2e/snapshot", …)`: for the one test that runs. */
const FOR_TESTS = /^["'`]\/?_*(?:e2e|tests?)(?:[/_-]|["'`]$)/;

/** Calls in request handlers that do not return before the disk, another process or much arithmetic is done. */
export const blockingHandlerCalls = defineAnalysis("blocking handler calls", (use) =>
  modulesOfInterest(use, INTEREST, /Sync\s*\(/).flatMap((module) =>
    (DEVELOPMENT.test(module.path) ? [] : requestHandlers(module)).flatMap(({ node }) =>
      isForOne(module, node)
        ? []
        : callsIn(module.tree, node).flatMap((call): HandlerCall[] =>
            SYNCHRONOUS.test(call.name) && !isDamaged(module.tree, call.node)
              ? [{ at: placeOf(module, call.nameAt), name: expressionName(module.tree, call.node) }]
              : [],
          ),
    ),
  ),
);

/** A handler that serves whoever develops or tests, who waits for nobody else. */
function isForOne({ tree }: TypeScriptModule, handler: NodeId): boolean {
  if (OF_BUNDLER.test(tree.textOf(handler))) return true;
  const list = tree.parentOf(handler);
  const path = tree.kindOf(list) === "arguments" ? firstNamed(tree, list) : NONE;
  return path !== NONE && FOR_TESTS.test(tree.textOf(path));
}

/** What opens connections of its own: classes, and functions. */
const CLIENT =
  /^(?:Pool|PrismaClient|MongoClient|Redis|IORedis|Sequelize|DataSource|Kafka|Client)$/;
const PACKAGES: Readonly<Record<string, RegExp>> = {
  Pool: /["'](?:pg|mysql2?(?:\/promise)?|mariadb)["']/,
  Client: /["'](?:pg|@elastic\/elasticsearch)["']/,
  PrismaClient: /prisma/i,
  MongoClient: /["']mongodb["']/,
  Redis: /["']ioredis["']/,
  IORedis: /["']ioredis["']/,
  Sequelize: /["']sequelize["']/,
  DataSource: /["']typeorm["']/,
  Kafka: /["']kafkajs["']/,
};

/** Functions that open them, where the file imports them from these packages. */
const MAKERS: Readonly<Record<string, RegExp>> = {
  createPool: /\bfrom\s+["'](?:mysql2?(?:\/promise)?|mariadb|slonik)["']/,
  createClient: /\bcreateClient\b[^;]*?\bfrom\s+["'](?:redis|@redis\/client)["']/,
  knex: /\bfrom\s+["']knex["']/,
};

const OPENING = /\bnew\s|\b(?:createPool|createClient|knex)\s*\(/;

/** Clients and pools of databases that are made in a handler. */
export const handlerConnections = defineAnalysis("handler connections", (use) =>
  modulesOfInterest(use, INTEREST, OPENING).flatMap((module) =>
    requestHandlers(module).flatMap(({ node }) => connectionsIn(module, node)),
  ),
);

function connectionsIn(module: TypeScriptModule, handler: NodeId): HandlerCall[] {
  const { tree } = module;
  const found: HandlerCall[] = [];
  for (const node of ownNodes(tree, handler)) {
    const isNew = tree.kindOf(node) === "new_expression";
    if ((!isNew && tree.kindOf(node) !== "call_expression") || isDamaged(tree, node)) continue;
    const made = callAt(tree, node);
    if (!made || !opens(tree, made.name, isNew) || isKept(tree, node)) continue;
    found.push({ at: placeOf(module, node), name: `${isNew ? "new " : ""}${made.name}` });
  }
  return found;
}

function opens(tree: Tree, name: string, isNew: boolean): boolean {
  const packages = isNew ? CLIENT.test(name) && PACKAGES[name] : MAKERS[name];
  return packages instanceof RegExp && packages.test(tree.text);
}

/** `shared ??= new Pool()`, `globalThis.db = new PrismaClient()`: the next request finds it. */
function isKept(tree: Tree, node: NodeId): boolean {
  return !/^(?:variable_declarator|member_expression)$/.test(tree.kindOf(tree.parentOf(node)));
}
