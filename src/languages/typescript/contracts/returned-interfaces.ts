import { defineAnalysis } from "../../../core/analysis.ts";
import type { Problem } from "../../../core/finding.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { type JudgedTree, judgedTrees, nodesOf, placeOf } from "../judged-trees.ts";
import { castingFiles, escaped, type SoleClass, soleClasses } from "./downcasts.ts";

/** A function whose declared result is an interface, while it always makes the one class behind it. */
interface Opaque extends SoleClass {
  readonly name: string;
  readonly file: JudgedTree;
  /** The name of the interface in the result's annotation. */
  readonly written: NodeId;
}

/**
 * Functions that hide behind an interface what their callers then cast back to:
 *
 *     function open(): Store { return new DiskStore(); }
 *     (open() as DiskStore).flush();
 */
export const returnedInterfacesOfClasses = defineAnalysis(
  "returned interfaces",
  (use): readonly Problem[] => {
    const soles = use(soleClasses);
    const casting = castingFiles(use, soles);
    if (casting.length === 0) return [];
    const names = [...soles.values()].map(({ of }) => escaped(of.name));
    const results = new RegExp(`\\)\\s*:[^={};]*?\\b(?:${names.join("|")})(?![\\w$])`);
    const opaque = judgedTrees(use, results).flatMap((file) => opaqueIn(file, soles));
    return opaque.flatMap((one): Problem[] => {
      const casts = casting.flatMap((file) => castsOf(one, file));
      const [at, { name }] = [placeOf(one.file, one.written), one.only];
      if (casts.length === 0) return [];
      return [
        {
          at,
          message: `${one.name} always returns a ${name}, the only ${one.of.name} there is, and callers cast it back`,
          related: casts.slice(0, 5).map((cast) => ({ at: cast, note: "cast back here" })),
          fixes: [
            {
              kind: "suggestion",
              description: `return ${name}`,
              edits: [{ ...at, text: name }],
            },
          ],
        },
      ];
    });
  },
);

const FUNCTIONS = ["function_declaration", "method_definition"] as const;

function opaqueIn(file: JudgedTree, soles: ReadonlyMap<string, SoleClass>): Opaque[] {
  const { tree } = file;
  return nodesOf(file, ...FUNCTIONS).flatMap((node): Opaque[] => {
    const [name, result, body] = ["name", "return_type", "body"].map((part) =>
      tree.childIn(node, part),
    ) as [NodeId, NodeId, NodeId];
    if (name === NONE || result === NONE || body === NONE) return [];
    const made = new Set(returnsIn(file, body).map((value) => classMade(file, value)));
    const [only] = made;
    const sole = made.size === 1 && only !== undefined ? soles.get(only) : undefined;
    const written = sole && nameIn(file, result, sole.of.name);
    return sole && written !== undefined
      ? [{ ...sole, name: tree.textOf(name), file, written }]
      : [];
  });
}

/** What the function itself returns; NONE for a return without a value. */
function returnsIn({ tree }: JudgedTree, body: NodeId): NodeId[] {
  const found: NodeId[] = [];
  const end = tree.afterSubtree(body);
  for (let at = body + 1; at < end; at++) {
    const kind = tree.kindOf(at);
    if (/function|method_definition|class/.test(kind)) at = tree.afterSubtree(at) - 1;
    else if (kind === "return_statement") found.push(tree.namedChildren(at)[0] ?? NONE);
  }
  return found;
}

function classMade({ tree }: JudgedTree, value: NodeId): string | undefined {
  if (value === NONE || tree.kindOf(value) !== "new_expression") return undefined;
  const of = tree.childIn(value, "constructor");
  return of === NONE ? undefined : tree.textOf(of);
}

/** The interface's name where the annotation is that, or a promise of that. */
function nameIn({ tree }: JudgedTree, annotation: NodeId, name: string): NodeId | undefined {
  if (!/^:\s*(?:Promise\s*<\s*)?[\w$]+\s*>?$/.test(tree.textOf(annotation))) return undefined;
  const end = tree.afterSubtree(annotation);
  for (let at = annotation; at < end; at++)
    if (tree.kindOf(at) === "type_identifier" && tree.textOf(at) === name) return at;
  return undefined;
}

/** Casts of what the function gives, at once or by way of a constant. */
function castsOf({ name, only }: Opaque, file: JudgedTree): Place[] {
  const { tree } = file;
  if (!new RegExp(`\\b${escaped(name)}\\s*\\(`).test(tree.text)) return [];
  return nodesOf(file, "as_expression").flatMap((node) => {
    const [value, type] = tree.namedChildren(node);
    if (value === undefined || type === undefined || tree.textOf(type) !== only.name) return [];
    const text = tree.textOf(value);
    const call = `(?:await\\s+)?(?:[\\w$.#]+\\.)?${escaped(name)}\\s*\\([^()]*\\)`;
    const isCall = new RegExp(`^\\(?${call}\\)?$`).test(text);
    const isConstant =
      /^[\w$]+$/.test(text) &&
      new RegExp(`\\bconst\\s+${escaped(text)}\\s*=\\s*${call}`).test(tree.text);
    return isCall || isConstant ? [placeOf(file, node)] : [];
  });
}
