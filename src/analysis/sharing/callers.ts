import type { Place } from "../../core/position.ts";
import type { FunctionHeader, FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf, Value } from "../../model/operation.ts";
import { type AccessPath, type FunctionId, rebase } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";
import type { Acquisition } from "../locks/acquisition.ts";
import type { HeldLocks } from "../locks/held-locks.ts";
import { isJoinedBefore } from "./completions.ts";
import { isMadeOrGiven } from "./made-here.ts";
import type { Held, MemoryAccesses } from "./memory-accesses.ts";
import { isPreparing } from "./preparing.ts";

/** How a function is entered without a lock: from outside, or by calls that lead there from outside or from a goroutine. */
export interface Entry {
  /** The first function: one that others can call, or the body of a goroutine. */
  readonly from: FunctionHeader;
  readonly isGoroutine: boolean;
  /** The calls on the way, the first first. */
  readonly calls: readonly Place[];
  /** The functions on the way, the one that is entered included. */
  readonly through: readonly FunctionId[];
  /** Slots of the locks that are held on the way, none of them one that was asked for. */
  readonly others: ReadonlySet<string>;
}

/** Which locks may be held on a way in: none at all, or any but some, by their slots. */
interface Search {
  readonly without: ReadonlySet<string> | undefined;
  readonly seen: Set<FunctionId>;
}

const DEPTH = 6;
const MOST_CALLERS = 40;
/** Names and comments that say that the caller holds the lock. */
const SAYS_LOCKED =
  /locked$|\._[a-z]|^locked|nolock$|^unlocked|unsafe|withlock|underlock|lockheld/i;
const CONTRACT =
  /\b(?:lock|mutex|mu)\b.*\b(?:held|hold|locked|acquired)\b|\b(?:held|hold|holds|holding|acquire[sd]?|under|with|protected by|guarded by)\b.*\b(?:\w*lock(?:er)?|mutex|\w*[mM]u)\b|not (?:thread|goroutine)[- ]?safe|not safe for concurrent|\bmust be locked\b|\block\b.*\bnot needed\b|\bno(?:t| need).*\block\b|concurren|checklocks|called (?:only )?(?:once|before)|single[- ]threaded|only (?:used|called) (?:in|by|for|from) test/i;
/** Methods that containers and printers call, mostly under the lock of whoever has them. */
const CALLED_BACK =
  /^(?:Len|Less|Swap|Push|Pop|String|GoString|Error|Format|MarshalJSON|UnmarshalJSON|MarshalText|LogValue|Unwrap|Is|As|DeepCopy\w*|ProtoMessage|init|main|_)$/;

/** Functions that make an object each time they are called, by their names. */
const MAKING =
  /^(?:new|make|create|build|clone|copy|provision|parse|unmarshal|decode|with)(?:$|\p{Lu})/iu;
/** Functions that come last, by their names: who calls them may have waited for the others. */
const ENDING = /^(?:done|close|stop|shut|tear|clean|finish|kill|destroy|release)/i;

/** Who calls whom, as far as locks go. */
export class Callers {
  readonly #program: Program;
  readonly #accesses: MemoryAccesses;
  readonly #sites = new Map<FunctionId, readonly Site[] | undefined>();

  readonly #lockers: ReadonlySet<string>;

  /** `lockers`: see `typesThatLock`. */
  constructor(functions: Program, accesses: MemoryAccesses, lockers: ReadonlySet<string>) {
    this.#program = functions;
    this.#accesses = accesses;
    this.#lockers = lockers;
  }

  /**
   * A way into a function on which no lock is held and the object that `path` begins at was not made; undefined where there is none
   * for certain.
   */
  entryOf(model: FunctionHeader, path: AccessPath): Entry | undefined {
    return this.#entry(model, path, DEPTH, { without: undefined, seen: new Set() });
  }

  /** The same, where other locks may be held: any but those whose slots are given. */
  entryWithout(
    locks: ReadonlySet<string>,
    model: FunctionHeader,
    path: AccessPath,
  ): Entry | undefined {
    return this.#entry(model, path, DEPTH, { without: locks, seen: new Set() });
  }

