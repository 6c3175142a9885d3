import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import { annotationIn, hasToken } from "../nodes.ts";
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
  keyText,
  modulesOfInterest,
  ownNodes,
  placeOf,
} from "./syntax.ts";

/** Writes to a stream that go on though it is full. */
export interface IgnoredBackpressure {
  readonly at: Place;
  /** `file.write()`. */
  readonly name: string;
  readonly stream: string;
  /** What keeps writing: a loop, or a listener for data. */
  readonly source: "loop" | "data";
  readonly sourceAt: Place;
}

const INTEREST = /\.write\s*\(/;
const LOOPS: ReadonlySet<string> = new Set(["for_in_statement", "while_statement", "do_statement"]);

/**
 * `file.write(chunk)` as a statement in a loop over something without an end that is known (`for await`, `while`), or for each
 * `data` event of another stream, in code that never looks at the outcome and never waits for `drain`.
 */
export const ignoredBackpressure = defineAnalysis("ignored backpressure", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, INTEREST).flatMap((module) =>
    callsIn(module.tree).flatMap((call) => fromWrite(module, call, resolver) ?? []),
  );
});

function fromWrite(
  module: TypeScriptModule,
  call: Call,
  resolver: TypeScriptResolver,
): IgnoredBackpressure | undefined {
  const { tree } = module;
  const { node, object, name } = call;
  if (name !== "write" || object === NONE) return undefined;
  if (tree.kindOf(tree.parentOf(node)) !== "expression_statement") return undefined;
  if (!isWritable(module, object, resolver) || isDamaged(tree, node)) return undefined;
  const source = sourceOf(tree, node, keyText(tree, object));
  if (!source || minds(tree, node, keyText(tree, object))) return undefined;
  return {
    at: placeOf(module, node),
    name: expressionName(tree, node),
    stream: tree.textOf(object),
    source: source.kind,
    sourceAt: placeOf(module, source.at),
  };
}

const MAKES_WRITABLE =
  /(?:^|\.)(?:createWriteStream|createGzip|createDeflate|createBrotliCompress|createConnection|connect)$/;
const WRITABLE_CLASS = /(?:^|\.)(?:Writable|PassThrough|Transform|Duplex|WriteStream)$/;
const WRITABLE_TYPE =
  /^(?:(?:http2?|net|stream|fs|tls|NodeJS|express)\.)?(?:Writable|WriteStream|WritableStream|ServerResponse|Http2ServerResponse|Socket|Duplex|PassThrough|Transform)(?:<.*>)?$/;

/** A stream of Node, by what it was made with or by its annotation. */
function isWritable(
  module: TypeScriptModule,
  object: NodeId,
  resolver: TypeScriptResolver,
): boolean {
  const made = initializerOf(resolver, { module, node: object });
  if (made) {
    const call = callAt(made.module.tree, made.node);
    if (!call) return false;
    const isNew = made.module.tree.kindOf(made.node) === "new_expression";
    if (isNew) return WRITABLE_CLASS.test(call.name);
    if (call.name === "connect" || call.name === "createConnection")
      return /^(?:net|tls)$/.test(call.object === NONE ? "" : made.module.tree.textOf(call.object));
    return MAKES_WRITABLE.test(call.name);
  }
  const { tree } = module;
  if (tree.kindOf(object) !== "identifier") return false;
  const variable = resolver.variableAt({ module, node: object });
  if (variable?.kind !== "parameter" || variable.declaration.node === NONE) return false;
  const of = variable.declaration.module.tree;
  const annotation = annotationIn(of, of.parentOf(variable.declaration.node), "type");
  return annotation !== NONE && WRITABLE_TYPE.test(of.textOf(annotation));
}

