import type { Workspace } from "../language.ts";
import { LIBRARY } from "./library-declarations.ts";
import type { TypeScriptModule } from "./resolver.ts";

const libraries = new WeakMap<Workspace, { readonly module: TypeScriptModule | undefined }>();

/** Our own declarations of the platform as a module, parsed when first asked for. */
export function libraryOf(workspace: Workspace): TypeScriptModule | undefined {
  let library = libraries.get(workspace);
  if (!library) {
    const path = "chokepoint-library.d.ts";
    const tree = workspace.parseText(path, LIBRARY);
    library = { module: tree && { path, tree, isJudged: false } };
    libraries.set(workspace, library);
  }
  return library.module;
}
