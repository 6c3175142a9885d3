import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import { firstNamed, hasToken, unwrapped } from "../nodes.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { leadsTo } from "./order.ts";
import {
  ancestorOf,
  awaitsIn,
  type Call,
  callAt,
  callsIn,
  initializerOf,
  isFunctionLiteral,
  isWithin,
  mentions,
  modulesOfInterest,
  ownNodes,
  placeOf,
} from "./syntax.ts";

/** A listener that is attached after an await, to something that may have told its news meanwhile. */
export interface LateListener {
  readonly at: Place;
  readonly emitter: string;
  readonly event: string;
  readonly madeAt: Place;
  readonly awaitedAt: Place;
  readonly madeBy: string;
}

const LATE_INTEREST = /\.(?:on|once|addEventListener|addListener)\s*\(/;
/** Calls that give something which soon has news, with the events that are told once or are lost when nobody listens. */
const EMITTERS: readonly {
  readonly made: RegExp;
  readonly isNew: boolean;
  readonly events: RegExp;
}[] = [
  {
    made: /^(?:spawn|exec|execFile|fork)$/,
    isNew: false,
    events: /^(?:error|exit|close|message|spawn)$/,
  },
  {
    made: /^(?:Worker|SharedWorker)$/,
    isNew: true,
    events: /^(?:error|exit|message|messageerror|online)$/,
  },
  { made: /^(?:WebSocket|EventSource)$/, isNew: true, events: /^(?:error|close|message|open)$/ },
  {
    made: /^(?:createConnection|createReadStream|createWriteStream)$/,
    isNew: false,
    events: /^(?:error|close|connect|open)$/,
  },
];

/** `const child = spawn(…); await prepare(); child.on("exit", …)`: what happened during the await is not heard. */
export const lateListeners = defineAnalysis("late listeners", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, LATE_INTEREST, /\bawait\b/).flatMap((module) => {
    const found = new Map<number, LateListener>();
    for (const listening of callsIn(module.tree).flatMap((call) =>
      listenings(module, call, resolver),
    )) {
      const late = fromListening(module, listening, resolver);
      if (late && !found.has(late.at.start)) found.set(late.at.start, late);
    }
    return [...found.values()];
  });
});

/** Where an emitter is listened to: the call itself, or that of a helper which is given the emitter. */
interface Listening {
  readonly node: NodeId;
  readonly object: NodeId;
  readonly event: string;
}

