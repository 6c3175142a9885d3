import type { MemberFact } from "../../../core/project-facts.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import type { Workspace } from "../../language.ts";
import type { DeclaredName } from "./declarations.ts";

/** The members that an interface writes itself: its text alone is parsed. */
export function interfaceMembers(
  { from, name, bodyStart, end }: DeclaredName,
  workspace: Workspace,
): readonly MemberFact[] {
  const prefix = `interface ${name} `;
  const tree = workspace.parseText(from.path, prefix + from.text.slice(bodyStart, end));
  if (!tree || tree.damage.length > 0) return [];
  const declared = tree.grammar.kind("interface_declaration");
  const node = tree.kind.indexOf(declared);
  const body = node === -1 ? NONE : tree.childIn(node, "body");
  if (body === NONE) return [];
  const offset = bodyStart - prefix.length;
  return tree.namedChildren(body).flatMap((member): MemberFact[] => {
    const kind = tree.kindOf(member);
    if (kind === "comment") return [];
    const nameNode = tree.childIn(member, "name");
    const span = tree.spanOf(member);
    return [
      {
        name: nameNode === NONE ? kind : tree.textOf(nameNode),
        at: { file: from.path, start: span.start + offset, end: span.end + offset },
        isMethod: isMethod(tree, member, kind),
        isOwn: true,
        signature: () => normalized(tree.textOf(member)),
      },
    ];
  });
}

function isMethod(tree: Tree, member: NodeId, kind: string): boolean {
  if (kind === "method_signature") return true;
  const annotation = tree.childIn(member, "type");
  const [type] = annotation === NONE ? [] : tree.namedChildren(annotation);
  return (
    kind === "property_signature" && type !== undefined && tree.kindOf(type) === "function_type"
  );
}

/** A member's text without comments, line breaks and closing punctuation. */
function normalized(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, "")
    .replace(/\s+/g, " ")
    .replace(/\s*([<>{}()[\]|&:;,?=])\s*/g, "$1")
    .replace(/[;,]$/, "")
    .trim();
}
