import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { syntaxNumbers } from "../syntax-numbers.ts";

/** One parameter or result, as its list declares it. */
export interface Parameter {
  /** NONE for one without a name. */
  readonly name: NodeId;
  readonly type: NodeId;
  readonly isVariadic: boolean;
}

/** The entries of a parameter list; `a, b int` are two. A result without parentheses is one. */
export function parametersIn(tree: Tree, list: NodeId): Parameter[] {
  if (list === NONE) return [];
  const { kind } = syntaxNumbers(tree.grammar);
  if (tree.kind[list] !== kind.parameter_list)
    return [{ name: NONE, type: list, isVariadic: false }];
  return tree.namedChildren(list).flatMap((entry): Parameter[] => {
    const isVariadic = tree.kind[entry] === kind.variadic_parameter_declaration;
    if (!isVariadic && tree.kind[entry] !== kind.parameter_declaration) return [];
    const type = tree.childIn(entry, "type");
    const names = tree.childrenIn(entry, "name");
    return type === NONE
      ? []
      : (names.length === 0 ? [NONE] : names).map((name) => ({ name, type, isVariadic }));
  });
}

/** Whether every mention of a function in its package is a call or its declaration. */
export function isOnlyCalled(texts: Iterable<string>, name: string): boolean {
  const mention = new RegExp(`(?<![\\w.])${name}\\b(?!\\s*[(\\[])`);
  for (const text of texts) if (mention.test(withoutComments(text))) return false;
  return true;
}

function withoutComments(text: string): string {
  return text.replace(/\/\/[^\n]*/g, "");
}
