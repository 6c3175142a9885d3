import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { mayFail } from "../async-faults/may-reject.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import { FUNCTION_KINDS } from "../module-index.ts";
import { firstNamed, unwrapped } from "../nodes.ts";
import { patternNames } from "../pattern.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import {
  ancestorOf,
  awaitsIn,
  type Call,
  callAt,
  initializerOf,
  isWithin,
  keyText,
  modulesOfInterest,
  nodesOfKind,
  ownNodes,
  placeOf,
} from "./syntax.ts";

/** A lock or connection that a function takes, and does not give back on every way out. */
export interface UnreleasedResource {
  readonly kind: "lock" | "connection";
  /** `mutex.acquire()`, `pool.connect()`. */
  readonly name: string;
  readonly acquiredAt: Place;
  /** The await or return on which it stays taken; undefined where it is given back nowhere. */
  readonly lostAt: Place | undefined;
  readonly lostBy: "await" | "return" | "throw" | "never";
  /** The release that isn't reached. */
  readonly releasedAt: Place | undefined;
}

interface ResourceShape {
  readonly kind: UnreleasedResource["kind"];
  readonly receiver: RegExp;
  readonly acquire: RegExp;
  readonly release: RegExp;
  /** The name alone says little: only where it is given back somewhere. */
  readonly isSeen?: boolean;
}

/*
 * What hands out something that must be given back: async-mutex, async-sema, redlock; pg, mysql2, typeorm, sequelize, knex,
 * mongodb, fs/promises.
 */
const LOCK: ResourceShape = {
  kind: "lock",
  receiver: /(?:mutex|(?:^|[._])lock|lockfile|Lock|sem|[sS]ema|[sS]emaphore|redlock)$/,
  acquire: /^(?:acquire|lock|obtain)$/,
  release: /^(?:release|unlock)$/,
};
const SHAPES: readonly ResourceShape[] = [
  LOCK,
  {
    kind: "connection",
    receiver: /(?:pool|pg)$/i,
    acquire: /^(?:connect|acquire)$/,
    release: /^(?:release|end|destroy|close)$/,
  },
  {
    kind: "connection",
    receiver: /./,
    acquire: /^getConnection$/,
    release: /^(?:release|end|destroy|close)$/,
  },
  { kind: "connection", receiver: /./, acquire: /^createQueryRunner$/, release: /^release$/ },
  {
    kind: "connection",
    receiver: /./,
    acquire: /^(?:acquire|checkOut|checkout|borrow)$/,
    release: /^release$/,
    isSeen: true,
  },
  {
    kind: "connection",
    receiver: /^(?:sequelize|knex|this\.(?:sequelize|knex)|db\.sequelize)$/,
    acquire: /^transaction$/,
    release: /^(?:commit|rollback)$/,
  },
  {
    kind: "connection",
    receiver: /^(?:fs|fsp|fsPromises|promises|fs\.promises)$/,
    acquire: /^open$/,
    release: /^close$/,
  },
];

