import type { Place } from "../../core/position.ts";
import { NONE } from "../../syntax/tree.ts";
import { childIn } from "./go-file.ts";
import { syntaxNumbers } from "./syntax-numbers.ts";
import type { TypeDeclaration } from "./type.ts";

/** The name in a type's declaration. */
export function typeDeclarationPlace({ file, tree, node }: TypeDeclaration): Place {
  const name = childIn(tree, node, syntaxNumbers(tree.grammar).field.name);
  return { file, ...tree.spanOf(name === NONE ? node : name) };
}
