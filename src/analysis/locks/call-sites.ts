import { defineAnalysis } from "../../core/analysis.ts";
import type { Callee, Operation, OperationOf } from "../../model/operation.ts";
import type { FunctionId } from "../../model/path.ts";
import { type Program, program } from "../../model/program.ts";

/** A place of the unit that calls a function, or starts it. */
export interface CallSite {
  readonly caller: FunctionId;
  readonly operation: OperationOf<"call"> | OperationOf<"spawn">;
}

/** Who calls which function of the unit, as far as calls can be followed. */
export interface CallSites {
  of(id: FunctionId): readonly CallSite[];
  /** Whether it is handed on as a value: others call it too. */
  isHandedOn(id: FunctionId): boolean;
  /** Whether some place starts it as a goroutine. */
  isStarted(id: FunctionId): boolean;
}

interface Uses {
  readonly sites: readonly CallSite[];
  readonly isHandedOn: boolean;
}

export const callSites = defineAnalysis("call sites", (use): CallSites => {
  const functions = use(program);
  const known = new Map<FunctionId, Uses>();
  const usesOf = (id: FunctionId): Uses => {
    let uses = known.get(id);
    if (!uses) {
      uses = findUses(functions, id);
      known.set(id, uses);
    }
    return uses;
  };
  return {
    of: (id) => usesOf(id).sites,
    isHandedOn: (id) => usesOf(id).isHandedOn,
    isStarted: (id) => usesOf(id).sites.some(({ operation }) => operation.kind === "spawn"),
  };
});

/** Only functions that mention the name are looked at; a closure is used by the function that it stands in. */
function findUses(functions: Program, id: FunctionId): Uses {
  const header = functions.header(id);
  const name = header?.role === "closure" ? undefined : /\w+$/.exec(header?.name ?? "")?.[0];
  const callers =
    header?.enclosing !== undefined && name === undefined
      ? [header.enclosing]
      : name === undefined
        ? []
        : functions.functionsWith(new RegExp(`\\b${name}\\b`)).map((one) => one.id);
  const sites: CallSite[] = [];
  let isHandedOn = false;
  for (const caller of callers) {
    for (const { operations } of functions.model(caller)?.blocks ?? []) {
      for (const operation of operations.flatMap(withDeferred)) {
        if (isCallOf(operation, id)) sites.push({ caller, operation });
        isHandedOn ||= handsOn(operation, id);
      }
    }
  }
  return { sites, isHandedOn };
}

function withDeferred(operation: Operation): readonly Operation[] {
  return operation.kind === "defer" ? operation.operations : [operation];
}

function isCallOf(operation: Operation, id: FunctionId): operation is CallSite["operation"] {
  if (operation.kind !== "call" && operation.kind !== "spawn") return false;
  const { callee } = operation;
  if (callee.kind === "static") return callee.function === id;
  return callee.kind === "dynamic" && callee.candidates.includes(id);
}

function handsOn(operation: Operation, id: FunctionId): boolean {
  // What a test hands to Cleanup it calls itself, once and last.
  if (operation.kind === "call" && isCleanup(operation.callee)) return false;
  const values =
    operation.kind === "call" || operation.kind === "spawn"
      ? operation.arguments
      : operation.kind === "assign" || operation.kind === "escape" || operation.kind === "write"
        ? [operation.value]
        : [];
  return values.some((value) => value.kind === "function" && value.function === id);
}

function isCleanup(callee: Callee): boolean {
  return callee.kind !== "static" && /^testing\.\w+\.Cleanup$/.test(callee.name);
}
