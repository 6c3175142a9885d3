import { defineAnalysis } from "../../../core/analysis.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { behindPointer } from "../behind-pointer.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { GoFile } from "../go-file.ts";
import type { GoResolver, GoType } from "../type.ts";

export type LockMethod = "Lock" | "Unlock" | "RLock" | "RUnlock" | "TryLock" | "TryRLock";

/** A call of a method of `sync.Mutex`, `sync.RWMutex` or `sync.Locker`, promoted ones included. */
export interface LockCall {
  readonly file: GoFile;
  readonly tree: Tree;
  /** The `call_expression`. */
  readonly node: NodeId;
  readonly method: LockMethod;
  /** What stands before the method's name. */
  readonly operand: NodeId;
  readonly lock: string;
  /** Its text: `s.mu`. */
  readonly text: string;
}

const CALL = /\.(?:Try)?R?(?:Lock|Unlock)\(/;
const METHODS: ReadonlySet<string> = new Set([
  "Lock",
  "Unlock",
  "RLock",
  "RUnlock",
  "TryLock",
  "TryRLock",
]);
const LOCKS: ReadonlySet<string> = new Set(["Mutex", "RWMutex", "Locker"]);

/** In order of file and offset; of judged files. */
export const lockCalls = defineAnalysis("lock calls", (use): readonly LockCall[] => {
  const { files } = use(goPackage);
  const resolver = use(goResolver);
  return files.flatMap((file) => {
    const { tree, isJudged, text } = file;
    return isJudged && CALL.test(text) && tree ? callsIn(file, tree, resolver) : [];
  });
});

function callsIn(file: GoFile, tree: Tree, resolver: GoResolver): LockCall[] {
  const kind = tree.grammar.kind("call_expression");
  const found: LockCall[] = [];
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind[node] !== kind) continue;
    const call = lockCallAt(file, tree, resolver, node);
    if (call) found.push(call);
  }
  return found;
}

function lockCallAt(
  file: GoFile,
  tree: Tree,
  resolver: GoResolver,
  node: NodeId,
): LockCall | undefined {
  const selector = tree.childIn(node, "function");
  if (selector === NONE || tree.kindOf(selector) !== "selector_expression") return undefined;
  const name = tree.childIn(selector, "field");
  const operand = tree.childIn(selector, "operand");
  const method = name === NONE ? "" : tree.textOf(name);
  if (operand === NONE || !METHODS.has(method)) return undefined;
  const target = resolver.selectionAt(file.path, selector)?.target;
  if (target?.kind !== "external" && target?.kind !== "interface-method") return undefined;
  const lock = standardLock(target.owner);
  if (lock === undefined) return undefined;
  const text = tree.textOf(operand);
  return { file, tree, node, method: method as LockMethod, operand, lock, text };
}

/** `Mutex`, `RWMutex` or `Locker` where the type is one of package sync, or a pointer to one. */
export function standardLock(type: GoType): string | undefined {
  const named = behindPointer(type);
  return named.kind === "named" && named.package === "sync" && LOCKS.has(named.name)
    ? named.name
    : undefined;
}

/** The statement that is nothing but the call; NONE where the call stands in another expression. */
export function statementOf({ tree, node }: LockCall): NodeId {
  const statement = tree.parentOf(node);
  return statement !== NONE && tree.kindOf(statement) === "expression_statement" ? statement : NONE;
}

/** Calls that are statements of their own, by `file:statement`. */
export function callsByStatement(calls: readonly LockCall[]): ReadonlyMap<string, LockCall> {
  return new Map(
    calls.flatMap((call) => {
      const statement = statementOf(call);
      return statement === NONE ? [] : [[`${call.file.path}:${statement}`, call]];
    }),
  );
}

/** The statement before or after in the same list, comments left out; NONE at the end of the list. */
export function neighbour(tree: Tree, statement: NodeId, step: -1 | 1): NodeId {
  const list = tree.parentOf(statement);
  const siblings = tree.namedChildren(list).filter((one) => tree.kindOf(one) !== "comment");
  return siblings[siblings.indexOf(statement) + step] ?? NONE;
}
