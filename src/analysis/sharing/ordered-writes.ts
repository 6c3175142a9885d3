import type { FunctionModel } from "../../model/function.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { identityOf } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";
import type { CallSites } from "../locks/call-sites.ts";
import { leadsTo } from "../locks/leads-to.ts";
import type { LockedAccess, OpenAccess } from "./shared-fields.ts";

/**
 * Whether what a goroutine uses is written only when it is not running: by whoever has waited for it, or by what its starter calls
 * before, and before the next start again.
 *
 *     w.cancel(); w.group.Wait(); w.holder = nil
 *     c.reset(); group.Go(func() error { return c.info.serve() }); return group.Wait()
 */
export function isWrittenBetween(
  functions: Program,
  sites: CallSites,
  write: LockedAccess,
  access: OpenAccess,
): boolean {
  if (!write.isWrite || !access.entry.isGoroutine) return false;
  const body = functions.model(access.entry.from.id);
  if (!body) return false;
  return isBehindWaitFor(body, write) || isBeforeGroup(functions, sites, write, body);
}

/** The goroutine counts down a group that the writer has waited for. */
function isBehindWaitFor(body: FunctionModel, { model, operation }: LockedAccess): boolean {
  const groups = new Set(
    operationsOf(body).flatMap((one) =>
      one.kind === "add" && (one.delta ?? 0) < 0 ? (one.group.slot ?? []) : [],
    ),
  );
  return operationsOf(model).some(
    (one) =>
      one.kind === "wait" &&
      one.on.slot !== undefined &&
      groups.has(one.on.slot) &&
      leadsTo(model, one.at, operation.at) &&
      one.at.start < operation.at.start,
  );
}

/** The one that starts the goroutine, in a group that it waits for, is the only one to call the writer, and does so before. */
function isBeforeGroup(
  functions: Program,
  sites: CallSites,
  { model }: LockedAccess,
  body: FunctionModel,
): boolean {
  const [start, ...others] = sites.of(body.id);
  if (start?.operation.kind !== "spawn" || others.length > 0 || model.isExported) return false;
  const { at, group } = start.operation;
  const starter = functions.model(start.caller);
  const calls = sites.of(model.id).filter(({ caller }) => !functions.header(caller)?.isTest);
  if (!starter || !group || calls.length === 0 || sites.isHandedOn(model.id)) return false;
  const isAwaited = operationsOf(starter).some(
    (one) => one.kind === "wait" && identityOf(one.on) === identityOf(group),
  );
  return (
    isAwaited &&
    calls.every(({ caller, operation }) => caller === starter.id && operation.at.start < at.start)
  );
}
