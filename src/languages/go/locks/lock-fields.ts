import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { behindPointer } from "../behind-pointer.ts";
import { functionAround, placeOf } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { GoFile } from "../go-file.ts";
import type { GoResolver, GoType } from "../type.ts";
import { type LockCall, lockCalls } from "./lock-calls.ts";

/** A field of a named struct that is a `sync.Mutex` or `sync.RWMutex`, or points to one; outside tests. */
export interface LockField {
  /** The field's name; of an embedded one the type. */
  readonly at: Place;
  readonly typeAt: Place;
  /** Name of the struct. */
  readonly owner: string;
  readonly field: string;
  readonly lock: "Mutex" | "RWMutex";
  readonly isPointer: boolean;
  readonly isEmbedded: boolean;
  /** What the package calls on it, as far as that is known. */
  readonly calls: readonly LockCall[];
  /** In a program, or below `internal/`: its API is for few. */
  readonly isInternal: boolean;
  /** Whether a method of the struct has a value as receiver. */
  readonly isOfValue: boolean;
  /** Somebody gets the lock itself, or calls something on a field of this name that is not known to be another one. */
  readonly isUsedElsewhere: boolean;
}

const INTEREST = /\bsync\.(?:RW)?Mutex\b/;

export const lockFields = defineAnalysis("lock fields", (use): readonly LockField[] => {
  const pkg = use(goPackage);
  const { files } = pkg;
  const resolver = use(goResolver);
  const judged = files.filter(
    ({ isJudged, isTest, text }) => isJudged && !isTest && INTEREST.test(text),
  );
  if (judged.length === 0) return [];
  const calls = use(lockCalls).map((call) => ({ call, slot: slotOf(call, resolver) }));
  return judged.flatMap((file) =>
    fieldsIn(file).map((field): LockField => {
      const own = calls.filter(({ slot }) => slot === `${field.owner}.${field.field}`);
      const others = calls.filter(({ slot }) => slot?.endsWith(`.${field.field}`));
      const known = new Set(
        others.map(({ call }) => `${call.file.path}:${call.tree.end[call.operand]}`),
      );
      return {
        ...field,
        calls: own.map(({ call }) => call),
        isInternal: file.packageName === "main" || /(?:^|\/)internal(?:\/|$)/.test(pkg.directory),
        isOfValue: pkg
          .methodsOf(field.owner, file.packageName)
          .some(({ hasPointerReceiver }) => !hasPointerReceiver),
        isUsedElsewhere: files.some((one) => hasOtherUse(one, field.field, known)),
      };
    }),
  );
});

type DeclaredField = Omit<LockField, "calls" | "isInternal" | "isOfValue" | "isUsedElsewhere">;

function fieldsIn(file: GoFile): DeclaredField[] {
  const { tree } = file;
  if (!tree) return [];
  return file.declarations.types.flatMap(({ node, name }) => {
    const struct = tree.childIn(node, "type");
    if (struct === NONE || tree.kindOf(struct) !== "struct_type") return [];
    const list = tree.childOfKind(struct, "field_declaration_list");
    const declared = list === NONE ? [] : tree.namedChildren(list);
    return declared.flatMap((field) => lockFieldsAt(file, tree, name, field));
  });
}

function lockFieldsAt(file: GoFile, tree: Tree, owner: string, field: NodeId): DeclaredField[] {
  if (tree.kindOf(field) !== "field_declaration") return [];
  const type = tree.childIn(field, "type");
  const names = tree.childrenIn(field, "name");
  if (type === NONE) return [];
  const text = tree.text.slice(tree.start[names[0] ?? field], tree.end[type]);
  const match = /(\*?)sync\.((?:RW)?Mutex)$/.exec(text);
  if (!match || (names.length > 0 && !/^\s*\*?sync\.(?:RW)?Mutex$/.test(tree.textOf(type))))
    return [];
  const lock = match[2] as LockField["lock"];
  const of = { owner, lock, isPointer: match[1] === "*", typeAt: placeOf(file, tree, type) };
  if (names.length === 0) return [{ ...of, at: of.typeAt, field: lock, isEmbedded: true }];
  return names.map((name) => ({
    ...of,
    at: placeOf(file, tree, name),
    field: tree.textOf(name),
    isEmbedded: false,
  }));
}

/** `Owner.field` of the field that a call locks; undefined where it is no field, or not known. */
function slotOf(
  { file, tree, operand, node, lock }: LockCall,
  resolver: GoResolver,
): string | undefined {
  if (tree.kindOf(operand) === "selector_expression") {
    const target = resolver.selectionAt(file.path, operand)?.target;
    if (target?.kind === "field") return `${nameOf(target.owner)}.${target.name}`;
  }
  const through = resolver.selectionAt(file.path, tree.childIn(node, "function"))?.through;
  if (through?.length !== 1 || through[0] !== lock) return undefined;
  return `${nameOf(resolver.typeOf(file.path, operand))}.${lock}`;
}

function nameOf(type: GoType): string {
  const named = behindPointer(type);
  return named.kind === "named" ? named.name : "";
}

const MADE = /^\s*[=:]\s*(?:&sync\.(?:RW)?Mutex\{\}|new\(sync\.(?:RW)?Mutex\))/;

/** `.mu` that is no `.mu.Lock()` of a known field and is not given a new lock, or `mu: shared` in a literal; comments left out. */
function hasOtherUse({ text, path }: GoFile, field: string, known: ReadonlySet<string>): boolean {
  for (const { 0: mention, index } of text.matchAll(
    new RegExp(`\\.${field}\\b|\\b${field}(?=:)`, "g"),
  )) {
    const end = index + mention.length;
    if (known.has(`${path}:${end}`) || MADE.test(text.slice(end, end + 40))) continue;
    const line = text.lastIndexOf("\n", index) + 1;
    if (!/\/\/|\bsync$/.test(text.slice(line, index))) return true;
  }
  return false;
}

/** Whether a call stands in a method of the type, on its receiver. */
export function isOnOwnReceiver({ tree, node, operand }: LockCall, owner: string): boolean {
  let around = functionAround(tree, node);
  while (around !== NONE && tree.kindOf(around) === "func_literal")
    around = functionAround(tree, around);
  if (around === NONE || tree.kindOf(around) !== "method_declaration") return false;
  const receiver = tree.textOf(tree.childIn(around, "receiver"));
  const [, name] = /^\(\s*(\w+)\s+\*?(\w+)/.exec(receiver) ?? [];
  const type = /(\w+)(?:\[[^\]]*\])?\s*\)$/.exec(receiver)?.[1];
  return type === owner && tree.textOf(operand).split(".")[0] === name;
}