function listenings(
  module: TypeScriptModule,
  { node, object, name, given }: Call,
  resolver: TypeScriptResolver,
): Listening[] {
  const { tree } = module;
  if (!/^(?:on|once|addEventListener|addListener)$/.test(name) || given.length < 2) return [];
  if (object === NONE || tree.kindOf(object) !== "identifier" || isDamaged(tree, node)) return [];
  const event = tree.textOf(given[0] as NodeId).replace(/^["'`]|["'`]$/g, "");
  const variable = resolver.variableAt({ module, node: object });
  if (variable?.kind !== "parameter" || isFunctionLiteral(tree, variable.function))
    return [{ node, object, event }];
  return callsIn(tree).flatMap((call): Listening[] => {
    const argument = call.given[variable.index];
    if (argument === undefined || tree.kindOf(argument) !== "identifier") return [];
    const of = helperOf(module, call.node, resolver);
    return of === variable.function ? [{ node: call.node, object: argument, event }] : [];
  });
}

/** The function of the module that a call calls; NONE for any other. */
function helperOf(module: TypeScriptModule, call: NodeId, resolver: TypeScriptResolver): NodeId {
  const callee = resolver.calleeOf({ module, node: call });
  return callee.kind === "function" && callee.function.module === module
    ? callee.function.node
    : NONE;
}

function fromListening(
  module: TypeScriptModule,
  { node, object, event }: Listening,
  resolver: TypeScriptResolver,
): LateListener | undefined {
  const { tree } = module;
  const around = enclosingFunction(tree, node);
  if (around === NONE) return undefined;
  const accepted = acceptedBy(module, object, around, event, resolver);
  if (accepted) return { ...accepted, at: placeOf(module, node), event };
  const made = initializerOf(resolver, { module, node: object });
  if (!made || made.module !== module) return undefined;
  if (enclosingFunction(tree, made.node) !== around) return undefined;
  const maker = callAt(tree, made.node);
  const isNew = tree.kindOf(made.node) === "new_expression";
  const shape = EMITTERS.find(
    (one) =>
      one.isNew === isNew &&
      one.made.test((maker?.name ?? "").replace(/^[_#]+/, "")) &&
      one.events.test(event),
  );
  if (!maker || !shape) return undefined;
  const awaited = awaitBetween(module, around, made.node, node, object, resolver);
  if (awaited === NONE || isHeardBefore(module, object, awaited, event, resolver)) return undefined;
  return {
    at: placeOf(module, node),
    emitter: tree.textOf(object),
    event,
    madeAt: placeOf(module, made.node),
    awaitedAt: placeOf(module, awaited),
    madeBy: expressionName(tree, made.node),
  };
}

/**
 * `server.on("connection", async (socket) => { await …; socket.on("message", …) })`: the socket that the callback is given has news from
 * the start. Where it was handed on before, somebody else may listen.
 */
function acceptedBy(
  module: TypeScriptModule,
  object: NodeId,
  around: NodeId,
  event: string,
  resolver: TypeScriptResolver,
): Omit<LateListener, "at" | "event"> | undefined {
  const { tree } = module;
  const variable = resolver.variableAt({ module, node: object });
  if (variable?.kind !== "parameter" || variable.index !== 0 || variable.function !== around)
    return undefined;
  const accepting = isFunctionLiteral(tree, around)
    ? callAt(tree, tree.parentOf(tree.parentOf(around)))
    : undefined;
  const [told] = accepting?.given ?? [];
  if (!accepting || told === undefined || !/^(?:on|addListener)$/.test(accepting.name))
    return undefined;
  if (!/^["'](?:connection|secureConnection|session)["']$/.test(tree.textOf(told)))
    return undefined;
  const body = tree.childIn(around, "body");
  const awaited = awaitsIn(tree, body).find(
    (wait) => leadsTo(tree, wait, object) && !isWithin(tree, object, wait),
  );
  if (awaited === undefined || isHeardBefore(module, object, awaited, event, resolver))
    return undefined;
  const isHandedOn = variable
    .references()
    .some((use) => isWithin(tree, use, awaited) && tree.kindOf(tree.parentOf(use)) === "arguments");
  if (isHandedOn) return undefined;
  return {
    emitter: tree.textOf(object),
    madeAt: placeOf(module, variable.declaration.node),
    awaitedAt: placeOf(module, awaited),
    madeBy: expressionName(tree, accepting.node),
  };
}

/** An await after the making and before the listening, in a block that the listening is in too, and not about news of the emitter. */
function awaitBetween(
  module: TypeScriptModule,
  around: NodeId,
  made: NodeId,
  listened: NodeId,
  object: NodeId,
  resolver: TypeScriptResolver,
): NodeId {
  const { tree } = module;
  const emitter = tree.textOf(object);
  for (const node of ownNodes(tree, around)) {
    if (node <= made || node >= listened || tree.kindOf(node) !== "await_expression") continue;
    const block = ancestorOf(tree, node, new Set(["statement_block", "program"]));
    if (!isWithin(tree, listened, block) || isWithin(tree, made, node)) continue;
    if (isWithin(tree, listened, node)) continue;
    if (!mentions(tree, node, emitter) || isDeaf(module, node, resolver)) return node;
  }
  return NONE;
}

/** Whether what is awaited is a helper of the module that listens to nothing. */
function isDeaf(module: TypeScriptModule, awaited: NodeId, resolver: TypeScriptResolver): boolean {
  const { tree } = module;
  const call = unwrapped(tree, firstNamed(tree, awaited));
  if (call === NONE || tree.kindOf(call) !== "call_expression") return false;
  const helper = helperOf(module, call, resolver);
  return helper !== NONE && !LISTENS.test(tree.textOf(helper));
}

const LISTENS =
  /\b(?:on|once|addListener|addEventListener|finished|pipeline|waitFor\w*|closed|exited)\b/;

/** Whether the emitter is listened to for the event (or handed to others, who may listen) before the await. */
function isHeardBefore(
  module: TypeScriptModule,
  object: NodeId,
  awaited: NodeId,
  event: string,
  resolver: TypeScriptResolver,
): boolean {
  const { tree } = module;
  const variable = resolver.variableAt({ module, node: object });
  return (variable?.references() ?? []).some((use) => {
    if (use > awaited) return false;
    const member = tree.parentOf(use);
    if (tree.kindOf(member) === "arguments") {
      const helper = helperOf(module, tree.parentOf(member), resolver);
      return helper === NONE || new RegExp(`["']${event}["']`).test(tree.textOf(helper));
    }
    if (tree.kindOf(member) !== "member_expression") return true;
    const call = callAt(tree, tree.parentOf(member));
    const first = call?.given[0];
    if (hasToken(tree, member, "?.") || !call || first === undefined) return false;
    return tree.textOf(first).slice(1, -1) === event;
  });
}
