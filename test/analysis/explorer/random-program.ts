import fc from "fast-check";
import { invariant } from "../../../src/core/invariant.ts";
import type { Block, FunctionModel, Terminator } from "../../../src/model/function.ts";
import type { Operation } from "../../../src/model/operation.ts";
import type { AccessPath, Variable } from "../../../src/model/path.ts";
import type { Program } from "../../../src/model/program.ts";

/** A small concurrent program, as text-free as can be: what the brute force runs, and what a model is built from. */
export type Statement =
  | { readonly kind: "send" | "receive" | "close"; readonly channel: number; readonly id: number }
  | { readonly kind: "add" | "done" | "wait" | "lock" | "unlock"; readonly id: number }
  | {
      readonly kind: "choose";
      readonly left: readonly Statement[];
      readonly right: readonly Statement[];
    }
  | {
      readonly kind: "select";
      readonly cases: readonly SelectCase[];
      readonly hasDefault: boolean;
      readonly id: number;
    };

export interface SelectCase {
  readonly kind: "send" | "receive";
  readonly channel: number;
  readonly body: readonly Statement[];
}

export interface SmallProgram {
  readonly capacities: readonly number[];
  /** The first is the function itself, which starts all the others before its own statements. */
  readonly threads: readonly (readonly Statement[])[];
}

const CHANNELS = 2;

const simple: fc.Arbitrary<Statement> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom("send", "receive"),
      channel: fc.nat(CHANNELS - 1),
      id: fc.constant(0),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("close"),
      channel: fc.nat(CHANNELS - 1),
      id: fc.constant(0),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom("add", "done", "wait", "lock", "unlock"),
      id: fc.constant(0),
    }),
  },
) as fc.Arbitrary<Statement>;

const statement: fc.Arbitrary<Statement> = fc.oneof(
  { weight: 6, arbitrary: simple },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("choose"),
      left: fc.array(simple, { maxLength: 2 }),
      right: fc.array(simple, { maxLength: 2 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("select"),
      cases: fc.array(
        fc.record({
          kind: fc.constantFrom("send", "receive"),
          channel: fc.nat(CHANNELS - 1),
          body: fc.array(simple, { maxLength: 1 }),
        }),
        { minLength: 1, maxLength: 2 },
      ),
      hasDefault: fc.boolean(),
      id: fc.constant(0),
    }),
  },
) as fc.Arbitrary<Statement>;

export const smallProgram: fc.Arbitrary<SmallProgram> = fc
  .record({
    capacities: fc.array(fc.nat(1), { minLength: CHANNELS, maxLength: CHANNELS }),
    threads: fc.array(fc.array(statement, { maxLength: 4 }), { minLength: 2, maxLength: 3 }),
  })
  .map(numbered);

/** Gives every statement an id of its own: its place in the model's made-up text. */
function numbered({ capacities, threads }: SmallProgram): SmallProgram {
  let id = 100;
  const number = (statements: readonly Statement[]): Statement[] =>
    statements.map((one) => {
      id += 10;
      if (one.kind === "choose")
        return { ...one, left: number(one.left), right: number(one.right) };
      if (one.kind !== "select") return { ...one, id };
      const own = id;
      return {
        ...one,
        id: own,
        cases: one.cases.map((choice) => ({ ...choice, body: number(choice.body) })),
      };
    });
  return { capacities, threads: threads.map(number) };
}

