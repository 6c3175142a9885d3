import type { Use } from "../../core/analysis.ts";
import type { FunctionModel } from "../../model/function.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, identityOf } from "../../model/path.ts";
import { program } from "../../model/program.ts";
import { callSites } from "../locks/call-sites.ts";

/** From a parameter to the argument, and on. */
const STEPS = 3;

/** Whether a context, named by its `Done()`, is made from the background one, so that only its own cancel function ends it. */
export function isOwnContext(use: Use, model: FunctionModel, done: AccessPath): boolean {
  const context = { ...done, steps: done.steps.slice(0, -1), slot: undefined };
  return isOwn(use, model, context, STEPS);
}

function isOwn(use: Use, model: FunctionModel, context: AccessPath, left: number): boolean {
  if (left === 0) return false;
  const last = context.steps.at(-1);
  if (last?.kind === "field") {
    const functions = use(program);
    const makers = functions
      .functionsWith(new RegExp(`\\b${last.name}\\b`))
      .flatMap(({ id }) => functions.model(id) ?? []);
    return makers.some((maker) =>
      madeFrom(maker, ({ steps }) => {
        const field = steps.at(-1);
        return field?.kind === "field" && field.name === last.name;
      }),
    );
  }
  const { root } = context;
  if (root.kind !== "variable" || context.steps.length > 0) return false;
  const { variable } = root;
  if (variable.role !== "parameter")
    return madeFrom(model, (path) => identityOf(path) === variable.id);
  return use(callSites)
    .of(model.id)
    .some(({ caller, operation }) => {
      const given = operation.arguments[variable.index];
      const calling = use(program).model(caller);
      return given?.kind === "path" && calling && isOwn(use, calling, given.path, left - 1);
    });
}

/** `ctx, cancel := context.WithCancel(context.Background())`. */
function madeFrom(model: FunctionModel, isIt: (path: AccessPath) => boolean): boolean {
  return operationsOf(model).some((one) => {
    if (one.kind !== "call" || one.callee.kind !== "external") return false;
    if (!/^context\.With/.test(one.callee.name)) return false;
    const [made] = one.results;
    const [parent] = one.arguments;
    return (
      made !== undefined &&
      isIt(made) &&
      parent?.kind === "constant" &&
      /^context\.(?:Background|TODO)$/.test(parent.text)
    );
  });
}