  /** The same of a function that takes the lock itself: nobody calls it who holds that. */
  entryOfLocker(header: FunctionHeader, path: AccessPath): Entry | undefined {
    if (header.role === "closure" || header.isTest || saysLocked(header)) return undefined;
    if (ENDING.test(header.name.slice(header.name.lastIndexOf(".") + 1))) return undefined;
    const sites = this.sitesOf(header);
    const isOther = (site: Site): boolean => {
      const given = atSite(site, header, path);
      if (!given || this.isPreparing(site.caller)) return false;
      if (waitsBefore(site.caller, site.operation)) return false;
      return !isMadeOrGiven(this.#program, site.caller, given);
    };
    if (!sites || (sites.length > 0 && !sites.some(isOther))) return undefined;
    return { from: header, isGoroutine: false, calls: [], others: new Set(), through: [header.id] };
  }

  #entry(
    header: FunctionHeader,
    path: AccessPath,
    depth: number,
    search: Search,
  ): Entry | undefined {
    if (depth === 0 || search.seen.has(header.id)) return undefined;
    if (header.isTest || saysLocked(header)) return undefined;
    search.seen.add(header.id);
    const sites = this.sitesOf(header);
    if (sites === undefined || this.#isOfNewObjects(sites, header, path)) return undefined;
    if (this.#isPartOfPreparing(sites, header, path)) return undefined;
    const isGetter = depth === DEPTH && sites.length === 0 && this.#isGetterForOthers(header);
    const isHandler = depth === DEPTH && sites.length === 0 && this.#isHandler(header, path);
    const isOpen = isCallable(header) || isGetter || isHandler;
    const isFree = (site: Site) => isWithout(site, search.without);
    const isLockedByAll = sites.length > 0 && sites.every((one) => !isFree(one) && !one.isSpawn);
    if (isOpen && !isLockedByAll)
      return {
        from: header,
        isGoroutine: false,
        calls: [],
        others: new Set(),
        through: [header.id],
      };
    if (sites.some((site) => site.isSpawn && (isFree(site) || !isWaitedFor(site))))
      return {
        from: header,
        isGoroutine: true,
        calls: [],
        others: new Set(),
        through: [header.id],
      };
    for (const site of sites) {
      if (!isFree(site) || site.isSpawn) continue;
      const given = atSite(site, header, path);
      if (!given || this.#isPreparingIt(site, given)) continue;
      if (waitsBefore(site.caller, site.operation)) continue;
      if (isMadeOrGiven(this.#program, site.caller, given)) continue;
      const entry = this.#entry(site.caller, given, depth - 1, search);
      if (entry)
        return {
          ...entry,
          calls: [...entry.calls, site.at],
          through: [...entry.through, header.id],
          others: new Set([...entry.others, ...slotsOf(site)]),
        };
    }
    return undefined;
  }

  /** Whether a function prepares an object before others see it: a goroutine that it starts does not. */
  isPreparing(header: FunctionHeader): boolean {
    if (this.#isRunOnce(header)) return true;
    if (!isPreparing(header)) return false;
    return header.role !== "closure" || !this.sitesOf(header)?.some(({ isSpawn }) => isSpawn);
  }

  /** `once.Do(s.open)`: whoever comes later finds what it has left. */
  #isRunOnce(header: FunctionHeader): boolean {
    const sites = this.sitesOf(header) ?? [];
    return sites.length > 0 && sites.every(({ caller, operation }) => isOnceAt(caller, operation));
  }

  /** A function that only those call which prepare an object: it may be written large, and checks what they load all the same. */
  #isPartOfPreparing(sites: readonly Site[], header: FunctionHeader, path: AccessPath): boolean {
    return (
      sites.length > 0 &&
      sites.every(
        (site) => !site.isSpawn && this.#isPreparingIt(site, atSite(site, header, path) ?? path),
      )
    );
  }

  /** Who makes an object prepares that one, and not what the package keeps for all of them. */
  #isPreparingIt({ caller }: Site, { root }: AccessPath): boolean {
    if (!this.isPreparing(caller)) return false;
    const isOfPackage = root.kind === "variable" && root.variable.role === "global";
    return !isOfPackage || !MAKING.test(caller.name.slice(caller.name.lastIndexOf(".") + 1));
  }

  /** A function all of whose callers hand it an object that they have made: those outside will do so, too. */
  #isOfNewObjects(sites: readonly Site[], header: FunctionHeader, path: AccessPath): boolean {
    if (header.role !== "function" || sites.length === 0) return false;
    return sites.every((site) => {
      const given = atSite(site, header, path);
      if (!given || site.isSpawn) return false;
      return isMadeOrGiven(this.#program, site.caller, given);
    });
  }

  /**
   * An exported method of an unexported type that nobody calls by its name: it says nothing but what a field is, or others of the type
   * lock for themselves.
   */
  #isGetterForOthers({ id, role, name }: FunctionHeader): boolean {
    const last = name.slice(name.lastIndexOf(".") + 1);
    if (role !== "method" || !/^\p{Lu}/u.test(last) || CALLED_BACK.test(last)) return false;
    if (this.#lockers.has(typeOf(name))) return true;
    const [only, ...others] = this.#program.model(id)?.blocks ?? [];
    return only?.end.kind === "return" && others.length === 0;
  }

  /** A method that is handed out to be called whenever something happens: `mux.HandleFunc("/help", s.help)`, `config.OnClose = c.closed`. */
  #isHandler(header: FunctionHeader, { slot }: AccessPath): boolean {
    if (header.role !== "method") return false;
    return this.#mayCall(header).some(({ id, isTest }) => {
      const model = isTest ? undefined : this.#program.accesses?.(id);
      return model?.blocks.some(({ operations }) =>
        operations.some(
          (operation) =>
            registers(operation, header.id) || isStoredElsewhere(operation, header.id, slot ?? ""),
        ),
      );
    });
  }

