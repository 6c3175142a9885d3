import { defineAnalysis, type Use } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { AccessPath, Variable } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { type Program, program } from "../../model/program.ts";
import { heldLocks } from "../locks/held-locks.ts";
import { isPreparing } from "./preparing.ts";
import { sharedFields } from "./shared-fields.ts";

/**
 * A method whose receiver is copied when it is called, and which then asks for a lock, or reads atomically, what is only the copy's:
 *
 *     type tracker struct { mu *sync.Mutex; last time.Time }
 *     func (t tracker) Last() time.Time { t.mu.Lock(); … return t.last }   // t.last was copied before the lock
 *     func (t *tracker) touch()         { t.mu.Lock(); … t.last = now }
 *
 * (Where the lock itself is copied, `go vet` says so.) Reported where a method with a pointer receiver changes the field.
 */
export interface ReceiverCopy {
  readonly receiver: Variable;
  readonly method: FunctionModel;
  /** What it reads too early. */
  readonly field: string;
  /** The lock that comes too late; undefined where the read is atomic. */
  readonly lock: AccessPath | undefined;
  readonly at: Place;
  readonly changedIn: string;
  readonly changedAt: Place;
}

export const receiverCopies = defineAnalysis("receiver copies", (use): ReceiverCopy[] => [
  ...copiedBeforeLock(use),
  ...copiedBeforeAtomic(use(program)),
]);

function copiedBeforeLock(use: Use): ReceiverCopy[] {
  const functions = use(program);
  const walks = use(heldLocks).walks.filter(({ model }) => isByValue(functions, model));
  if (walks.length === 0) return [];
  const fields = use(sharedFields);
  return walks.flatMap(({ model, acquisitions }) => {
    const { receiver } = model;
    if (!receiver) return [];
    const own = acquisitions.find(
      ({ lock, steps }) => steps.length === 1 && isPartOf(lock, receiver),
    );
    const slot = own?.lock.slot;
    if (!own || slot === undefined) return [];
    for (const { name, lock, locked } of fields) {
      const change = locked.find(
        (access) => access.isWrite && !access.isElement && !isPreparing(access.model),
      );
      if (lock !== slot || !change || change.model.id === model.id) continue;
      if (!mentions(functions, model, `${receiver.name}.${name}`)) continue;
      return [
        {
          receiver,
          method: model,
          field: name,
          lock: own.lock,
          at: placeIn(model, own.at),
          changedIn: change.model.name,
          changedAt: placeIn(change.model, change.operation.at),
        },
      ];
    }
    return [];
  });
}

const INTEREST = /\batomic\.(?:Add|Load|Store|Swap|CompareAndSwap)[A-Z]/;

function copiedBeforeAtomic(functions: Program): ReceiverCopy[] {
  const changed = new Map<string, { readonly in: string; readonly at: Place }>();
  const copies: (Omit<ReceiverCopy, "changedIn" | "changedAt"> & { readonly slot: string })[] = [];
  for (const { id, isTest } of functions.functionsWith(INTEREST)) {
    const model = isTest ? undefined : functions.accesses?.(id);
    for (const operation of model?.blocks.flatMap(({ operations }) => operations) ?? []) {
      if (!model || operation.kind !== "call" || operation.callee.kind !== "external") continue;
      const { name } = operation.callee;
      const [first] = operation.arguments;
      if (!name.startsWith("sync/atomic.") || first?.kind !== "path") continue;
      const { slot } = first.path;
      if (slot === undefined) continue;
      const { receiver } = model;
      const at = placeIn(model, operation.at);
      if (receiver && isByValue(functions, model) && isPartOf(first.path, receiver)) {
        const field = slot.slice(slot.lastIndexOf(".") + 1);
        copies.push({ receiver, method: model, field, lock: undefined, at, slot });
      } else if (!name.startsWith("sync/atomic.Load")) changed.set(slot, { in: model.name, at });
    }
  }
  return copies.flatMap(({ slot, ...copy }) => {
    const change = changed.get(slot);
    return change ? [{ ...copy, changedIn: change.in, changedAt: change.at }] : [];
  });
}

function isByValue(functions: Program, { receiver, file, isTest }: FunctionModel): boolean {
  return receiver?.isStruct === true && !isTest && functions.isJudged(file);
}

/** A field of the copy itself. */
function isPartOf({ root, steps }: AccessPath, receiver: Variable): boolean {
  const [step] = steps;
  return (
    steps.length === 1 &&
    step?.kind === "field" &&
    root.kind === "variable" &&
    root.variable.id === receiver.id
  );
}

function mentions(functions: Program, { id }: FunctionModel, text: string): boolean {
  const word = new RegExp(`\\b${text.replace(".", "\\.")}\\b`);
  return functions.functionsWith(word).some((one) => one.id === id);
}
