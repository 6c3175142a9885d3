import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { callsOf, functionAround, type GoCall, mentionsIn, placeOf } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { GoResolver } from "../type.ts";

/** A once that cannot do what it is for. */
export interface OnceFault {
  /** `nil`: runs nothing. `recursive`: waits for itself. `in place`, `local`: runs each time. */
  readonly kind: "nil" | "recursive" | "in place" | "local";
  readonly at: Place;
  /** `s.once`, `sync.OnceFunc`. */
  readonly once: string;
}

const NAMES: ReadonlySet<string> = new Set(["Do", "OnceFunc", "OnceValue", "OnceValues"]);

export const onceFaults = defineAnalysis("once faults", (use): OnceFault[] => {
  const resolver = use(goResolver);
  const calls = callsOf(use(goPackage).files, resolver, NAMES);
  const dos = calls.filter(({ name }) => name === "sync.Once.Do");
  return [
    ...calls.filter(isInPlace).map(
      (call): OnceFault => ({
        kind: "in place",
        at: placeOf(call.file, call.tree, call.node),
        once: call.name,
      }),
    ),
    ...dos.flatMap((call) => {
      const kind = kindOf(call, dos, resolver);
      return kind
        ? [{ kind, at: placeOf(call.file, call.tree, call.node), once: onceOf(call) }]
        : [];
    }),
  ];
});

/** `sync.OnceFunc(f)()`. */
function isInPlace({ name, tree, node }: GoCall): boolean {
  if (!/^sync\.Once(?:Func|Values?)$/.test(name)) return false;
  const parent = tree.parentOf(node);
  return tree.kindOf(parent) === "call_expression" && tree.childIn(parent, "function") === node;
}

function kindOf(
  call: GoCall,
  dos: readonly GoCall[],
  resolver: GoResolver,
): OnceFault["kind"] | undefined {
  const { tree, arguments: given } = call;
  const [only] = given;
  if (only !== undefined && tree.textOf(only) === "nil") return "nil";
  if (dos.some((outer) => runs(outer, call))) return "recursive";
  return isLocal(call, resolver) ? "local" : undefined;
}

/** Whether one call stands in the function literal that another call of the same once runs. */
function runs(outer: GoCall, inner: GoCall): boolean {
  const [literal] = outer.arguments;
  return (
    literal !== undefined &&
    outer !== inner &&
    outer.file === inner.file &&
    functionAround(inner.tree, inner.node) === literal &&
    onceOf(outer) === onceOf(inner)
  );
}

/** A variable of the function that nothing but this one call, outside of loops, mentions. */
function isLocal({ file, tree, node, callee }: GoCall, resolver: GoResolver): boolean {
  const operand = tree.childIn(callee, "operand");
  if (tree.kindOf(operand) !== "identifier") return false;
  const symbol = resolver.symbolAt(file.path, operand);
  if (symbol?.kind !== "variable" || symbol.variable.role !== "local") return false;
  const { variable } = symbol;
  const type = variable.type();
  if (type.kind !== "named" || functionAround(tree, node) !== variable.function) return false;
  for (let at: NodeId = node; at !== variable.function && at !== NONE; at = tree.parentOf(at))
    if (
      tree.kindOf(at) === "for_statement" &&
      (tree.start[at] ?? 0) > (tree.start[variable.node] ?? 0)
    )
      return false;
  return mentionsIn(file.path, tree, variable.function, variable, resolver).length === 1;
}

function onceOf({ tree, callee }: GoCall): string {
  return tree.textOf(tree.childIn(callee, "operand"));
}