  /** Whether functions may call it that are not seen here. */
  isCalledFromOutside(header: FunctionHeader): boolean {
    return isCallable(header) && !saysLocked(header);
  }

  /** undefined: there are more than anybody wants to read. */
  sitesOf(header: FunctionHeader): readonly Site[] | undefined {
    if (!this.#sites.has(header.id)) this.#sites.set(header.id, this.#findSites(header));
    return this.#sites.get(header.id);
  }

  #findSites(header: FunctionHeader): readonly Site[] | undefined {
    const sites: Site[] = [];
    for (const caller of this.#mayCall(header)) {
      if (caller.isTest) continue;
      const around = this.#accesses.of(caller.id);
      for (const { operation, held, perhapsHeld } of around?.calls ?? []) {
        if (!around || !calls(operation, header.id)) continue;
        sites.push({
          caller: around.model,
          operation,
          at: { file: around.model.file, ...operation.at },
          held,
          perhapsHeld,
          isSpawn: operation.kind === "spawn",
        });
        if (sites.length > MOST_CALLERS) return undefined;
      }
    }
    return sites;
  }

  #mayCall(header: FunctionHeader): readonly FunctionHeader[] {
    if (header.role === "closure") {
      const around = header.enclosing && this.#program.header(header.enclosing);
      return around ? [around] : [];
    }
    const name = header.name.slice(header.name.lastIndexOf(".") + 1);
    return this.#program.functionsWith(new RegExp(`\\b${name}\\b`));
  }
}

/** Names of functions that keep what they are given and call it later, from goroutines of their own. */
const REGISTERS =
  /(?:^|\.)(?:Handle|HandleFunc|HandlerFunc|HandleFuncs|Methods|GET|POST|PUT|DELETE|Subscribe|AddEventHandler|SetStreamHandler|AfterFunc)$/;

function registers(operation: Operation, id: FunctionId): boolean {
  if (operation.kind !== "call" || operation.callee.kind === "static") return false;
  return REGISTERS.test(operation.callee.name) && isGiven(operation, id);
}

/** A field of another package's type gets it: whoever calls it knows nothing of locks here. */
function isStoredElsewhere(operation: Operation, id: FunctionId, here: string): boolean {
  if (operation.kind !== "write" && operation.kind !== "assign") return false;
  const { value } = operation;
  if (value.kind !== "function" || value.function !== id) return false;
  const { root, steps, slot } = operation.kind === "write" ? operation.path : operation.target;
  if (root.kind !== "unknown" && steps.at(-1)?.kind !== "field") return false;
  return packageOf(slot ?? "") !== packageOf(here);
}

/** `path/package` of `path/package.Type.field`. */
function packageOf(slot: string): string {
  return slot.split(".").slice(0, -2).join(".");
}

/** `(*Cache)` of `(*Cache).Get`. */
function typeOf(name: string): string {
  return name.slice(0, name.lastIndexOf("."));
}

/** Types that have several methods for others which take a lock of the receiver: who calls them does not hold it. */
export function typesThatLock({ walks }: HeldLocks): ReadonlySet<string> {
  const seen = new Set<string>();
  const found = new Set<string>();
  for (const { model, acquisitions } of walks) {
    const type = typeOf(model.name);
    if (model.role !== "method" || !/\.\p{Lu}[^.]*$/u.test(model.name)) continue;
    if (!acquisitions.some(isOfReceiver)) continue;
    if (seen.has(type)) found.add(type);
    seen.add(type);
  }
  return found;
}

function isOfReceiver({ lock: { root, steps }, steps: way }: Acquisition): boolean {
  const isIt = root.kind === "variable" && root.variable.role === "receiver";
  return isIt && steps.length === 1 && way.length === 1;
}

/** Whether a Wait stands before an operation, or what is one: what was started may be over. */
export function waitsBefore(model: FunctionModel, operation: Operation): boolean {
  const { start } = operation.at;
  return (
    model.blocks.some(({ operations }) =>
      operations.some((one) => isWait(one) && one.at.start < start),
    ) || isJoinedBefore(model, operation)
  );
}

