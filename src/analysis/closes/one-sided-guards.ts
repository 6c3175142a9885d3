import type { Block, Condition, FunctionModel } from "../../model/function.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, pathKey, type Variable } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";
import { reaches } from "../../model/reaches.ts";
import { successors } from "../../model/successors.ts";
import { writtenBy } from "../../model/written-by.ts";
import { isGuarded } from "./before.ts";
import type { Site, Way } from "./ways.ts";

/**
 * Whether a flag lets callers through once to a close to which a goroutine of the same object comes as well, without asking the flag or
 * setting it:
 *
 *     func (s *session) Close() {           // the flag keeps the second caller out
 *         s.mu.Lock(); if s.closed { … return }; s.closed = true; s.mu.Unlock()
 *         s.teardown()                      // close(s.done)
 *     }
 *
 *     func (s *session) read() { if _, err := s.conn.Read(…); err != nil { s.teardown(); return } }
 *
 * Whoever guards it expects to be called more than once, and finds the flag unset after the goroutine has been there.
 */
export function isPassedBy(functions: Program, guarded: Way, open: Way): boolean {
  if (open.kind !== "goroutine" || guarded.kind === "goroutine") return false;
  if (open.root.isTest || open.startedBy?.model.isTest || isGuarded(open)) return false;
  const deciding = guarded.steps.filter((step) => isGuarded({ ...guarded, steps: [step] }));
  const [gate] = deciding;
  if (deciding.length !== 1 || !gate || gate.model.role !== "method") return false;
  // The goroutine goes another way than by the function that asks.
  if (open.steps.some(({ model }) => model.id === gate.model.id)) return false;
  const flags = flagsAsked(gate);
  return flags !== undefined && flags.every((flag) => isSetThereAlone(functions, gate, flag));
}

/** The fields of its own that a function asks before it comes to an operation; undefined where it asks something else as well. */
function flagsAsked({ model, operation }: Site): readonly string[] | undefined {
  const { blocks, receiver } = model;
  const goal = blocks.findIndex(({ operations }) => operations.includes(operation));
  const asked = blocks.filter(({ end }) => end.kind !== "goto" && decides(blocks, end, goal));
  if (!receiver || asked.length === 0) return undefined;
  const flags = asked.flatMap(({ end }) => {
    const condition = end.kind === "branch" ? end.condition : undefined;
    return (condition && flagOf(condition, receiver)) ?? "";
  });
  return flags.includes("") ? undefined : [...new Set(flags)];
}

function decides(blocks: readonly Block[], end: Block["end"], goal: number): boolean {
  const ways = successors(end).map((to) => to === goal || reaches(blocks, to, goal));
  return ways.includes(true) && ways.includes(false);
}

/** `if s.closed`: a field that is true or false, and nothing but it. */
function flagOf({ key, reads }: Condition, { id }: Variable): string | undefined {
  const [read, ...others] = reads;
  const isOwn = read?.startsWith(`${id}.`) && others.length === 0 && read === key;
  return isOwn ? read.slice(id.length + 1) : undefined;
}

/** Whether the function that asks a flag is the only one that writes it. */
function isSetThereAlone(functions: Program, { model }: Site, flag: string): boolean {
  const key = `${model.receiver?.id}.${flag}`;
  const slot = pathsWritten(model).find((path) => pathKey(path) === key)?.slot;
  if (slot === undefined) return false;
  const name = flag.slice(flag.lastIndexOf(".") + 1);
  return functions.functionsWith(new RegExp(`\\b${name}\\b`)).every(({ id }) => {
    const other = id === model.id ? undefined : functions.model(id);
    return !other || !pathsWritten(other).some((path) => path.slot === slot);
  });
}

function pathsWritten(model: FunctionModel): AccessPath[] {
  return operationsOf(model).flatMap((one) => writtenBy(one).flatMap((path) => path ?? []));
}
