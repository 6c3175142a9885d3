import { NONE, type NodeId } from "../../syntax/tree.ts";
import { stringValue } from "./module-exports.ts";
import { externalModuleName } from "./node-builtins.ts";
import { firstNamed } from "./nodes.ts";
import type { TypeScriptModule } from "./resolver.ts";

/** Where the names of a module are declared: a file (`body` 0), or the block of a `declare module "name"`. */
export interface ModuleScope {
  readonly module: TypeScriptModule;
  readonly body: NodeId;
}

/** The scope of a module in the file that declares it; `onlyNamed`: a file that declares several, and is none itself. */
export function scopeOfModule(
  module: TypeScriptModule,
  specifier: string,
  onlyNamed: boolean,
): ModuleScope | undefined {
  const body = ambientBody(module, externalModuleName(specifier));
  if (body !== NONE) return { module, body };
  return onlyNamed ? undefined : { module, body: 0 };
}

/** The block of `declare module "name"`; of several (`"fs"` and `"node:fs"`, one of which hands on the other) the longest. */
function ambientBody({ tree }: TypeScriptModule, name: string): NodeId {
  let longest: NodeId = NONE;
  let length = 0;
  for (const statement of tree.namedChildren(0)) {
    if (tree.kindOf(statement) !== "ambient_declaration") continue;
    const declared = firstNamed(tree, statement);
    if (declared === NONE || tree.kindOf(declared) !== "module") continue;
    const named = tree.childIn(declared, "name");
    if (named === NONE || tree.kindOf(named) !== "string") continue;
    if (externalModuleName(stringValue(tree, named)) !== name) continue;
    const body = tree.childIn(declared, "body");
    const { start, end } = tree.spanOf(declared);
    if (body === NONE || end - start <= length) continue;
    longest = body;
    length = end - start;
  }
  return longest;
}
