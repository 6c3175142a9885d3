import type { Place } from "../../core/position.ts";
import type { MemoryAccess } from "./memory-accesses.ts";
import { isPreparing } from "./preparing.ts";

/** An access under a lock, with the calls that lead to it from the one who locks. */
type Locked = Pick<MemoryAccess, "model" | "path" | "isWrite"> & {
  readonly calls: readonly Place[];
};

/** Functions that prepare an object, and that others may call meanwhile: where they lock it they know. */
const STARTING = /^(?:open|start|load|register|provision|apply|with)/i;
/** Functions that look at a field under the lock, where none but a starting one writes it. */
const LOOKERS = 2;

/** Whether a use under the lock says that others are there: not one of who prepares the object before anybody sees it. */
export function isAmongOthers({ model, path: { root }, calls }: Locked): boolean {
  if (!isPreparing(model)) return true;
  const isReceivers = root.kind === "variable" && root.variable.role === "receiver";
  const name = model.name.slice(model.name.lastIndexOf(".") + 1);
  return isReceivers && calls.length === 0 && STARTING.test(name);
}

/** Whether a field is written under its lock, so that its readers need it too. */
export function isWrittenLocked(locked: readonly Locked[]): boolean {
  const writes = locked.filter((one) => one.isWrite && isAmongOthers(one));
  if (writes.some(({ model }) => !isPreparing(model))) return true;
  const lookers = locked.filter(({ isWrite, model }) => !isWrite && !isPreparing(model));
  return writes.length > 0 && new Set(lookers.map(({ model }) => model.id)).size >= LOOKERS;
}
