import type { FunctionHeader } from "../../model/function.ts";
import type { AccessPath, FunctionId } from "../../model/path.ts";
import { enclosingOf, type Program } from "../../model/program.ts";
import type { MemoryAccess, MemoryAccesses } from "./memory-accesses.ts";
import { isPreparing } from "./preparing.ts";
import { isAlone, type LockedAccess, type OpenAccess, type SharedField } from "./shared-fields.ts";

/** Functions that come last, by their names: nobody else need be there any more. */
const ENDING = /^(?:done|close|stop|shut|tear|clean|finish|kill|destroy|release|free|exit)/i;

/** What single uses say of which fields a lock guards, where there are too few of them to count. */
export class Evidence {
  readonly #program: Program;
  readonly #accesses: MemoryAccesses;
  /** Slots by the lock that guards them. */
  readonly #guarded = new Map<string, Set<string>>();
  /** Slots that a function uses without their lock. */
  readonly #open = new Map<string, Set<string>>();

  constructor(functions: Program, accesses: MemoryAccesses, fields: readonly SharedField[]) {
    this.#program = functions;
    this.#accesses = accesses;
    for (const { slot, lock, locked, open } of fields) {
      if (locked.some(({ isWrite }) => isWrite)) add(this.#guarded, lock, slot);
      for (const { model } of open) add(this.#open, model.id, slot);
    }
  }

  /**
   * A locked use that shows that this one needs the lock as well; undefined where none does:
   * - the function looks at the field under the lock, and then writes it without;
   * - another one takes the lock for nothing but to look at the field that this one writes;
   * - the function has had the lock, and another one looks at the field under it; or it changes a map that another one reads there;
   * - a section elsewhere is there for nothing but what this function uses without the lock: who writes it needs the lock, and so does
   *   who uses a map that is changed there.
   */
  against(access: OpenAccess, field: SharedField, hadLock: boolean): LockedAccess | undefined {
    const { entry, model, isWrite } = access;
    const isEnding = ENDING.test(model.name.slice(model.name.lastIndexOf(".") + 1));
    const ownUses = field.open.filter((one) => one.model.id === model.id && one !== access);
    const own = isEnding
      ? undefined
      : field.locked.find(
          (one) => isLookBefore(one, access) && !ownUses.some(isBetween(one, access)),
        );
    if (own) return own;
    const around = this.#outermost(model);
    const isOther = (one: LockedAccess) => this.#outermost(one.model) !== around;
    const alone =
      isWrite && !isEnding
        ? field.locked.find((one) => isOther(one) && isAlone(one, this.#accesses))
        : undefined;
    if (alone) return alone;
    if (functionsOf(field.open) > functionsOf(field.locked)) return;
    const isDirect = entry.calls.length === 0;
    const others = field.locked.filter(
      (one) => one.calls.length === 0 && !isPreparing(one.model) && isOther(one),
    );
    // Who uses it before it takes the lock as well takes the lock for something else.
    const letGo = hadLock && !ownUses.some(isBefore(access));
    if (isWrite && isDirect && (letGo || (isOfMap(access) && !isEnding))) {
      const reader = others.find((one) => !one.isWrite);
      if (reader) return reader;
    }
    if (isEnding) return;
    return others.find(
      (one) =>
        one.isWrite &&
        (isWrite || (isDirect && isOfMap(one) && isOfMap(access))) &&
        this.#isAbout(one, access),
    );
  }

  #outermost(header: FunctionHeader): FunctionId {
    return enclosingOf(this.#program, header).at(-1) ?? header.id;
  }

  /** Whether a section writes nothing but what the function of an open use uses without the lock. */
  #isAbout({ model, by }: LockedAccess, { model: { id } }: OpenAccess): boolean {
    const guarded = this.#guarded.get(by.lock.slot ?? "");
    const open = this.#open.get(id);
    return (this.#accesses.of(model.id)?.accesses ?? []).every(({ held, path: { slot } }) => {
      if (slot === undefined || !guarded?.has(slot)) return true;
      return open?.has(slot) || !held.some(({ at }) => at.start === by.at.start);
    });
  }
}

/** The function of a write has looked at the very same field under the lock before. */
function isLookBefore(one: LockedAccess, { isWrite, model, key, operation }: OpenAccess): boolean {
  if (!isWrite || one.isWrite || one.calls.length > 0) return false;
  return (
    one.model.id === model.id && one.key === key && one.operation.at.start < operation.at.start
  );
}

/** `if next == nil { next = pull() }` under the lock, and `next()` without, before it is written: one function at a time has it. */
function isBetween(look: LockedAccess, write: OpenAccess): (use: OpenAccess) => boolean {
  return ({ key, operation: { at } }) =>
    key === write.key && look.operation.at.start < at.start && at.start < write.operation.at.start;
}

function isBefore(access: OpenAccess): (use: OpenAccess) => boolean {
  return ({ key, operation: { at } }) => key === access.key && at.start < access.operation.at.start;
}

function isOfMap({ isElement, holds }: MemoryAccess): boolean {
  return isElement && holds === "map";
}

function functionsOf(accesses: readonly MemoryAccess[]): number {
  return new Set(accesses.map(({ model }) => model.id)).size;
}

function add(sets: Map<string, Set<string>>, key: string, slot: AccessPath["slot"]): void {
  if (slot === undefined) return;
  const known = sets.get(key);
  if (known) known.add(slot);
  else sets.set(key, new Set([slot]));
}
