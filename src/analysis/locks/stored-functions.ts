import { defineAnalysis } from "../../core/analysis.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf, Value } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, type FunctionId, rebase } from "../../model/path.ts";
import { enclosingOf, type Program, program } from "../../model/program.ts";
import { callSites } from "./call-sites.ts";
import { type FieldNames, fieldNames } from "./field-names.ts";

/** A function literal or method value that is kept in a field, or in a slice or map that a field holds. */
export interface StoredFunction {
  readonly function: FunctionId;
  /** Of a method value, as whoever stores it names it. */
  readonly receiver: Value | undefined;
  /** What the field belongs to, in the same words; undefined where they have none for it. */
  readonly owner: AccessPath | undefined;
  /** What fields of objects stand for where it is stored. */
  readonly names: FieldNames;
}

export interface StoredFunctions {
  /** What is ever kept in a field, as far as it can be followed: by its slot. */
  in(slot: string): readonly StoredFunction[];
  /** The fields that a function or method value is put into at once, by their slots. */
  slotsOf(id: FunctionId): readonly string[];
}

/** Beyond so many functions a call of the field says nothing. */
const MOST_FUNCTIONS = 6;
/** Functions that hand on what they were handed. */
const HAND_OVERS = 2;

export const storedFunctions = defineAnalysis("stored functions", (use): StoredFunctions => {
  const functions = use(program);
  const sites = use(callSites);
  const known = new Map<string, readonly StoredFunction[]>();
  const given = (model: FunctionModel, store: Store, depth: number): StoredFunction[] => {
    const { value, owner } = store;
    if (value.kind === "function")
      return [
        { function: value.function, receiver: value.receiver, owner, names: fieldNames(model) },
      ];
    const parameter = parameterIn(functions, model, value);
    if (!parameter || depth === 0) return [];
    const { of, index } = parameter;
    return sites.of(of).flatMap(({ caller, operation }) => {
      const argument = operation.arguments[index];
      const calling = functions.model(caller);
      if (!argument || !calling) return [];
      const there =
        of === model.id
          ? ownerAt(owner, model, operation)
          : ownerOfOption(owner, model, operation, calling);
      return given(calling, { value: argument, owner: there }, depth - 1);
    });
  };
  const find = (slot: string): readonly StoredFunction[] => {
    const field = /(\w+)(?:\[\*\])*$/.exec(slot)?.[1];
    if (field === undefined) return [];
    const found = modelsWith(functions, field).flatMap((model) =>
      storesIn(model, slot).flatMap((store) => given(model, store, HAND_OVERS)),
    );
    return found.length <= MOST_FUNCTIONS ? found : [];
  };
  return {
    in(slot) {
      let found = known.get(slot);
      if (!found) {
        found = find(slot);
        known.set(slot, found);
      }
      return found;
    },
    slotsOf: (id) => slotsOf(functions, id),
  };
});

/** Only functions that name it are looked at, or the one that a closure stands in. */
function slotsOf(functions: Program, id: FunctionId): readonly string[] {
  const header = functions.header(id);
  const name = /(\w+)$/.exec(header?.name ?? "")?.[1];
  if (!header || header.role !== "method" || name === undefined) return [];
  const slots = modelsWith(functions, name).flatMap(({ blocks }) =>
    blocks.flatMap(({ operations }) =>
      operations.flatMap((one) => {
        const isKept = "value" in one && one.value.kind === "function" && one.value.function === id;
        return (isKept && targetOf(one)?.slot) || [];
      }),
    ),
  );
  return [...new Set(slots)];
}

function modelsWith(functions: Program, field: string): FunctionModel[] {
  const mention = new RegExp(`\\b${field}\\b`);
  return functions.functionsWith(mention).flatMap(({ id }) => functions.model(id) ?? []);
}

interface Store {
  readonly value: Value;
  readonly owner: AccessPath | undefined;
}

function storesIn({ blocks }: FunctionModel, slot: string): Store[] {
  return blocks.flatMap(({ operations }) => operations.flatMap((one) => storeOf(one, slot)));
}

function storeOf(operation: Operation, slot: string): Store[] {
  const target = targetOf(operation);
  if (!target || target.slot !== slot || !("value" in operation)) return [];
  const { value } = operation;
  if (value.kind !== "function" && value.kind !== "path") return [];
  return [{ value, owner: ownerOf(target) }];
}

function targetOf(operation: Operation): AccessPath | undefined {
  switch (operation.kind) {
    case "assign":
      return operation.target;
    case "write":
      return operation.path;
    case "escape":
      return operation.into;
    default:
      return undefined;
  }
}

/** What a field belongs to; of an element, what the slice's or map's field belongs to. */
export function ownerOf({ root, steps, text }: AccessPath): AccessPath | undefined {
  const field = steps.findLastIndex(({ kind }) => kind === "field");
  if (field < 0) return undefined;
  return { root, steps: steps.slice(0, field), text, slot: undefined };
}

/** The parameter that a value is: of the function, or of one that it is a closure of, `func withClose(f func()) option { return func(c *conn) { c.onClose = f } }`. */
function parameterIn(
  functions: Program,
  model: FunctionModel,
  value: Value,
): { readonly of: FunctionId; readonly index: number } | undefined {
  if (value.kind !== "path" || value.path.steps.length > 0) return undefined;
  const { root } = value.path;
  if (root.kind !== "variable" || root.variable.role !== "parameter") return undefined;
  const { declaredIn, index } = root.variable;
  if (declaredIn === undefined) return undefined;
  const isOfClosure = declaredIn !== model.id && enclosingOf(functions, model).includes(declaredIn);
  return declaredIn === model.id || isOfClosure ? { of: declaredIn, index } : undefined;
}

/** What the field belongs to as the caller names it: the receiver or argument, or what a constructor yields. */
function ownerAt(
  owner: AccessPath | undefined,
  { id }: FunctionModel,
  { callee, arguments: given, ...rest }: OperationOf<"call"> | OperationOf<"spawn">,
): AccessPath | undefined {
  if (!owner || owner.root.kind === "unknown") return undefined;
  if (owner.root.kind === "variable") {
    const { role, declaredIn, index } = owner.root.variable;
    if (declaredIn !== id) return owner;
    const value =
      role === "receiver" ? receiverOf(callee) : role === "parameter" ? given[index] : undefined;
    if (value) return value.kind === "path" ? rebase(owner, value.path) : undefined;
  }
  const [made] = "results" in rest ? rest.results : [];
  return owner.steps.length === 0 ? made : undefined;
}

/**
 * `newConn(addr, withClose(c.ended))`: what the closure is given that `withClose` has made is what the call around it yields, since
 * whoever takes options applies them to what it makes.
 */
function ownerOfOption(
  owner: AccessPath | undefined,
  { id }: FunctionModel,
  { at }: Pick<Operation, "at">,
  calling: FunctionModel,
): AccessPath | undefined {
  const root = owner?.steps.length === 0 ? owner.root : undefined;
  if (root?.kind !== "variable" || root.variable.declaredIn !== id) return undefined;
  if (root.variable.role !== "parameter") return undefined;
  const around = operationsOf(calling).filter(
    (one): one is OperationOf<"call"> =>
      one.kind === "call" &&
      one.at.start <= at.start &&
      at.end <= one.at.end &&
      one.at.end - one.at.start > at.end - at.start,
  );
  const nearest = around.sort((one, other) => other.at.start - one.at.start)[0];
  return nearest?.results[0];
}

function receiverOf(callee: OperationOf<"call">["callee"]): Value | undefined {
  return "receiver" in callee ? callee.receiver : undefined;
}
