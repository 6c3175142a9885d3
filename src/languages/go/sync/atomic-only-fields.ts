import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { callsOf, type GoCall, placeOf } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { GoFile } from "../go-file.ts";
import { isFileAtLeastGo } from "../go-version.ts";

/** A plain number that is only ever used through functions of sync/atomic. */
export interface AtomicOnlyField {
  readonly at: Place;
  readonly name: string;
  readonly type: string;
  /** `atomic.Int64`. */
  readonly typed: string;
  readonly usedAt: Place;
}

const NAMES: ReadonlySet<string> = new Set(
  ["Add", "Load", "Store", "Swap", "CompareAndSwap"].flatMap((verb) =>
    ["Int32", "Int64", "Uint32", "Uint64"].map((type) => `${verb}${type}`),
  ),
);

/**
 * Unexported fields and package variables, from Go 1.19 on. Decided by name: where anything in the package that is called the
 * same is used in another way, nothing is said.
 */
export const atomicOnlyFields = defineAnalysis("atomic only fields", (use): AtomicOnlyField[] => {
  const { files, module } = use(goPackage);
  const calls = callsOf(files, use(goResolver), NAMES).filter(({ name }) =>
    name.startsWith("sync/atomic."),
  );
  const users = new Map<string, GoCall>();
  for (const call of calls) {
    const name = nameOf(call);
    if (name !== undefined && /^[a-z_]\w*$/.test(name) && !users.has(name)) users.set(name, call);
  }
  if (users.size === 0) return [];
  const words = new RegExp(`\\b(?:${[...users.keys()].join("|")})\\b`);
  const declared = new Map<string, Declared[]>();
  const others = new Set<string>();
  for (const file of files) {
    if (!words.test(file.text)) continue;
    const { tree } = file;
    if (!tree) return [];
    readNames(file, tree, users, declared, others);
  }
  return [...users].flatMap(([name, call]) => {
    const [only, ...more] = declared.get(name) ?? [];
    if (!only || more.length > 0 || others.has(name)) return [];
    if (!only.file.isJudged || only.file.isTest || !isFileAtLeastGo(only.file, module, 19))
      return [];
    return [
      {
        at: placeOf(only.file, only.tree, only.node),
        name,
        type: only.type,
        typed: `atomic.${only.type.charAt(0).toUpperCase()}${only.type.slice(1)}`,
        usedAt: placeOf(call.file, call.tree, call.node),
      },
    ];
  });
});

/** `n` of `&x.n` and `&n`. */
function nameOf({ tree, arguments: [pointer = NONE] }: GoCall): string | undefined {
  if (pointer === NONE || tree.kindOf(pointer) !== "unary_expression") return undefined;
  return /^&(?:\w+\.)*(\w+)$/.exec(tree.textOf(pointer))?.[1];
}

interface Declared {
  readonly file: GoFile;
  readonly tree: Tree;
  readonly node: NodeId;
  readonly type: string;
}

/** Sorts what is called so into declarations of numbers, arguments of atomic functions, and everything else. */
function readNames(
  file: GoFile,
  tree: Tree,
  users: ReadonlyMap<string, GoCall>,
  declared: Map<string, Declared[]>,
  others: Set<string>,
): void {
  for (let node = 0; node < tree.size; node++) {
    const kind = tree.kindOf(node);
    if (kind !== "identifier" && kind !== "field_identifier") continue;
    const name = tree.textOf(node);
    if (!users.has(name)) continue;
    const type = declaredType(tree, node);
    if (type !== undefined)
      declared.set(name, [...(declared.get(name) ?? []), { file, tree, node, type }]);
    else if (!isAtomicArgument(tree, node)) others.add(name);
  }
}

/** `int64` of a field or package variable that is declared alone and without a value. */
function declaredType(tree: Tree, node: NodeId): string | undefined {
  const spec = tree.parentOf(node);
  const kind = tree.kindOf(spec);
  if (kind !== "field_declaration" && kind !== "var_spec") return undefined;
  const list = tree.parentOf(spec);
  const group = tree.kindOf(list) === "var_spec_list" ? tree.parentOf(list) : list;
  if (kind === "var_spec" && tree.parentOf(group) !== 0) return undefined;
  const type = tree.childIn(spec, "type");
  const text = type === NONE ? "" : tree.textOf(type);
  const isAlone =
    tree.childrenIn(spec, "name").length === 1 && tree.childIn(spec, "value") === NONE;
  const isTagged = kind === "field_declaration" && tree.childIn(spec, "tag") !== NONE;
  return isAlone && !isTagged && /^u?int(?:32|64)$/.test(text) ? text : undefined;
}

const ATOMIC = /^atomic\.(?:Add|Load|Store|Swap|CompareAndSwap)(?:Int|Uint)(?:32|64)$/;

/** `atomic.AddInt64(&x.n, 1)`. */
function isAtomicArgument(tree: Tree, node: NodeId): boolean {
  let at = tree.parentOf(node);
  if (tree.kindOf(at) === "selector_expression") {
    if (tree.childIn(at, "field") !== node) return false;
    at = tree.parentOf(at);
  }
  if (tree.kindOf(at) !== "unary_expression" || !tree.textOf(at).startsWith("&")) return false;
  const list = tree.parentOf(at);
  const call = tree.kindOf(list) === "argument_list" ? tree.parentOf(list) : NONE;
  return call !== NONE && ATOMIC.test(tree.textOf(tree.childIn(call, "function")));
}
