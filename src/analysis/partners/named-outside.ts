import type { FunctionModel } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import { type AccessPath, identityOf } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";
import { mentionsAtEnd, mentionsOf } from "../mentions.ts";

/** A field of a type: the last two names of its slot. */
export interface FieldName {
  readonly type: string;
  readonly field: string;
}

export function fieldNameOf(slot: string): FieldName | undefined {
  const [, type, field] = /\.(\w+)\.(\w+)$/.exec(slot) ?? [];
  return type === undefined || field === undefined ? undefined : { type, field };
}

/** Whether only its package can name a field: it, or its type, is written small. */
export function isPrivate({ type, field }: FieldName): boolean {
  return /^[^\p{Lu}]/u.test(type) || /^[^\p{Lu}]/u.test(field);
}

/** The functions in which a field may get a value, be used or be handed on: those that name it, or its type. */
export function modelsNaming(functions: Program, { type, field }: FieldName): FunctionModel[] {
  return functions
    .functionsWith(new RegExp(`\\b(?:${type}|${field})\\b`))
    .flatMap(({ id }) => functions.model(id) ?? []);
}

/** Paths that may be a field, unknown owners of a field of that name included. */
export function isField(slot: string, { field }: Pick<FieldName, "field">) {
  return ({ steps, slot: own }: AccessPath): boolean => {
    const last = steps.at(-1);
    return last?.kind === "field" && last.name === field && (own === undefined || own === slot);
  };
}

/** Whether a channel is handed on: passed, returned, given another name. Who gets it may be at either end of it. */
export function isHandedOn(
  models: readonly FunctionModel[],
  isChannel: (path: AccessPath) => boolean,
): boolean {
  return models.some(
    ({ isDamaged, blocks }) =>
      isDamaged ||
      blocks.some(
        ({ operations, end }) =>
          operations.some((operation) => othersNamedIn(operation).some(isChannel)) ||
          (end.kind === "return" && mentionsAtEnd(end).paths.some(isChannel)),
      ),
  );
}

/** What an operation names, but for the channel that it uses and the field that it fills. */
function othersNamedIn(operation: Operation): readonly AccessPath[] {
  switch (operation.kind) {
    case "make":
    case "send":
    case "receive":
    case "close":
      return [];
    case "defer":
      return operation.operations.flatMap(othersNamedIn);
    case "assign":
      return mentionsOf(operation).paths.filter((path) => path !== operation.target);
    default:
      return mentionsOf(operation).paths;
  }
}

/** What is ever put into a field. */
export function valuesPutInto(models: readonly FunctionModel[], slot: string): Operation[] {
  return models.flatMap(({ blocks }) =>
    blocks.flatMap(({ operations }) =>
      operations.filter(
        (one) =>
          (one.kind === "assign" && identityOf(one.target) === slot) ||
          (one.kind === "write" && identityOf(one.path) === slot),
      ),
    ),
  );
}
