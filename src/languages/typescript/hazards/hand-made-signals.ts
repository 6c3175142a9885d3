import { defineAnalysis } from "../../../core/analysis.ts";
import type { Edit } from "../../../core/finding.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { propertyOf } from "../json-with-comments.ts";
import { typescriptModules } from "../modules.ts";
import { packageJson } from "../package-json.ts";
import type { TypeScriptModule, TypeScriptResolver, TypeScriptVariable } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { type Call, callsIn, isFunctionLiteral, modulesOfInterest, placeOf } from "./syntax.ts";

/** A controller that does by hand what `AbortSignal.timeout` or `AbortSignal.any` does. */
export interface HandMadeSignal {
  readonly at: Place;
  readonly helper: "AbortSignal.timeout" | "AbortSignal.any";
  readonly edits: readonly Edit[] | undefined;
}

/** The first versions of Node that have both. */
const FIRST: readonly [number, number] = [20, 3];

export const handMadeSignals = defineAnalysis("hand-made signals", (use): HandMadeSignal[] => {
  const resolver = use(typescriptResolver);
  const modules = use(typescriptModules);
  return modulesOfInterest(use, /\bnew\s+AbortController\b/).flatMap((module) => {
    const engine = propertyOf(propertyOf(packageJson(module.path, modules), "engines"), "node");
    if (typeof engine === "string" && !isNewEnough(engine)) return [];
    const calls = callsIn(module.tree);
    return [...timeouts(module, calls, resolver), ...unions(module, calls, resolver)];
  });
});

/** Whether every version of the range has the helpers, as far as its lowest number tells. */
function isNewEnough(range: string): boolean {
  return range.split("||").every((one) => {
    const [, major = "0", minor = "0"] = /(\d+)(?:\.(\d+))?/.exec(one) ?? [];
    const [first, second] = FIRST;
    return Number(major) > first || (Number(major) === first && Number(minor) >= second);
  });
}

/** `setTimeout(() => controller.abort(), ms)` of a controller that nothing else aborts. */
function timeouts(
  module: TypeScriptModule,
  calls: readonly Call[],
  resolver: TypeScriptResolver,
): HandMadeSignal[] {
  const { tree } = module;
  return calls.flatMap((call): HandMadeSignal[] => {
    const [callback, delay] = call.given;
    if (call.name !== "setTimeout" || callback === undefined || delay === undefined) return [];
    const controller = abortedBy(module, callback, resolver);
    if (!controller) return [];
    const aborts = controller.references().filter((one) => /^\.abort\b/.test(after(tree, one)));
    if (aborts.length !== 1) return [];
    return [
      {
        at: placeOf(module, call.node),
        helper: "AbortSignal.timeout",
        edits: timeoutEdits(module, call, controller, tree.textOf(delay)),
      },
    ];
  });
}

/** The controller, declared in a function of this module, that `() => controller.abort()` aborts with no reason of its own. */
function abortedBy(
  module: TypeScriptModule,
  callback: NodeId,
  resolver: TypeScriptResolver,
): TypeScriptVariable | undefined {
  const { tree } = module;
  if (!isFunctionLiteral(tree, callback)) return undefined;
  const [, name] =
    /^\(?\)?\s*=>\s*\{?\s*(\w+)\.abort\(\);?\s*\}?$/.exec(tree.textOf(callback)) ?? [];
  if (name === undefined) return undefined;
  const end = tree.afterSubtree(callback);
  for (let node = callback; node < end; node++) {
    if (tree.kindOf(node) !== "identifier" || tree.textOf(node) !== name) continue;
    const variable = resolver.variableAt({ module, node });
    return variable && isController(variable, module) ? variable : undefined;
  }
  return undefined;
}

function isController(
  { declaration }: TypeScriptVariable,
  { path, tree }: TypeScriptModule,
): boolean {
  if (declaration.module.path !== path || declaration.node === NONE) return false;
  const declarator = tree.parentOf(declaration.node);
  return (
    tree.kindOf(declarator) === "variable_declarator" &&
    /=\s*new AbortController\(\)$/.test(tree.textOf(declarator))
  );
}

function after(tree: Tree, node: NodeId): string {
  const end = tree.end[node] ?? 0;
  return tree.text.slice(end, end + 20);
}

/** Where the controller is nothing but its signal, and the timer stands in the next statement. */
function timeoutEdits(
  { path, tree }: TypeScriptModule,
  call: Call,
  controller: TypeScriptVariable,
  delay: string,
): readonly Edit[] | undefined {
  const statement = tree.parentOf(call.node);
  if (
    tree.kindOf(statement) !== "expression_statement" ||
    /\bsignal\s*[=:]\s|\bsignal\s*[,})]/.test(tree.text)
  )
    return undefined;
  const declarator = tree.parentOf(controller.declaration.node);
  const declared = tree.parentOf(declarator);
  if (tree.namedChildren(declared).length !== 1) return undefined;
  if (tree.text.slice(tree.end[declared], tree.start[statement]).trim() !== "") return undefined;
  const uses = controller
    .references()
    .filter(
      (one) =>
        one !== controller.declaration.node &&
        (one < statement || one >= tree.afterSubtree(statement)),
    );
  if (uses.length === 0 || !uses.every((one) => /^\.signal\b/.test(after(tree, one))))
    return undefined;
  return [
    {
      file: path,
      start: tree.start[declarator] ?? 0,
      end: tree.end[statement] ?? 0,
      text: `signal = AbortSignal.timeout(${delay});`,
    },
    ...uses.map((one) => ({
      file: path,
      start: tree.start[one] ?? 0,
      end: (tree.end[one] ?? 0) + ".signal".length,
      text: "signal",
    })),
  ];
}

/** Two signals or more abort one controller by listeners of their own. */
function unions(
  module: TypeScriptModule,
  calls: readonly Call[],
  resolver: TypeScriptResolver,
): HandMadeSignal[] {
  const { tree } = module;
  const found = new Map<TypeScriptVariable, Call[]>();
  for (const call of calls) {
    const [event, listener] = call.given;
    if (call.name !== "addEventListener" || event === undefined || listener === undefined) continue;
    if (!/^["'`]abort["'`]$/.test(tree.textOf(event))) continue;
    const controller = abortedBy(module, listener, resolver);
    if (controller) found.set(controller, [...(found.get(controller) ?? []), call]);
  }
  return [...found.values()].flatMap(([first, second]): HandMadeSignal[] =>
    first && second
      ? [{ at: placeOf(module, first.node), helper: "AbortSignal.any", edits: undefined }]
      : [],
  );
}
