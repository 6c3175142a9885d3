import { defineAnalysis } from "../core/analysis.ts";
import type { FunctionHeader } from "../model/function.ts";
import { operationsOf } from "../model/operations-of.ts";
import type { AccessPath } from "../model/path.ts";
import { type Program, program } from "../model/program.ts";
import { writtenBy } from "../model/written-by.ts";
import { type ChannelRecord, type ChannelUse, channelCensus } from "./channel-census.ts";
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
  /** The function at the other end, which nobody calls. */
  readonly uncalled: FunctionHeader | undefined;
}

/**
 * Locals, and fields of a package that nobody outside can name, that the package only makes and sends on, or only makes and receives from:
 *
 *     failures: make(chan error)       // made
 *     s.failures <- err                // sent on, received from nowhere
 *
 * What is handed on in any way may get its other end there. A function that nobody of the package calls, nor names, is nobody:
 *
 *     func (t *tail) halt() { close(t.stop) }     // and who calls halt?
 */
export const oneSidedChannels = defineAnalysis(
  "one-sided channels",
  (use): readonly OneSidedChannel[] => {
    const functions = use(program);
    const uncalled = new UncalledFunctions(functions);
    return use(channelCensus).channels.flatMap((whole) => {
      const record = uncalled.without(whole);
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
      const ends = waitsTo === "receive" ? [...whole.sends, ...whole.closes] : [];
      const dead = ends.find((one) => uncalled.has(one.function));
      // Where nobody makes the object either, the package shows a part of a program.
      if (dead && (uncalled.has(make.function) || uncalled.has(first.function))) return [];
      const { channel } = operation;
      return [{ channel, waits, waitsTo, isCase, make, uncalled: dead?.function }];
    });
  },
);

/** Functions that only their package could call, and that nothing in it names. */
class UncalledFunctions {
  readonly #functions: Program;
  readonly #known = new Map<string, boolean>();

  constructor(functions: Program) {
    this.#functions = functions;
  }

  /** What others than they do with a channel. */
  without(record: ChannelRecord): ChannelRecord {
    const isCalled = ({ function: by }: ChannelUse): boolean => !this.has(by);
    const { sends, receives, closes } = record;
    // Everybody else's channels need not be looked at closely.
    if (receives.length === 0 || sends.some(isCalled) || closes.some(isCalled)) return record;
    return {
      ...record,
      sends: sends.filter(isCalled),
      closes: closes.filter(isCalled),
    };
  }

  has({ id, name, role }: FunctionHeader): boolean {
    const own = name.slice(name.lastIndexOf(".") + 1);
    if ((role !== "method" && role !== "function") || !/^\p{Ll}\w*$/u.test(own)) return false;
    if (own === "main" || own === "init") return false;
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const naming = this.#functions.functionsWith(new RegExp(`\\b${own}\\b`));
    const isUncalled = naming.every((one) => one.id === id);
    this.#known.set(id, isUncalled);
    return isUncalled;
  }
}

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
  if (operation.kind !== "receive") return false;
  // Doubles that are to wait until somebody gives up on them.
  if (isTest) return true;
  if (functions.functionsWith(saidToLast(operation.channel)).some((one) => one.id === id))
    return true;
  if (!isLocal(operation.channel)) return false;
  if (isCase) return false;
  const model = role === "closure" ? undefined : functions.model(id);
  const hasStarted = !model || operationsOf(model).some(({ kind }) => kind === "spawn");
  return name === "main" || !hasStarted;
}

/** `// Blocks for ever: nobody opens it in this test.` above a receive. */
function saidToLast({ text }: AccessPath): RegExp {
  const said = String.raw`//[^\n]*\b(?:never|for ?ever|indefinitely)\b[^\n]*\n(?:\s*//[^\n]*\n)*`;
  return new RegExp(`${said}\\s*<-\\s*${text.replaceAll(/[^\w\s]/g, "\\$&")}`, "i");
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
