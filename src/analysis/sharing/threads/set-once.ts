import type { BlockId, FunctionModel } from "../../../model/function.ts";
import type { Operation } from "../../../model/operation.ts";
import type { AccessPath } from "../../../model/path.ts";
import { reaches } from "../../../model/reaches.ts";
import { leadsTo } from "../../locks/leads-to.ts";
import type { Thread } from "./scope.ts";

/** A use of a place: where it stands, and on which thread. */
interface Use {
  readonly access: {
    readonly model: FunctionModel;
    readonly operation: Operation;
    readonly path: AccessPath;
  };
  readonly thread: Thread;
}

/**
 * Whether a place gets its value only while it has none, and the other use's goroutine is started only where it has one:
 *
 *     if d.timer == nil { d.timer = time.NewTimer(wait) }
 *     go d.loop()                                            // uses d.timer
 *
 * `writes`: all of the place.
 */
export function isSetBeforeStart(write: Use, other: Use, writes: readonly Use[]): boolean {
  const { path, model, operation } = write.access;
  const place = path.steps.map((step) => (step.kind === "field" ? `.${step.name}` : "?")).join("");
  if (place === "" || place.includes("?")) return false;
  if (!writes.every(({ access }) => isUnder(access.model, access.operation, place, "unset")))
    return false;
  for (let { from } = other.thread; from; { from } = from.frame.thread) {
    const starter = from.frame.model;
    if (isUnder(starter, from.operation, place, "set")) return true;
    if (starter.id === model.id && leadsTo(model, operation.at, from.operation.at)) return true;
  }
  return false;
}

/** Whether an operation is come to only where a test says that the place is unset, or that it is set. */
function isUnder(
  model: FunctionModel,
  operation: Operation,
  place: string,
  state: "set" | "unset",
): boolean {
  const { blocks } = model;
  const at = blocks.findIndex(({ operations }) => operations.includes(operation));
  if (at <= 0) return false;
  const comes = (start: BlockId, without: BlockId): boolean =>
    start === at || reaches(blocks, start, at, without);
  return blocks.some(({ end }, test) => {
    if (end.kind !== "branch" || !end.condition) return false;
    const { key, negated, reads } = end.condition;
    const [read, ...more] = reads;
    if (read === undefined || more.length > 0 || !read.endsWith(place)) return false;
    if (!["nil", "0", '""'].some((zero) => key === `${read}==${zero}`)) return false;
    const isUnsetThen = !negated;
    const [open, closed] =
      isUnsetThen === (state === "unset") ? [end.then, end.otherwise] : [end.otherwise, end.then];
    return (
      comes(open, test) && !comes(closed, test) && (test === 0 || !reaches(blocks, 0, at, test))
    );
  });
}
