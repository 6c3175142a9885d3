import type { Block, FunctionHeader, FunctionModel } from "../../model/function.ts";
import type { OperationOf, Value } from "../../model/operation.ts";
import { type AccessPath, rebase } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";

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
