import type { Place, Span } from "../../core/position.ts";
import type { Block, FunctionHeader, FunctionModel } from "../../model/function.ts";
import type { OperationOf, Value } from "../../model/operation.ts";
import { type AccessPath, pathKey, rebase } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";
import { successors } from "../../model/successors.ts";

/** A goroutine, seen from the function that starts it. */
export interface Worker {
  readonly starter: FunctionModel;
  readonly spawn: OperationOf<"spawn">;
  readonly block: Block;
  readonly model: FunctionModel;
}

/** The goroutines of a function whose bodies are known. */
export function workersOf(functions: Program, starter: FunctionModel): Worker[] {
  return starter.blocks.flatMap((block) =>
    block.operations.flatMap((spawn) => {
      if (spawn.kind !== "spawn" || spawn.callee.kind !== "static") return [];
      const model = functions.model(spawn.callee.function);
      return model && !model.isDamaged ? [{ starter, spawn, block, model }] : [];
    }),
  );
}

/** How the starter names what the worker names: a parameter is its argument. */
export function seenByStarter({ spawn, model }: Worker, path: AccessPath): AccessPath | undefined {
  return seenByCaller(spawn, model, path);
}

/** How a caller, or a starter, names what the callee names; undefined where it has no name for it. */
export function seenByCaller(
  call: OperationOf<"call"> | OperationOf<"spawn">,
  callee: FunctionHeader,
  path: AccessPath,
): AccessPath | undefined {
  if (path.root.kind !== "variable") return undefined;
  const { variable } = path.root;
  if (variable.declaredIn !== callee.id) return path;
  const value =
    variable.role === "parameter"
      ? call.arguments[variable.index]
      : receiverOf(call, variable.role);
  return value?.kind === "path" ? rebase(path, value.path) : undefined;
}

function receiverOf(
  { callee }: OperationOf<"call"> | OperationOf<"spawn">,
  role: string,
): Value | undefined {
  return role === "receiver" && callee.kind === "static" ? callee.receiver : undefined;
}

/** A field of a type, all its instances together, or a variable. */
export function identityOf(path: AccessPath): string | undefined {
  return path.slot ?? pathKey(path);
}

export function placeOf({ file }: FunctionHeader, span: Span): Place {
  return { file, start: span.start, end: span.end };
}

/** Whether a block leads back to itself, without passing through another. */
export function returnsTo({ blocks }: FunctionModel, start: number, without?: number): boolean {
  const waiting = [start];
  const seen = new Set<number>();
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const block = blocks[at];
    for (const next of block ? successors(block.end) : []) {
      if (next === start) return true;
      if (next === without || seen.has(next)) continue;
      seen.add(next);
      waiting.push(next);
    }
  }
  return false;
}
