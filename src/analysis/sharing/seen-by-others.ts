import type { FunctionModel } from "../../model/function.ts";
import type { OperationOf, Value } from "../../model/operation.ts";
import { type AccessPath, type FunctionId, rebase, type Variable } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";
import { type Callers, pathAtSite, saysLocked } from "./callers.ts";
import { isMadeHere } from "./made-here.ts";

/** How far an object is followed: to callers, to what a local stands for, out of closures. */
const DEPTH = 5;

/**
 * Whether an object is certainly one that others have: it hangs on a package variable, on a receiver that did not make it, or on what a
 * goroutine is given. What was loaded, decoded, received or copied is its function's own, for all that is known.
 */
export class SeenByOthers {
  readonly #functions: Program;
  readonly #callers: Callers;

  constructor(functions: Program, callers: Callers) {
    this.#functions = functions;
    this.#callers = callers;
  }

  has(model: FunctionModel, path: AccessPath, depth = DEPTH): boolean {
    if (path.root.kind !== "variable" || depth === 0) return false;
    const { variable } = path.root;
    if (variable.role === "global") return true;
    if (variable.declaredIn !== model.id) return this.#isCaptured(model, path, depth);
    if (variable.isStruct) return false;
    if (isHandedOut(model, variable)) return true;
    switch (variable.role) {
      case "receiver":
        return this.#isForOthers(model) || this.#isGiven(model, path, depth);
      case "parameter":
        return this.#isGiven(model, path, depth);
      default:
        return !isMadeHere(model, path) && this.#isFetched(model, variable, path, depth);
    }
  }

  /** A goroutine has what it captures in common with who started it; any other function literal is a part of the one around it. */
  #isCaptured(model: FunctionModel, path: AccessPath, depth: number): boolean {
    if (this.#callers.sitesOf(model)?.some(({ isSpawn }) => isSpawn)) return true;
    const around = model.enclosing && this.#functions.accesses?.(model.enclosing);
    return around ? this.has(around, path, depth - 1) : false;
  }

  /** A method that others call, and nobody here; `String` is called by printers. */
  #isForOthers(model: FunctionModel): boolean {
    if (saysLocked(model) || !/\.\p{Lu}[^.]*$/u.test(model.name)) return false;
    return model.isExported || this.#callers.sitesOf(model)?.length === 0;
  }

  #isGiven(model: FunctionModel, path: AccessPath, depth: number): boolean {
    return (this.#callers.sitesOf(model) ?? []).some((site) => {
      const given = pathAtSite(site, model, path);
      if (!given) return false;
      return site.isSpawn || this.has(site.caller, given, depth - 1);
    });
  }

  /** A local that stands for a part of something else: `quota := m.quotas[key]`, `stats := s.stats()`. */
  #isFetched(model: FunctionModel, variable: Variable, path: AccessPath, depth: number): boolean {
    return model.blocks.some(({ operations }) =>
      operations.some((one) => {
        if (one.kind === "call") return isResult(one, variable) && this.#isGetter(one);
        if (one.kind !== "assign" && one.kind !== "write") return false;
        const target = one.kind === "assign" ? one.target : one.path;
        if (one.value.kind !== "path" || !isIt(target, variable)) return false;
        if (isIt(one.value.path, variable)) return false;
        return this.has(model, rebase(path, one.value.path), depth - 1);
      }),
    );
  }

  /** It hands out what its receiver or a package variable holds. */
  #isGetter({ callee }: OperationOf<"call">): boolean {
    const model = callee.kind === "static" ? this.#body(callee.function) : undefined;
    return (
      model?.blocks.some(
        ({ end }) =>
          end.kind === "return" &&
          end.values.some(
            (value) =>
              value?.kind === "path" &&
              value.path.root.kind === "variable" &&
              (value.path.root.variable.role === "global" ||
                (value.path.root.variable.role === "receiver" && value.path.steps.length > 0)),
          ),
      ) ?? false
    );
  }

  #body(id: FunctionId): FunctionModel | undefined {
    return this.#functions.accesses?.(id);
  }
}

function isIt({ root, steps }: AccessPath, { id }: Variable): boolean {
  return root.kind === "variable" && root.variable.id === id && steps.length === 0;
}

function isResult({ results }: OperationOf<"call">, variable: Variable): boolean {
  return results.some((path) => path !== undefined && isIt(path, variable));
}

/** A goroutine is given it, or a field of what others have keeps it. */
function isHandedOut({ blocks }: FunctionModel, variable: Variable): boolean {
  const isThis = (value: Value | undefined) => value?.kind === "path" && isIt(value.path, variable);
  return blocks.some(({ operations }) =>
    operations.some((one) => {
      if (one.kind === "spawn") {
        const { callee, arguments: given } = one;
        return given.some(isThis) || ("receiver" in callee && isThis(callee.receiver));
      }
      if (one.kind === "assign") return isThis(one.value) && isOfOthers(one.target);
      if (one.kind === "write") return isThis(one.value) && isOfOthers(one.path);
      return false;
    }),
  );
}

function isOfOthers({ root, steps }: AccessPath): boolean {
  if (root.kind !== "variable") return false;
  const { role } = root.variable;
  return role === "global" || (role === "receiver" && steps.length > 0);
}
