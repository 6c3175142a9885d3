import { assertNever } from "../core/invariant.ts";
import { describeCondition } from "./describe-condition.ts";
import { describeOperation, describeValue } from "./describe-operation.ts";
import type { Block, FunctionModel, Terminator } from "./function.ts";
import type { Operation } from "./operation.ts";

/** A model as a mermaid flow chart: a box for each block, an arrow for each way on. */
export function printMermaid(model: FunctionModel): string {
  const lines = ["flowchart TD", `  %% ${model.name} ${model.file}`.replace(/[\r\n]/g, " ")];
  for (const [id, block] of model.blocks.entries()) {
    lines.push(`  b${id}["${boxText(id, block)}"]`);
  }
  for (const [id, { end }] of model.blocks.entries()) {
    for (const { to, label } of waysOn(end)) {
      lines.push(`  b${id} -->${label === "" ? "" : `|"${quote(label)}"|`} b${to}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function boxText(id: number, { kind, operations, end }: Block): string {
  const said = operations.flatMap(describeWithDeferred);
  const last = describeEnd(end);
  return [`${id} ${kind}`, ...said, ...(last === "" ? [] : [last])].map(quote).join("<br/>");
}

function describeWithDeferred(operation: Operation): string[] {
  if (operation.kind !== "defer") return [describeOperation(operation)];
  return operation.operations.map((deferred) => `defer ${describeOperation(deferred)}`);
}

function describeEnd(end: Terminator): string {
  switch (end.kind) {
    case "return":
      return ["return", ...end.values.map(describeValue)].join(" ");
    case "panic":
    case "goexit":
    case "exit":
    case "stuck":
    case "select":
      return end.kind;
    case "loop":
      return end.subject ? `loop over ${end.subject.text}` : "loop";
    default:
      return "";
  }
}

function waysOn(end: Terminator): { readonly to: number; readonly label: string }[] {
  switch (end.kind) {
    case "goto":
      return [{ to: end.to, label: "" }];
    case "branch": {
      const test = end.condition ? describeCondition(end.condition) : "?";
      return [
        { to: end.then, label: test },
        { to: end.otherwise, label: "else" },
      ];
    }
    case "switch":
      return [...new Set(end.targets)].map((to) => ({ to, label: "" }));
    case "loop":
      return [
        { to: end.body, label: "again" },
        { to: end.exit, label: "out" },
      ];
    case "select": {
      const cases = end.cases.map(({ operation, to }) => ({
        to,
        label: describeOperation(operation),
      }));
      return end.otherwise === undefined
        ? cases
        : [...cases, { to: end.otherwise, label: "default" }];
    }
    case "return":
    case "panic":
    case "goexit":
    case "exit":
    case "stuck":
      return [];
    default:
      return assertNever(end);
  }
}

/** Mermaid's own marks as entities. */
function quote(text: string): string {
  return text
    .replace(/[#"<>&\r\n]/g, (mark) => `#${mark.codePointAt(0)};`)
    .replace(/#10;|#13;/g, " ");
}
