import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import type { TypeScriptModule } from "../resolver.ts";
import { callAt, modulesOfInterest, nodesOfKind, ownNodes, placeOf } from "./syntax.ts";

/** An event that an emitter makes before anybody can have a listener. */
export interface EarlyEmit {
  readonly at: Place;
  readonly event: string;
}

const EMITTING = /\bextends\s+(?:\w+\.)?\w*EventEmitter\w*|\bextends\s+EventTarget\b/;

/** `this.emit("ready")` in a constructor, outside of every callback. */
export const earlyEmits = defineAnalysis("early emits", (use) =>
  modulesOfInterest(use, EMITTING).flatMap((module) =>
    nodesOfKind(module.tree, "method_definition").flatMap((node) => inConstructor(module, node)),
  ),
);

function inConstructor(module: TypeScriptModule, method: NodeId): EarlyEmit[] {
  const { tree } = module;
  const name = tree.childIn(method, "name");
  const body = tree.childIn(method, "body");
  if (name === NONE || body === NONE || tree.textOf(name) !== "constructor") return [];
  const owner = tree.parentOf(tree.parentOf(method));
  const heritage = tree.text.slice(tree.start[owner], tree.start[tree.parentOf(method)]);
  if (!EMITTING.test(heritage) || isDamaged(tree, method)) return [];
  const listens = /\bthis\s*\.\s*(?:on|once|addListener|addEventListener)\s*\(/.test(
    tree.textOf(body),
  );
  if (listens) return [];
  const found: EarlyEmit[] = [];
  for (const node of ownNodes(tree, body)) {
    const call = tree.kindOf(node) === "call_expression" ? callAt(tree, node) : undefined;
    if (!call || !/^(?:emit|dispatchEvent)$/.test(call.name)) continue;
    if (call.object === NONE || tree.kindOf(call.object) !== "this") continue;
    const [event] = call.given;
    if (event !== undefined) found.push({ at: placeOf(module, node), event: tree.textOf(event) });
  }
  return found;
}
