import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import { annotationIn } from "../nodes.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import {
  ancestorOf,
  type Call,
  callAt,
  callsIn,
  initializerOf,
  isFunctionLiteral,
  keyText,
  modulesOfInterest,
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
