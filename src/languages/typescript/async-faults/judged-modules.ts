import type { Use } from "../../../core/analysis.ts";
import { typescriptModules } from "../modules.ts";
import type { TypeScriptModule } from "../resolver.ts";

/** What `find` finds in the judged files whose text matches, in order. */
export function inJudgedModules<T>(
  use: Use,
  interest: RegExp,
  find: (module: TypeScriptModule) => Iterable<T>,
): T[] {
  const { judged, module: moduleOf, text } = use(typescriptModules);
  return judged.flatMap((path) => {
    const module = interest.test(text(path) ?? "") ? moduleOf(path) : undefined;
    return module ? [...find(module)] : [];
  });
}