/** What repeats the write: the loop around it, or the listener that it stands in. */
function sourceOf(
  tree: Tree,
  write: NodeId,
  stream: string,
): { readonly kind: "loop" | "data"; readonly at: NodeId } | undefined {
  const around = enclosingFunction(tree, write);
  for (let loop = ancestorOf(tree, write, LOOPS, around); loop !== NONE; ) {
    const head = tree.textOf(loop).slice(0, 12);
    if (tree.kindOf(loop) !== "for_in_statement" || /^for\s+await/.test(head))
      return { kind: "loop", at: loop };
    loop = ancestorOf(tree, loop, LOOPS, around);
  }
  if (around === NONE || !isFunctionLiteral(tree, around)) return undefined;
  const call = callAt(tree, tree.parentOf(tree.parentOf(around)));
  const [event] = call?.given ?? [];
  if (!call || call.object === NONE || event === undefined) return undefined;
  if (!/^(?:on|addListener)$/.test(call.name) || !/^["']data["']$/.test(tree.textOf(event)))
    return undefined;
  return keyText(tree, call.object) === stream ? undefined : { kind: "data", at: call.node };
}

/** Whether the code around knows of a full stream: `drain`, `pause`, `cork`, `writableNeedDrain`, or an awaited wait for it. */
function minds(tree: Tree, write: NodeId, stream: string): boolean {
  let around = enclosingFunction(tree, write);
  const outer = around === NONE ? NONE : enclosingFunction(tree, around);
  if (outer !== NONE) around = outer;
  const text = around === NONE ? tree.text : tree.textOf(around);
  if (/\bdrain\b|\.pause\(|NeedDrain|writableLength|bufferedAmount|\.cork\(/i.test(text))
    return true;
  return /^process\.(?:stdout|stderr)/.test(stream);
}

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
  return modulesOfInterest(use, LATE_INTEREST).flatMap((module) =>
    callsIn(module.tree).flatMap((call) => fromListener(module, call, resolver) ?? []),
  );
});

function fromListener(
  module: TypeScriptModule,
  { node, object, name, given }: Call,
  resolver: TypeScriptResolver,
): LateListener | undefined {
  const { tree } = module;
  if (!/^(?:on|once|addEventListener|addListener)$/.test(name) || given.length < 2)
    return undefined;
  if (object === NONE || tree.kindOf(object) !== "identifier") return undefined;
  const event = tree.textOf(given[0] as NodeId).replace(/^["'`]|["'`]$/g, "");
  const around = enclosingFunction(tree, node);
  if (around === NONE || isDamaged(tree, node)) return undefined;
  const accepted = acceptedBy(module, object, around, event, resolver);
  if (accepted) return { ...accepted, at: placeOf(module, node), event };
  const made = initializerOf(resolver, { module, node: object });
  if (!made || made.module !== module) return undefined;
  if (enclosingFunction(tree, made.node) !== around) return undefined;
  const maker = callAt(tree, made.node);
  const isNew = tree.kindOf(made.node) === "new_expression";
  const shape = EMITTERS.find(
    (one) => one.isNew === isNew && one.made.test(maker?.name ?? "") && one.events.test(event),
  );
  if (!maker || !shape) return undefined;
  const awaited = awaitBetween(tree, around, made.node, node, tree.textOf(object));
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

/** An await after the making and before the listening, in a block that the listening is in too, and not about the emitter. */
function awaitBetween(
  tree: Tree,
  around: NodeId,
  made: NodeId,
  listened: NodeId,
  emitter: string,
): NodeId {
  for (const node of ownNodes(tree, around)) {
    if (node <= made || node >= listened || tree.kindOf(node) !== "await_expression") continue;
    const block = ancestorOf(tree, node, new Set(["statement_block", "program"]));
    if (!isWithin(tree, listened, block) || isWithin(tree, made, node)) continue;
    if (!new RegExp(`\\b${emitter.replace(/\$/g, "\\$")}\\b`).test(tree.textOf(node))) return node;
  }
  return NONE;
}

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
    if (tree.kindOf(member) !== "member_expression") return true;
    const call = callAt(tree, tree.parentOf(member));
    const first = call?.given[0];
    if (hasToken(tree, member, "?.") || !call || first === undefined) return false;
    return tree.textOf(first).slice(1, -1) === event;
  });
}
