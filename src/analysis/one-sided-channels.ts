import { defineAnalysis } from "../core/analysis.ts";
import { operationsOf } from "../model/operations-of.ts";
import type { AccessPath } from "../model/path.ts";
import { type Program, program } from "../model/program.ts";
import { type ChannelRecord, type ChannelUse, channelCensus } from "./channel-census.ts";
import { writtenBy } from "./mentions.ts";
import { isField, isHandedOn } from "./partners/named-outside.ts";

/** A channel in a field or local variable at one end of which nobody of the package ever is. */
export interface OneSidedChannel {
  readonly channel: AccessPath;
  /** The operations that wait for the other end. */
  readonly waits: readonly ChannelUse[];
  readonly waitsTo: "send" | "receive";
  /** Whether they stand in selects, with other cases that may come. */
  readonly isCase: boolean;
  readonly make: ChannelUse;
}

/**
 * Locals, and fields of a package that nobody outside can name, that the package only makes and sends on, or only makes and receives from:
 *
 *     failures: make(chan error)       // made
 *     s.failures <- err                // sent on, received from nowhere
 *
 * What is handed on in any way may get its other end there.
 */
export const oneSidedChannels = defineAnalysis(
  "one-sided channels",
  (use): readonly OneSidedChannel[] => {
    const functions = use(program);
    return use(channelCensus).channels.flatMap((record) => {
      const waits = waitsOf(record);
      const [first] = waits;
      if (!first) return [];
      const { operation } = first;
      if (
        operation.kind === "make" ||
        !(isPrivateField(operation.channel) || isLocal(operation.channel))
      )
        return [];
      if (isSharedWithOthers(functions, record, operation.channel)) return [];
      // A channel that comes from elsewhere has its other end there.
      const [make] = record.makes;
      if (!make) return [];
      const waitsTo = operation.kind === "send" ? ("send" as const) : ("receive" as const);
      const isCase = !waits.every(isBare);
      // What is sent in a select may well find nobody.
      if (isCase && waitsTo === "send") return [];
      if (isOnPurpose(functions, first, isCase)) return [];
      return [{ channel: operation.channel, waits, waitsTo, isCase, make }];
    });
  },
);

/** The operations at the one end, where there are none at the other. What is sent into a buffer has come to its end. */
function waitsOf({ sends, receives, closes, capacity }: ChannelRecord): readonly ChannelUse[] {
  if (sends.length > 0) return receives.length === 0 && capacity === 0 ? sends : [];
  return closes.length === 0 ? receives : [];
}

/** Outside a select it waits; in one it is a case that never comes. */
function isBare({ select }: ChannelUse): boolean {
  return select === undefined || (select.others.length === 0 && !select.hasDefault);
}

/**
 * `main` that waits for ever lets others go on, and who has started nothing waits for nothing; a test asks what a select does with a
 * case that never comes.
 */
function isOnPurpose(
  functions: Program,
  { function: { id, name, role, isTest }, operation }: ChannelUse,
  isCase: boolean,
): boolean {
  if (operation.kind !== "receive" || !isLocal(operation.channel)) return false;
  if (isCase) return isTest;
  const model = role === "closure" ? undefined : functions.model(id);
  const hasStarted = !model || operationsOf(model).some(({ kind }) => kind === "spawn");
  return name === "main" || !hasStarted;
}

function isPrivateField({ steps, slot }: AccessPath): boolean {
  const last = steps.at(-1);
  return slot !== undefined && last?.kind === "field" && /^[^\p{Lu}]/u.test(last.name);
}

function isLocal({ root, steps }: AccessPath): boolean {
  return root.kind === "variable" && root.variable.role === "local" && steps.length === 0;
}

/** What a path is to be in order to name the channel. */
function nameOf(record: ChannelRecord, { root, steps }: AccessPath): Name | undefined {
  const last = steps.at(-1);
  if (last?.kind === "field")
    return { text: last.name, isNamed: isField(record.identity, { field: last.name }) };
  if (root.kind !== "variable") return undefined;
  const { id, name } = root.variable;
  return {
    text: name,
    isNamed: (path) => path.root.kind === "variable" && path.root.variable.id === id,
  };
}

interface Name {
  readonly text: string;
  isNamed(path: AccessPath): boolean;
}

/** Whether the channel is handed on, or another one takes its place. */
function isSharedWithOthers(
  functions: Program,
  record: ChannelRecord,
  channel: AccessPath,
): boolean {
  const name = nameOf(record, channel);
  if (!name) return true;
  const models = functions
    .functionsWith(new RegExp(`\\b${name.text}\\b`))
    .map(({ id }) => functions.model(id));
  const known = models.filter((model) => model !== undefined);
  if (known.length < models.length || isHandedOn(known, name.isNamed)) return true;
  return known.some(({ blocks }) =>
    blocks.some(({ operations }) =>
      operations.some((one) => writtenBy(one).some((path) => path && name.isNamed(path))),
    ),
  );
}
