import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { importedName, specifierOf } from "../import-names.ts";
import { hasToken } from "../nodes.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { awaitsIn, type Call, callsIn, modulesOfInterest, placeOf } from "./syntax.ts";

/** A function of a framework that asks who is being set up, called when that is over. */
export interface LateHook {
  readonly at: Place;
  /** `onMounted`, `inject`. */
  readonly name: string;
  readonly awaitedAt: Place;
}

const INTEREST = /["'](?:vue|@vue\/composition-api|@vue\/runtime-core|@angular\/core)["']/;
const HOOKS: Readonly<Record<string, RegExp>> = {
  vue: /^(?:on(?:BeforeMount|Mounted|BeforeUpdate|Updated|BeforeUnmount|Unmounted|Activated|Deactivated|ErrorCaptured|ServerPrefetch|ScopeDispose|RenderTracked|RenderTriggered)|watch|watchEffect|watchPostEffect|watchSyncEffect|provide|inject|useAttrs|useSlots)$/,
  angular: /^inject$/,
};

/**
 * `onMounted(…)`, `inject(…)` of Vue and `inject(…)` of Angular behind the first `await` of an async function: they belong to whoever
 * is set up at the moment, and by then nobody is, or somebody else. A watcher whose handle is kept is stopped by hand.
 */
export const lateHooks = defineAnalysis("late hooks", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, INTEREST, /\bawait\b/).flatMap((module) =>
    callsIn(module.tree).flatMap((call) => lateHook(module, call, resolver) ?? []),
  );
});

function lateHook(
  module: TypeScriptModule,
  call: Call,
  resolver: TypeScriptResolver,
): LateHook | undefined {
  const { tree } = module;
  if (call.object !== NONE || isDamaged(tree, call.node)) return undefined;
  const name = hookOf(module, call, resolver);
  if (name === undefined || (/^watch/.test(name) && isKept(tree, call.node))) return undefined;
  const around = enclosingFunction(tree, call.node);
  if (around === NONE || !hasToken(tree, around, "async")) return undefined;
  const awaited = awaitsIn(tree, around).find(
    (node) => tree.afterSubtree(node) <= call.node && isOnTheWay(tree, node, call.node, around),
  );
  if (awaited === undefined) return undefined;
  return { at: placeOf(module, call.nameAt), name, awaitedAt: placeOf(module, awaited) };
}

/** What the framework calls it, whatever the import does. */
function hookOf(
  module: TypeScriptModule,
  { nameAt }: Call,
  resolver: TypeScriptResolver,
): string | undefined {
  const variable = resolver.variableAt({ module, node: nameAt });
  if (variable?.kind !== "import" || variable.declaration.module !== module) return undefined;
  const { tree } = module;
  const declaration = specifierNode(tree, variable.declaration.node);
  const from = specifierOf(tree, declaration) ?? "";
  const name = importedName(tree, declaration);
  const framework = from === "@angular/core" ? "angular" : /^@?vue\b/.test(from) ? "vue" : "";
  return HOOKS[framework]?.test(name) ? name : undefined;
}

function specifierNode(tree: Tree, name: NodeId): NodeId {
  const parent = tree.parentOf(name);
  return tree.kindOf(parent) === "import_specifier" ? parent : name;
}

function isKept(tree: Tree, call: NodeId): boolean {
  return tree.kindOf(tree.parentOf(call)) !== "expression_statement";
}

/** Not in another branch: `if (a) { await load(); } else { onMounted(…); }`, and not in a branch that leaves. */
function isOnTheWay(tree: Tree, awaited: NodeId, call: NodeId, around: NodeId): boolean {
  for (let at = tree.parentOf(awaited); at !== NONE && at !== around; at = tree.parentOf(at)) {
    if (at <= call && call < tree.afterSubtree(at)) {
      if (tree.kindOf(at) !== "if_statement") return true;
      const otherwise = tree.childIn(at, "alternative");
      return otherwise === NONE || call < otherwise || awaited < tree.childIn(at, "consequence");
    }
    if (tree.kindOf(at) === "statement_block" && leaves(tree, at)) return false;
  }
  return true;
}

function leaves(tree: Tree, block: NodeId): boolean {
  const last = tree.namedChildren(block).at(-1);
  return last !== undefined && /^(?:return|throw)_statement$/.test(tree.kindOf(last));
}
