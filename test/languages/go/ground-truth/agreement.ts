import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { invariant } from "../../../../src/core/invariant.ts";
import { memorySnapshot, type Snapshot } from "../../../../src/core/snapshot.ts";
import { goFilesIn } from "../../../../src/languages/go/package.ts";
import { printType } from "../../../../src/languages/go/print-type.ts";
import { openPackages } from "../../../../src/languages/go/resolver.ts";
import { loadParser } from "../../../../src/syntax/parser.ts";
import type { NodeId, Tree } from "../../../../src/syntax/tree.ts";

/** What Go's type checker says of the expression at `[start, end)`. */
interface Truth {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly kind: string;
  readonly type: string;
}

export interface Agreement {
  asked: number;
  /** Answers other than unknown. */
  answered: number;
  right: number;
  readonly wrong: string[];
  /** Unknown answers by kind of expression. */
  readonly unknown: Map<string, string[]>;
}

/** Types of all expressions of the packages, from the Go toolchain. */
export function groundTruth(packages: readonly string[]): Truth[] {
  const program = join(import.meta.dirname, "dump-types.go");
  const output = execFileSync("go", ["run", program, ...packages], {
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  return output
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [file = "", start = "", end = "", kind = "", type = ""] = line.split("\t");
      return { file, start: Number(start), end: Number(end), kind, type };
    });
}

const parser = await loadParser(["go"]);

/** Compares our answers for a package's expressions with the truth. With `alone`, its imports have no source. */
export function agreementOn(
  directory: string,
  truths: readonly Truth[],
  tree: Snapshot,
  alone: boolean,
): Agreement {
  const snapshot = alone ? only(directory, tree) : tree;
  const root = alone ? "" : directory;
  const files = goFilesIn(root, snapshot);
  const trees = new Map<string, Tree | undefined>();
  const parse = (path: string) => {
    if (!trees.has(path)) {
      const result = parser.parse(snapshot.read(path) ?? "", "go");
      trees.set(path, result.ok ? result.tree : undefined);
    }
    return trees.get(path);
  };
  const { resolver } = openPackages(
    { language: "go", directory: root, files },
    { snapshot, generation: 0, parsed: () => undefined, parse, parseText: () => undefined },
  );
  const agreement: Agreement = { asked: 0, answered: 0, right: 0, wrong: [], unknown: new Map() };
  const offsets = new Map<string, Int32Array>();
  for (const truth of truths) {
    if (
      !truth.file.startsWith(`${directory}/`) ||
      truth.file.indexOf("/", directory.length + 1) > 0
    )
      continue;
    const path = alone ? truth.file.slice(directory.length + 1) : truth.file;
    const of = invariant(parse(path), `${path} parses`);
    const table = offsets.get(path) ?? utf16Offsets(of.text);
    offsets.set(path, table);
    const node = nodeSpanning(of, table[truth.start] ?? 0, table[truth.end] ?? 0);
    if (node === undefined) continue;
    const answer = printType(resolver.typeOf(path, node));
    record(agreement, truth, normalised(answer), of.textOf(node));
  }
  return agreement;
}

function record(agreement: Agreement, truth: Truth, answer: string, text: string): void {
  agreement.asked++;
  const note = `${truth.file}:${truth.start} ${truth.kind} ${text.slice(0, 60).replaceAll("\n", " ")}: ${answer}, in truth ${truth.type}`;
  if (answer.includes("?")) {
    const known = agreement.unknown.get(truth.kind);
    if (known) known.push(note);
    else agreement.unknown.set(truth.kind, [note]);
    return;
  }
  agreement.answered++;
  if (answer === normalised(truth.type) || fits(answer)) agreement.right++;
  else agreement.wrong.push(note);
}

/** An untyped constant takes its type from its surroundings, which the checker has and we leave open. */
function fits(answer: string): boolean {
  return answer.startsWith("untyped ");
}

function normalised(type: string): string {
  return type
    .replace(/\bbyte\b/g, "uint8")
    .replace(/\brune\b/g, "int32")
    .replace(/\binterface\{\}/g, "any")
    .replace(/\bvendor\//g, "");
}

function nodeSpanning(tree: Tree, start: number, end: number): NodeId | undefined {
  let node = tree.nodeAt(start, end);
  while (!tree.isNamed(node)) node = tree.parentOf(node);
  const span = tree.spanOf(node);
  return span.start === start && span.end === end ? node : undefined;
}

/** UTF-16 offsets by byte offset. */
function utf16Offsets(text: string): Int32Array {
  const offsets = new Int32Array(Buffer.byteLength(text) + 1);
  let byte = 0;
  let unit = 0;
  for (const character of text) {
    offsets[byte] = unit;
    byte += Buffer.byteLength(character);
    unit += character.length;
  }
  offsets[byte] = unit;
  return offsets;
}

/** A snapshot of the package alone, as a module of its own. */
function only(directory: string, tree: Snapshot): Snapshot {
  const files = new Map([["go.mod", `module ${directory}\n\ngo 1.26\n`]]);
  for (const path of goFilesIn(directory, tree))
    files.set(path.slice(directory.length + 1), tree.read(path) ?? "");
  return memorySnapshot(files);
}