/** `closer.SignalAndWait()` of another package waits as its name says; a limiter waits for the clock. */
function isWait(operation: Operation): boolean {
  if (operation.kind === "wait") return true;
  if (operation.kind !== "call" || operation.callee.kind === "static") return false;
  const { name } = operation.callee;
  return /(?:^|\.|And)Wait(?:All)?$/.test(name) && !name.includes("Limiter");
}

/** A call of a function, or a goroutine that runs it. */
export interface Site extends Held {
  readonly caller: FunctionModel;
  readonly operation: OperationOf<"call"> | OperationOf<"spawn">;
  readonly at: Place;
  readonly isSpawn: boolean;
}

/** Whether no lock is held, or may be; or, where some are given, none but others that are known. */
export function isWithout(
  { held, perhapsHeld }: Held,
  locks: ReadonlySet<string> | undefined,
): boolean {
  if (perhapsHeld.size === 0) return true;
  if (locks === undefined) return false;
  const known = new Map(held.map(({ key, lock }) => [key, lock.slot]));
  return [...perhapsHeld].every((key) => {
    const slot = known.get(key);
    return slot !== undefined && !locks.has(slot);
  });
}

/** The slots of what is held. */
export function slotsOf({ held }: Held): readonly string[] {
  return held.flatMap(({ lock }) => lock.slot ?? []);
}

/** A goroutine that is started under a lock may have to be over before that is released. */
function isWaitedFor({ caller: { blocks }, operation }: Site): boolean {
  if (operation.kind === "spawn" && operation.group) return true;
  return blocks.some(({ operations, end }) =>
    [...operations, ...(end.kind === "select" ? end.cases.map((one) => one.operation) : [])].some(
      (one) => (isWait(one) || one.kind === "receive") && one.at.start > operation.at.start,
    ),
  );
}

function calls(operation: Site["operation"], id: FunctionId): boolean {
  const { callee, kind } = operation;
  if (callee.kind === "static") return callee.function === id;
  if (callee.kind === "dynamic" && callee.candidates.includes(id)) return true;
  return kind === "call" && CALLS_BACK.test(callee.name) && isGiven(operation, id);
}

/** What a Once runs stands where it is asked to. */
function isOnceAt({ blocks }: FunctionModel, { at }: Operation): boolean {
  return blocks.some(({ operations }) =>
    operations.some(
      (one) =>
        one.kind === "call" &&
        one.at.start === at.start &&
        one.callee.kind === "external" &&
        one.callee.name === "sync.Once.Do",
    ),
  );
}

/** Names of functions that call what they are given, before they return. */
const CALLS_BACK =
  /(?:^|\.)(?:Range|Walk\w*|For_?[Ee]ach\w*|Each\w*|Visit\w*|Iter\w*|Ascend\w*|Descend\w*|Traverse\w*|Inspect\w*|Map|Filter\w*)$/;

function isGiven({ arguments: given }: Site["operation"], id: FunctionId): boolean {
  return given.some((value) => value.kind === "function" && value.function === id);
}

/** Whether a function says, by its name or comment, that the caller sees to the lock. */
export function saysLocked({ name, comment }: FunctionHeader): boolean {
  return SAYS_LOCKED.test(name) || CONTRACT.test(comment);
}

/** Whether anybody outside may call it; what containers and printers call is called by them. */
function isCallable({ isExported, role, name }: FunctionHeader): boolean {
  const last = name.slice(name.lastIndexOf(".") + 1);
  return isExported && role !== "closure" && !CALLED_BACK.test(last);
}

/** A callee's path as the caller names it. */
export function pathAtSite(
  site: Site,
  callee: FunctionHeader,
  path: AccessPath,
): AccessPath | undefined {
  const given = atSite(site, callee, path);
  return given === undefined || given === path ? given : rebase(path, given);
}

/** The caller's name for what a callee's path begins at. */
function atSite(
  { operation }: Site,
  { id }: FunctionHeader,
  path: AccessPath,
): AccessPath | undefined {
  if (path.root.kind !== "variable") return undefined;
  const { role, index, declaredIn } = path.root.variable;
  // A local that names what the callee did not make itself: no caller has to do with it.
  if (declaredIn !== id || role === "local") return path;
  const { callee } = operation;
  const given: Value | undefined =
    role === "parameter"
      ? operation.arguments[index]
      : role === "receiver" && callee.kind !== "unknown"
        ? callee.receiver
        : undefined;
  return given?.kind === "path" ? given.path : undefined;
}