/** The same program as functions of the concurrency model. */
export function programOf({ capacities, threads }: SmallProgram): Program {
  const names = [...capacities.map((_, channel) => `c${channel}`), "group", "mutex"];
  const variables = new Map(names.map((name) => [name, variable(name)]));
  const path = (name: string): AccessPath => ({
    root: {
      kind: "variable",
      variable: invariant(variables.get(name), "every object has a variable"),
    },
    steps: [],
    text: name,
    slot: undefined,
  });
  const span = (start: number): { start: number; end: number } => ({ start, end: start + 1 });
  const setUp: Operation[] = [
    ...capacities.map(
      (value, channel): Operation => ({
        kind: "make",
        object: "channel",
        path: path(`c${channel}`),
        capacity: { kind: "known", value },
        at: span(channel),
      }),
    ),
    { kind: "make", object: "waitgroup", path: path("group"), at: span(10) },
    { kind: "make", object: "mutex", path: path("mutex"), at: span(11) },
    ...threads.slice(1).map(
      (_, index): Operation => ({
        kind: "spawn",
        callee: { kind: "static", function: `t${index + 1}` },
        arguments: [],
        at: span(20 + index),
      }),
    ),
  ];
  const models = threads.map((body, index) =>
    modelOf(`t${index}`, index === 0 ? setUp : [], body, path),
  );
  const byId = new Map(models.map((model) => [model.id, model]));
  return {
    language: "go",
    functions: models,
    functionsWith: () => models,
    model: (id) => byId.get(id),
    header: (id) => byId.get(id),
    isJudged: () => true,
  };
}

function variable(name: string): Variable {
  const at = { file: "f.go", start: 0, end: 1 };
  return { id: name, name, role: "local", index: -1, declaredIn: "t0", isReassigned: false, at };
}

function modelOf(
  id: string,
  setUp: readonly Operation[],
  body: readonly Statement[],
  path: (name: string) => AccessPath,
): FunctionModel {
  const span = (start: number): { start: number; end: number } => ({ start, end: start + 1 });
  const blocks: { operations: Operation[]; end: Terminator }[] = [];
  const open = (): number =>
    blocks.push({ operations: [], end: { kind: "return", at: span(99), values: [] } }) - 1;
  const at = (index: number): { operations: Operation[]; end: Terminator } =>
    invariant(blocks[index], "an opened block");
  const lower = (statements: readonly Statement[], start: number): number => {
    let block = start;
    for (const one of statements) {
      if (one.kind === "choose") {
        const [then, otherwise, after] = [open(), open(), open()];
        at(block).end = { kind: "branch", condition: undefined, then, otherwise };
        at(lower(one.left, then)).end = { kind: "goto", to: after };
        at(lower(one.right, otherwise)).end = { kind: "goto", to: after };
        block = after;
      } else if (one.kind === "select") {
        const after = open();
        const cases = one.cases.map(({ kind, channel, body }, index) => {
          const to = open();
          at(lower(body, to)).end = { kind: "goto", to: after };
          return {
            operation: { kind, channel: path(`c${channel}`), at: span(one.id + index + 1) },
            to,
          };
        });
        at(block).end = {
          kind: "select",
          cases,
          at: span(one.id),
          ...(one.hasDefault ? { otherwise: after } : {}),
        };
        block = after;
      } else {
        at(block).operations.push(operationOf(one, path));
      }
    }
    return block;
  };
  const entry = open();
  at(entry).operations.push(...setUp);
  lower(body, entry);
  return {
    id,
    name: id,
    file: "f.go",
    at: { start: 0, end: 10_000 },
    nameAt: span(0),
    role: id === "t0" ? "function" : "closure",
    enclosing: id === "t0" ? undefined : "t0",
    receiver: undefined,
    parameters: [],
    results: [],
    isExported: false,
    isTest: false,
    isAsync: false,
    isGenerator: false,
    comment: "",
    blocks: blocks.map(({ operations, end }): Block => ({ kind: "body", operations, end })),
    isDamaged: false,
  };
}

function operationOf(
  one: Exclude<Statement, { kind: "choose" | "select" }>,
  path: (name: string) => AccessPath,
): Operation {
  const at = { start: one.id, end: one.id + 1 };
  switch (one.kind) {
    case "send":
    case "receive":
    case "close":
      return { kind: one.kind, channel: path(`c${one.channel}`), at };
    case "add":
    case "done":
      return { kind: "add", group: path("group"), delta: one.kind === "add" ? 1 : -1, at };
    case "wait":
      return { kind: "wait", on: path("group"), object: "waitgroup", at };
    case "lock":
      return { kind: "acquire", lock: path("mutex"), mode: "write", object: "mutex", at };
    case "unlock":
      return { kind: "release", lock: path("mutex"), mode: "write", object: "mutex", at };
  }
}
