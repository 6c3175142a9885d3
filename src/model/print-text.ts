import { assertNever } from "../core/invariant.ts";
import type { Span } from "../core/position.ts";
import { lineAt, lineStarts } from "../core/position.ts";
import { describeCondition } from "./describe-condition.ts";
import { describeOperation, describeValue } from "./describe-operation.ts";
import type { FunctionModel, Terminator } from "./function.ts";
import type { Operation } from "./operation.ts";

/**
 * A model for people: each block with its number and purpose, each operation with its line and what the user wrote there. `text` is
 * the text of the model's file; without it, operations stand alone.
 *
 *     (*Hub).publish  hub.go:12
 *     0 body
 *       lock h.mu                       13  h.mu.Lock()
 *       send h.events                   14  h.events <- e
 *       return                          16  }
 */
export function printText(model: FunctionModel, text?: string): string {
  const starts = text === undefined ? undefined : lineStarts(text);
  const place = starts ? `${model.file}:${lineAt(starts, model.nameAt.start)}` : model.file;
  const lines = [`${model.name}  ${place}`];
  if (model.isDamaged) lines.push("(damaged: rules are silent about it)");
  const write = (depth: number, said: string, at: Span | undefined): void => {
    const indented = "  ".repeat(depth) + said;
    if (!at || text === undefined || !starts) lines.push(indented);
    else lines.push(`${indented.padEnd(COLUMN)} ${lineAt(starts, at.start)}  ${excerpt(text, at)}`);
  };
  for (const [id, { kind, operations, end }] of model.blocks.entries()) {
    write(0, `${id} ${kind}`, undefined);
    for (const operation of operations) writeOperation(operation, write);
    writeEnd(end, write);
  }
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

const COLUMN = 44;
const LONGEST_EXCERPT = 60;

function excerpt(text: string, { start, end }: Span): string {
  const written = text
    .slice(start, Math.min(end, start + LONGEST_EXCERPT * 4))
    .replace(/\s+/g, " ");
  return written.length > LONGEST_EXCERPT ? `${written.slice(0, LONGEST_EXCERPT - 1)}…` : written;
}

type Write = (depth: number, said: string, at: Span | undefined) => void;

function writeOperation(operation: Operation, write: Write): void {
  write(1, describeOperation(operation), operation.at);
  if (operation.kind !== "defer") return;
  for (const deferred of operation.operations) write(2, describeOperation(deferred), deferred.at);
}

function writeEnd(end: Terminator, write: Write): void {
  switch (end.kind) {
    case "goto":
      write(1, `→ ${end.to}`, undefined);
      return;
    case "branch": {
      const test = end.condition ? describeCondition(end.condition) : "?";
      write(1, `if ${test} → ${end.then}, else → ${end.otherwise}`, end.condition?.at);
      return;
    }
    case "switch":
      write(1, `switch → ${end.targets.join(", ")}`, undefined);
      return;
    case "loop": {
      const subject = end.subject ? ` over ${end.subject.text}` : "";
      const bound = end.bound === undefined ? "" : ` ${end.bound} times`;
      write(1, `loop${subject}${bound} → ${end.body}, out → ${end.exit}`, undefined);
      return;
    }
    case "select":
      write(1, "select", end.at);
      for (const { operation, to } of end.cases)
        write(2, `${describeOperation(operation)} → ${to}`, operation.at);
      if (end.otherwise !== undefined) write(2, `default → ${end.otherwise}`, undefined);
      return;
    case "return":
      write(1, ["return", ...end.values.map(describeValue)].join(" "), end.at);
      return;
    case "panic":
    case "goexit":
    case "exit":
    case "stuck":
      write(1, end.kind, end.at);
      return;
    default:
      assertNever(end);
  }
}
