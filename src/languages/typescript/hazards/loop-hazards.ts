import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import { FUNCTION_KINDS } from "../module-index.ts";
import { firstNamed, hasToken, namedNodes, unwrapped } from "../nodes.ts";
import type { TypeScriptModule } from "../resolver.ts";
import {
  ancestorOf,
  type Call,
  callAt,
  callsIn,
  isFunctionLiteral,
  isWithin,
  keyText,
  mentions,
  modulesOfInterest,
  nodesOfKind,
  ownNodes,
  placeOf,
} from "./syntax.ts";

/** An array that loses or gains elements in front while it is iterated, so that the loop leaves some out. */
export interface MutatedIterable {
  readonly at: Place;
  readonly name: string;
  readonly array: string;
  readonly loopAt: Place;
}

const SHIFTS: ReadonlySet<string> = new Set(["splice", "shift", "unshift"]);
const MUTATION_INTEREST = /\.(?:splice|shift|unshift)\s*\(/;
const BLOCK: ReadonlySet<string> = new Set(["statement_block"]);

export const mutatedIterables = defineAnalysis("mutated iterables", (use) =>
  modulesOfInterest(use, MUTATION_INTEREST).flatMap((module) => [
    ...nodesOfKind(module.tree, "for_in_statement").flatMap((loop) => mutationsIn(module, loop)),
    ...callsIn(module.tree).flatMap((call) => mutationsInEach(module, call)),
  ]),
);

/** `items.forEach((item, index) => { if (item.isDone) items.splice(index, 1); })` */
function mutationsInEach(module: TypeScriptModule, each: Call): MutatedIterable[] {
  const { tree } = module;
  const visit = each.given[0] === undefined ? NONE : unwrapped(tree, each.given[0]);
  if (each.name !== "forEach" || each.object === NONE || visit === NONE) return [];
  if (!isFunctionLiteral(tree, visit)) return [];
  const body = tree.childIn(visit, "body");
  return body === NONE ? [] : mutationsOf(module, unwrapped(tree, each.object), body, visit);
}

function mutationsIn(module: TypeScriptModule, loop: NodeId): MutatedIterable[] {
  const { tree } = module;
  const iterated = unwrapped(tree, tree.childIn(loop, "right"));
  const body = tree.childIn(loop, "body");
  if (iterated === NONE || body === NONE || !hasToken(tree, loop, "of")) return [];
  return mutationsOf(module, iterated, body, enclosingFunction(tree, loop));
}

function mutationsOf(
  module: TypeScriptModule,
  iterated: NodeId,
  body: NodeId,
  around: NodeId,
): MutatedIterable[] {
  const { tree } = module;
  if (!/^(?:identifier|member_expression)$/.test(tree.kindOf(iterated))) return [];
  const array = keyText(tree, iterated);
  return callsIn(tree, body).flatMap((call): MutatedIterable[] => {
    if (!SHIFTS.has(call.name) || call.object === NONE) return [];
    if (keyText(tree, call.object) !== array || enclosingFunction(tree, call.node) !== around)
      return [];
    // A forEach goes on whatever the visitor does.
    if (
      tree.kindOf(tree.parentOf(body)) === "for_in_statement" &&
      leavesLoop(tree, call.node, body)
    )
      return [];
    if (isDamaged(tree, call.node)) return [];
    return [
      {
        at: placeOf(module, call.node),
        name: expressionName(tree, call.node),
        array: tree.textOf(iterated),
        loopAt: placeOf(module, iterated),
      },
    ];
  });
}

/** Whether the loop ends after the call: `splice(…); break;`. */
function leavesLoop(tree: Tree, call: NodeId, body: NodeId): boolean {
  for (let block = ancestorOf(tree, call, BLOCK); block !== NONE; ) {
    const after = namedNodes(tree, block).filter((statement) => statement > call);
    if (
      after.some((statement) => /^(?:break|return|throw)_statement$/.test(tree.kindOf(statement)))
    )
      return true;
    if (block === body) break;
    block = ancestorOf(tree, block, BLOCK);
  }
  return ancestorOf(tree, call, new Set(["return_statement"]), body) !== NONE;
}

/** A closure that runs later and mentions the one `var` that all passes of the loop share. */
export interface CapturedLoopVariable {
  readonly at: Place;
  readonly name: string;
  readonly loopAt: Place;
  /** The word `var` in the loop's head. */
  readonly varAt: Place;
}

const VAR_INTEREST = /\bfor\s*\(\s*var\b/;
const LATER =
  /^(?:setTimeout|setInterval|setImmediate|queueMicrotask|nextTick|requestAnimationFrame|then|catch|finally|on|once|addListener|addEventListener|push)$/;

export const capturedLoopVariables = defineAnalysis("captured loop variables", (use) =>
  modulesOfInterest(use, VAR_INTEREST).flatMap((module) => {
    const { tree } = module;
    const loops = [...nodesOfKind(tree, "for_statement"), ...nodesOfKind(tree, "for_in_statement")];
    return loops.flatMap((loop) => capturesIn(module, loop));
  }),
);

function capturesIn(module: TypeScriptModule, loop: NodeId): CapturedLoopVariable[] {
  const { tree } = module;
  const body = tree.childIn(loop, "body");
  const head = varInHead(tree, loop);
  if (body === NONE || !head) return [];
  const found: CapturedLoopVariable[] = [];
  const end = tree.afterSubtree(body);
  for (let node = body; node < end; ) {
    if (!FUNCTION_KINDS.has(tree.kindOf(node))) {
      node++;
      continue;
    }
    const call = callAt(tree, tree.parentOf(tree.parentOf(node)));
    const isLater =
      tree.kindOf(tree.parentOf(node)) === "arguments" && LATER.test(call?.name ?? "");
    const inner = tree.childIn(node, "body");
    if (isLater && inner !== NONE && mentions(tree, inner, head.name) && !isDamaged(tree, node))
      found.push({
        at: placeOf(module, node),
        name: head.name,
        loopAt: placeOf(module, loop),
        varAt: placeOf(module, head.keyword),
      });
    node = tree.afterSubtree(node);
  }
  return found;
}

function varInHead(
  tree: Tree,
  loop: NodeId,
): { readonly name: string; readonly keyword: NodeId } | undefined {
  if (tree.kindOf(loop) === "for_in_statement") {
    const keyword = tree.childIn(loop, "kind");
    const left = tree.childIn(loop, "left");
    if (keyword === NONE || tree.kindOf(keyword) !== "var" || tree.kindOf(left) !== "identifier")
      return undefined;
    return { name: tree.textOf(left), keyword };
  }
  const declaration = tree.childIn(loop, "initializer");
  if (declaration === NONE || tree.kindOf(declaration) !== "variable_declaration") return undefined;
  const declarator = tree.childOfKind(declaration, "variable_declarator");
  const name = declarator === NONE ? NONE : tree.childIn(declarator, "name");
  const keyword = tree.firstChild[declaration] ?? NONE;
  return name === NONE ? undefined : { name: tree.textOf(name), keyword };
}

/** A loop without an end that tries again at once whatever the error. */
export interface EndlessRetry {
  readonly at: Place;
  readonly catchAt: Place;
}

const RETRY_INTEREST = /\b(?:while\s*\(\s*(?:true|1)\s*\)|for\s*\(\s*;\s*;\s*\))/;

export const endlessRetries = defineAnalysis("endless retries", (use) =>
  modulesOfInterest(use, RETRY_INTEREST).flatMap((module) => {
    const { tree } = module;
    const loops = [...nodesOfKind(tree, "while_statement"), ...nodesOfKind(tree, "for_statement")];
    return loops.flatMap((loop) => retryIn(module, loop) ?? []);
  }),
);

const LOGS = /^(?:this\.#?)?(?:console|log|logger|debug)(?:\.\w+)*$/i;

function retryIn(module: TypeScriptModule, loop: NodeId): EndlessRetry | undefined {
  const { tree } = module;
  if (!RETRY_INTEREST.test(tree.textOf(loop).slice(0, 24))) return undefined;
  const body = tree.childIn(loop, "body");
  const statements = body === NONE ? [] : namedNodes(tree, body);
  const [only] = statements;
  // Whatever stands beside the `try` may wait, count or leave.
  if (only === undefined || statements.length !== 1 || tree.kindOf(only) !== "try_statement")
    return undefined;
  const handler = tree.childIn(only, "handler");
  if (handler === NONE || tree.childIn(only, "finalizer") !== NONE) return undefined;
  const tried = tree.childIn(only, "body");
  const own = [...ownNodes(tree, handler)].map((node) => tree.kindOf(node));
  const ends =
    /^(?:throw_statement|return_statement|break_statement|await_expression|update_expression|augmented_assignment_expression|if_statement|yield_expression)$/;
  if (own.some((kind) => ends.test(kind)) || isDamaged(tree, loop)) return undefined;
  // A call of anything but a log may throw, wait or count.
  if (
    callsIn(tree, handler).some(
      ({ node }) => !LOGS.test(tree.textOf(tree.childIn(node, "function"))),
    )
  )
    return undefined;
  const leaves = [...ownNodes(tree, tried)];
  const first = leaves.find((node) => tree.kindOf(node) === "await_expression");
  const isTried = leaves.some((node) => /^(?:return|break)_statement$/.test(tree.kindOf(node)));
  // What waits before it tries (a queue, a sleep) sets the pace.
  if (
    first === undefined ||
    !isTried ||
    /sleep|delay|wait|timeout|next|read|pop|take|receive|once/i.test(
      tree.textOf(first).slice("await".length),
    )
  )
    return undefined;
  return { at: placeOf(module, first), catchAt: placeOf(module, handler) };
}

/** A callback that is called with an error, after which the function goes on and calls it again. */
export interface RepeatedCallback {
  readonly at: Place;
  readonly name: string;
  readonly againAt: Place;
}

const CALLBACK_INTEREST = /\b(?:callback|cb|done|next)\s*\(/;
const CALLBACK_NAME = /^(?:callback|cb|done|next)$/;

export const repeatedCallbacks = defineAnalysis("repeated callbacks", (use) =>
  modulesOfInterest(use, CALLBACK_INTEREST).flatMap((module) =>
    [
      ...nodesOfKind(module.tree, "if_statement").flatMap(
        (statement) => repeated(module, statement) ?? [],
      ),
      ...nodesOfKind(module.tree, "expression_statement").flatMap(
        (statement) => repeatedInRow(module, statement) ?? [],
      ),
    ].sort((one, other) => one.at.start - other.at.start),
  ),
);

/** `callback(null, first); callback(null, second);` in one block, by the convention that the first argument is the error. */
function repeatedInRow(module: TypeScriptModule, statement: NodeId): RepeatedCallback | undefined {
  const { tree } = module;
  const call = callbackCall(tree, statement);
  if (!call || !isOutcome(tree, call) || isDamaged(tree, statement)) return undefined;
  const block = tree.parentOf(statement);
  if (tree.kindOf(block) !== "statement_block") return undefined;
  return calledAgain(module, statement, call, (expression) => {
    const again = callbackCall(tree, expression);
    return again && isOutcome(tree, again) ? again : undefined;
  });
}

type Again = { readonly name: string; readonly node: NodeId } | undefined;

/** The next of the statements after one, up to a return or throw, that calls the same callback. */
function calledAgain(
  module: TypeScriptModule,
  statement: NodeId,
  call: Call,
  callIn: (expression: NodeId) => Again,
): RepeatedCallback | undefined {
  const { tree } = module;
  const block = tree.parentOf(statement);
  let later = tree.afterSubtree(statement);
  for (; later < tree.size && tree.parentOf(later) === block; later = tree.afterSubtree(later)) {
    const kind = tree.kindOf(later);
    const again = callIn(kind === "return_statement" ? firstNamed(tree, later) : later);
    if (again?.name === call.name)
      return {
        at: placeOf(module, call.node),
        name: call.name,
        againAt: placeOf(module, again.node),
      };
    if (/^(?:return|throw)_statement$/.test(kind)) return undefined;
  }
  return undefined;
}

/** `callback(null, value)`, `callback(new Error(…))`, `callback(err)`. */
function isOutcome(tree: Tree, { given: [first] }: Call): boolean {
  return (
    first !== undefined &&
    /^(?:null|undefined|err|error|e|new \w*Error\b.*)$/s.test(tree.textOf(first))
  );
}

/** `if (err) callback(err); … callback(null, value)`, without a `return` or an `else`. */
function repeated(module: TypeScriptModule, statement: NodeId): RepeatedCallback | undefined {
  const { tree } = module;
  const block = tree.parentOf(statement);
  if (tree.childIn(statement, "alternative") !== NONE || tree.kindOf(block) !== "statement_block")
    return undefined;
  const condition = tree.textOf(tree.childIn(statement, "condition"));
  let last = tree.childIn(statement, "consequence");
  if (tree.kindOf(last) === "statement_block") last = namedNodes(tree, last).at(-1) ?? NONE;
  const call = callbackCall(tree, last);
  if (!call || call.given.length === 0 || isDamaged(tree, statement)) return undefined;
  const isError =
    /^\(\s*(?:err|error|e|ex)\s*\)$/.test(condition) ||
    /^new \w*Error\b/.test(tree.textOf(call.given[0] as NodeId));
  if (!isError) return undefined;
  return calledAgain(
    module,
    statement,
    call,
    (expression) => callbackCall(tree, expression) ?? handedOn(tree, expression, call.name),
  );
}

/** `start(options, callback)`: who gets it last calls it. */
function handedOn(tree: Tree, statement: NodeId, name: string) {
  if (statement === NONE) return undefined;
  const node =
    tree.kindOf(statement) === "expression_statement" ? firstNamed(tree, statement) : statement;
  const call =
    node !== NONE && tree.kindOf(node) === "call_expression" ? callAt(tree, node) : undefined;
  const last = call?.given.at(-1);
  if (!call || last === undefined || tree.textOf(last) !== name) return undefined;
  return /remove|off|delete|unsubscribe|push|equal|call/i.test(call.name)
    ? undefined
    : { name, node };
}

function callbackCall(tree: Tree, statement: NodeId) {
  if (statement === NONE) return undefined;
  const node =
    tree.kindOf(statement) === "expression_statement" ? firstNamed(tree, statement) : statement;
  if (node === NONE || tree.kindOf(node) !== "call_expression") return undefined;
  const call = callAt(tree, node);
  const isCallback = call && call.object === NONE && CALLBACK_NAME.test(call.name);
  return isCallback && isWithin(tree, node, statement) ? call : undefined;
}
