import { NONE } from "../../syntax/tree.ts";
import type { Exported } from "./export-links.ts";
import type { Inference } from "./inference.ts";
import { type TsType, UNKNOWN } from "./ts-type.ts";

/** The value of what an import or export means. */
export function exportedValue(found: Exported | undefined, inference: Inference): TsType {
  switch (found?.kind) {
    case "binding":
      return found.value ? inference.valueOf(found.module, found.value) : UNKNOWN;
    case "expression":
      return inference.typeOf({ module: found.module, node: found.node });
    case "namespace":
      return { kind: "namespace", module: found.module, body: NONE };
    case "external":
      return { kind: "external", module: found.module, path: found.path, isInstance: false };
    case undefined:
      return UNKNOWN;
  }
}
