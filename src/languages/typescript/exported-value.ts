import type { Exported } from "./export-links.ts";
import type { Inference } from "./inference.ts";
import { once, type TsType, UNKNOWN } from "./ts-type.ts";

/** The value of what an import or export means. */
export function exportedValue(found: Exported | undefined, inference: Inference): TsType {
  switch (found?.kind) {
    case "binding":
      return found.value ? inference.valueOf(found.module, found.value) : UNKNOWN;
    case "expression":
      return inference.typeOf({ module: found.module, node: found.node });
    case "namespace":
      return { kind: "namespace", module: found.module, body: found.body };
    case "external":
      return {
        kind: "external",
        module: found.module,
        path: found.path,
        isInstance: false,
        declared: once(() => exportedValue(found.declared(), inference)),
      };
    case undefined:
      return UNKNOWN;
  }
}

/** What a name stands for that nobody in sight declares. */
export function globalValue(name: string, inference: Inference): TsType {
  return {
    kind: "external",
    module: "global",
    path: [name],
    isInstance: false,
    declared: once(() => exportedValue(inference.links.global(name), inference)),
  };
}