const INTEREST =
  /\b(?:acquire|checkOut|checkout|borrow|lock|obtain|getConnection|createQueryRunner|connect|transaction|open)\s*\(|\bfinally\s*\{/;

/** What a `finally` gives back by such a name was taken, whatever that was called. */
const GIVEN_BACK: ResourceShape = {
  kind: "connection",
  receiver: /./,
  acquire: /./,
  release:
    /^[_#]*(?:release|giveBack|give_back|putBack|checkIn|returnTo\w*|return[A-Z]\w*|recycle|handBack|free|unlock)/,
  isSeen: true,
};

/** Locks and connections that are taken with a name and given back outside of a `finally`, over something that may fail. */
export const unreleasedResources = defineAnalysis("unreleased resources", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, INTEREST).flatMap((module) =>
    [
      ...nodesOfKind(module.tree, "variable_declarator").flatMap(
        (declarator) => fromDeclarator(module, declarator, resolver) ?? [],
      ),
      ...nodesOfKind(module.tree, "expression_statement").flatMap(
        (statement) => fromStatement(module, statement, resolver) ?? [],
      ),
    ].sort((one, other) => one.acquiredAt.start - other.acquiredAt.start),
  );
});

/** `await mutex.acquire(); await work(); mutex.release();`: nothing is kept, the lock itself gives it back. */
function fromStatement(
  module: TypeScriptModule,
  statement: NodeId,
  resolver: TypeScriptResolver,
): UnreleasedResource | undefined {
  const { tree } = module;
  const value = firstNamed(tree, statement);
  if (value === NONE || tree.kindOf(value) !== "await_expression") return undefined;
  const callNode = unwrapped(tree, firstNamed(tree, value));
  const call =
    callNode !== NONE && tree.kindOf(callNode) === "call_expression"
      ? callAt(tree, callNode)
      : undefined;
  const shape = call && shapeOf(module, call, resolver);
  const around = enclosingFunction(tree, statement);
  if (!call || shape?.kind !== "lock" || around === NONE || isDamaged(tree, statement))
    return undefined;
  if (call.given.some((argument) => FUNCTION_KINDS.has(tree.kindOf(argument)))) return undefined;
  if (isOfOneRun(module, call.object, resolver)) return undefined;
  if (isNeverGivenBack(module, call.object, resolver))
    return describe(module, callNode, "lock", { at: NONE, by: "never" }, undefined);
  const uses = new Uses(module, statement, around, call, shape, resolver);
  // Another function may give it back where this one never does, and so may one inside that runs later.
  const lost = uses.lost();
  if (!lost || lost.by !== "await" || uses.isGivenBackFinally()) return undefined;
  if (!isRisk(module, lost, resolver)) return undefined;
  return describe(module, callNode, "lock", lost, uses.releases.at(-1));
}

function fromDeclarator(
  module: TypeScriptModule,
  declarator: NodeId,
  resolver: TypeScriptResolver,
): UnreleasedResource | undefined {
  const { tree } = module;
  const value = unwrapped(tree, tree.childIn(declarator, "value"));
  if (value === NONE) return undefined;
  const isAwaited = tree.kindOf(value) === "await_expression";
  const callNode = isAwaited ? unwrapped(tree, firstNamed(tree, value)) : value;
  if (callNode === NONE || tree.kindOf(callNode) !== "call_expression") return undefined;
  const call = callAt(tree, callNode);
  const known = call && shapeOf(module, call, resolver);
  const shape = known ?? (isAwaited ? GIVEN_BACK : undefined);
  if (!call || !shape || (!isAwaited && call.name !== "createQueryRunner")) return undefined;
  if (call.given.some((argument) => FUNCTION_KINDS.has(tree.kindOf(argument)))) return undefined;
  const around = enclosingFunction(tree, declarator);
  if (around === NONE || isDamaged(tree, declarator)) return undefined;
  // The grammar reads `using` as `const`: it releases by itself.
  const declaration = tree.parentOf(declarator);
  if (/^(?:await\s+)?using\b/.test(tree.textOf(declaration).slice(0, 20))) return undefined;
  const uses = new Uses(module, declarator, around, call, shape, resolver);
  if (uses.escapes) return undefined;
  if (!known && !uses.isGivenBackFinally()) return undefined;
  const lost = uses.lost();
  if (!known && lost && !isRisk(module, lost, resolver)) return undefined;
  if (!lost || (shape.isSeen && lost.by === "never")) return undefined;
  return describe(module, callNode, shape.kind, lost, uses.releases.at(-1));
}

/** A way out on which a resource stays taken; `at` is NONE where it is given back nowhere. */
interface Lost {
  readonly at: NodeId;
  readonly by: UnreleasedResource["lostBy"];
}

function describe(
  module: TypeScriptModule,
  acquired: NodeId,
  kind: UnreleasedResource["kind"],
  { at, by }: Lost,
  release: NodeId | undefined,
): UnreleasedResource {
  return {
    kind,
    name: expressionName(module.tree, acquired),
    acquiredAt: placeOf(module, acquired),
    lostAt: at === NONE ? undefined : placeOf(module, at),
    lostBy: by,
    releasedAt: release === undefined ? undefined : placeOf(module, release),
  };
}

/** `const limit = new Sema(8)` of a function around: with the run that fails, the lock is gone as well. */
function isOfOneRun(module: TypeScriptModule, lock: NodeId, resolver: TypeScriptResolver): boolean {
  const { tree } = module;
  const node = unwrapped(tree, lock);
  if (node === NONE || tree.kindOf(node) !== "identifier") return false;
  const variable = resolver.variableAt({ module, node });
  return variable !== undefined && variable.kind !== "parameter" && variable.function !== NONE;
}

/** `const mutex = new Mutex()` of the module, which keeps it for itself, and takes it without ever giving it back. */
function isNeverGivenBack(
  module: TypeScriptModule,
  lock: NodeId,
  resolver: TypeScriptResolver,
): boolean {
  const { tree } = module;
  const node = unwrapped(tree, lock);
  if (node === NONE || tree.kindOf(node) !== "identifier") return false;
  const variable = resolver.variableAt({ module, node });
  if (variable?.kind !== "const" || variable.declaration.module !== module) return false;
  const declaration = tree.parentOf(tree.parentOf(variable.declaration.node));
  const isOwn =
    /^new\s+Mutex\b/.test(madeBy(module, lock, resolver)) &&
    tree.kindOf(tree.parentOf(declaration)) === "program";
  return (
    isOwn &&
    variable.references().every((use) => {
      const member = tree.parentOf(use);
      return (
        tree.kindOf(member) === "member_expression" &&
        /^(?:acquire|isLocked|waitForUnlock)$/.test(
          tree.textOf(tree.childIn(member, "property")),
        ) &&
        isDropped(tree, member)
      );
    })
  );
}

/** Whether nobody gets what the call of a method gives: the release, say. */
function isDropped(tree: Tree, member: NodeId): boolean {
  if (tree.textOf(tree.childIn(member, "property")) !== "acquire") return true;
  const call = tree.parentOf(member);
  const wait = tree.parentOf(call);
  return (
    tree.kindOf(wait) === "await_expression" &&
    tree.kindOf(tree.parentOf(wait)) === "expression_statement"
  );
}

/** Whether what is lost is lost by an await that may fail. */
function isRisk(module: TypeScriptModule, { at, by }: Lost, resolver: TypeScriptResolver): boolean {
  return by === "await" && mayFail({ module, node: at }, resolver);
}

function shapeOf(
  module: TypeScriptModule,
  { object, name }: Call,
  resolver: TypeScriptResolver,
): ResourceShape | undefined {
  if (object === NONE) return undefined;
  const receiver = keyText(module.tree, object);
  const named = SHAPES.find((shape) => shape.acquire.test(name) && shape.receiver.test(receiver));
  if (named && !named.isSeen) return named;
  return LOCK.acquire.test(name) && LOCK_MADE.test(madeBy(module, object, resolver)) ? LOCK : named;
}

const LOCK_MADE = /^new\s+(?:Mutex|Semaphore|Sema)\s*\(/;

/** What a constant of this module begins with, as it is written; `""` for anything else. */
function madeBy(module: TypeScriptModule, object: NodeId, resolver: TypeScriptResolver): string {
  const { tree } = module;
  const node = unwrapped(tree, object);
  const made = node === NONE ? undefined : initializerOf(resolver, { module, node });
  return made?.module === module ? tree.textOf(made.node) : "";
}

const FINALLY: ReadonlySet<string> = new Set(["finally_clause"]);
const TRY: ReadonlySet<string> = new Set(["try_statement"]);
const BLOCKS: ReadonlySet<string> = new Set(["statement_block", "switch_case", "switch_default"]);

/** What a function does with a resource after taking it. */
class Uses {
  readonly escapes: boolean;
  /** Calls that give it back, in order. */
  readonly releases: readonly NodeId[];
  /** Whether an object is made around it, or a collection gets it: they may give it back, where this function never does. */
  readonly #isKept: boolean;
  readonly #tree: Tree;
  readonly #around: NodeId;
  readonly #from: NodeId;

  constructor(
    module: TypeScriptModule,
    declarator: NodeId,
    around: NodeId,
    acquire: Call,
    shape: ResourceShape,
    resolver: TypeScriptResolver,
  ) {
    const { tree } = module;
    this.#tree = tree;
    this.#around = around;
    this.#from = tree.afterSubtree(declarator);
    const releases: NodeId[] = [];
    let escapes = false;
    let isKept = false;
    // `const [value, release] = …`: the release comes last.
    const pattern = tree.childIn(declarator, "name");
    for (const name of pattern === NONE ? [] : patternNames(tree, pattern).slice(-1)) {
      const variable = resolver.variableAt({ module, node: name });
      for (const use of variable?.references() ?? []) {
        const release = releaseBy(tree, use, shape);
        isKept ||= isKeptBy(tree, use);
        if (release === NONE) escapes ||= isHandedOn(tree, use, shape);
        else if (enclosingFunction(tree, release) === around) releases.push(release);
        else escapes = true;
      }
    }
    // `mutex.release()` on the lock itself, or `pool.release(connection)`.
    for (const node of ownNodes(tree, around)) {
      if (node < this.#from || tree.kindOf(node) !== "call_expression") continue;
      const call = callAt(tree, node);
      if (!call || call.object === NONE || !shape.release.test(call.name)) continue;
      if (acquire.object === NONE || shape === GIVEN_BACK) continue;
      if (keyText(tree, call.object) === keyText(tree, acquire.object)) releases.push(node);
    }
    this.releases = [...new Set(releases)].sort((one, other) => one - other);
    this.escapes = escapes;
    this.#isKept = isKept;
  }

  /** The first way out on which the resource stays taken. */
  lost(): Lost | undefined {
    const tree = this.#tree;
    const last = this.releases.at(-1);
    if (last === undefined) return this.#isKept ? undefined : { at: NONE, by: "never" };
    const risky = awaitsIn(tree, this.#around).filter(
      (node) => node >= this.#from && !this.#isPartOfRelease(node),
    );
    for (const node of risky) {
      if (node > last) break;
      if (!this.#isReleasedBefore(node) && !this.#isProtected(node))
        return { at: node, by: "await" };
    }
    for (const node of ownNodes(tree, this.#around)) {
      if (node < this.#from || node > last) continue;
      const kind = tree.kindOf(node);
      if (kind !== "return_statement" && kind !== "throw_statement") continue;
      if (this.#isReleasedBefore(node) || this.#isProtected(node)) continue;
      if (this.releases.some((release) => isWithin(tree, release, node))) continue;
      return { at: node, by: kind === "return_statement" ? "return" : "throw" };
    }
    return undefined;
  }

  /** Whether the function takes care to give it back whatever happens. */
  isGivenBackFinally(): boolean {
    const tree = this.#tree;
    return this.releases.some((release) => {
      const finalizer = ancestorOf(tree, release, FINALLY, this.#around);
      return finalizer !== NONE;
    });
  }

  #isPartOfRelease(awaited: NodeId): boolean {
    return this.releases.some((release) => isWithin(this.#tree, release, awaited));
  }

  /** A release earlier in the same block, or in one around. */
  #isReleasedBefore(node: NodeId): boolean {
    return this.releases.some((release) => {
      if (release >= node) return false;
      const block = ancestorOf(this.#tree, release, BLOCKS, this.#around);
      return block !== NONE && isWithin(this.#tree, node, block);
    });
  }

  /** Inside a `try` whose `finally`, or whose `catch` and what follows, give it back. */
  #isProtected(node: NodeId): boolean {
    const tree = this.#tree;
    let at = node;
    for (;;) {
      const statement = ancestorOf(tree, at, TRY, this.#around);
      if (statement === NONE) return false;
      at = statement;
      const finalizer = tree.childIn(statement, "finalizer");
      if (finalizer !== NONE && this.#releasesIn(finalizer)) return true;
      const handler = tree.childIn(statement, "handler");
      if (handler === NONE || !isWithin(tree, node, tree.childIn(statement, "body"))) continue;
      if (tree.kindOf(node) === "return_statement") continue;
      const leaves = [...ownNodes(tree, handler)].some((inner) =>
        /^(?:throw|return)_statement$/.test(tree.kindOf(inner)),
      );
      const isLater = this.releases.some((release) => release >= tree.afterSubtree(statement));
      if (this.#releasesIn(handler) || (!leaves && isLater)) return true;
    }
  }

  #releasesIn(node: NodeId): boolean {
    return this.releases.some((release) => isWithin(this.#tree, release, node));
  }
}

/** The call that gives back what a name stands for: `release()`, `client.release()`, `pool.release(client)`. */
function releaseBy(tree: Tree, use: NodeId, { release }: ResourceShape): NodeId {
  const parent = tree.parentOf(use);
  if (tree.kindOf(parent) === "call_expression" && tree.childIn(parent, "function") === use)
    return parent;
  if (tree.kindOf(parent) === "member_expression" && tree.childIn(parent, "object") === use) {
    const call = tree.parentOf(parent);
    const isCall =
      tree.kindOf(call) === "call_expression" && tree.childIn(call, "function") === parent;
    return isCall && release.test(tree.textOf(tree.childIn(parent, "property"))) ? call : NONE;
  }
  if (tree.kindOf(parent) !== "arguments") return NONE;
  const call = callAt(tree, tree.parentOf(parent));
  return call &&
    (release.test(call.name) || /release|close|end|dispose|cleanup|free|destroy/i.test(call.name))
    ? call.node
    : NONE;
}

/** `new Connection(client)`, `connections.set(client, connection)`, and a stream of a file, which closes it at its end. */
function isKeptBy(tree: Tree, use: NodeId): boolean {
  const list = tree.parentOf(use);
  if (tree.kindOf(list) === "member_expression")
    return /^(?:create(?:Read|Write)Stream|readableWebStream)$/.test(
      tree.textOf(tree.childIn(list, "property")),
    );
  if (tree.kindOf(list) !== "arguments") return false;
  const call = tree.parentOf(list);
  if (tree.kindOf(call) === "new_expression") return true;
  return /\.(?:set|add|push|unshift)$/.test(tree.textOf(tree.childIn(call, "function")));
}

/** Whether others may give it back: stored, returned, or its release handed to somebody. */
function isHandedOn(tree: Tree, use: NodeId, { kind, release }: ResourceShape): boolean {
  const parent = tree.parentOf(use);
  switch (tree.kindOf(parent)) {
    case "member_expression":
      return release.test(tree.textOf(tree.childIn(parent, "property")));
    // A connection is passed to those who query; a lock's release to those who call it.
    case "arguments":
      return kind === "lock";
    case "unary_expression":
    case "binary_expression":
    case "parenthesized_expression":
      return false;
    default:
      return true;
  }
}
