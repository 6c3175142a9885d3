import type { GrammarName } from "../tree.ts";
import { goGenericMethod } from "./go-generic-method.ts";
import { goNewValue } from "./go-new-value.ts";
import type { Rewrite } from "./rewrite.ts";
import { tsxAmpersand } from "./tsx-ampersand.ts";
import { typescriptAccessor, typescriptAccessorName } from "./typescript-accessor.ts";
import { typescriptCallSignature } from "./typescript-call-signature.ts";
import {
  typescriptAbstractName,
  typescriptAbstractOverride,
  typescriptStaticIndex,
} from "./typescript-class-members.ts";
import { typescriptDefaultFunction } from "./typescript-default-function.ts";
import { typescriptImportQuery } from "./typescript-import-query.ts";
import { typescriptImportType } from "./typescript-import-type.ts";
import {
  typescriptExportAttributes,
  typescriptExportType,
  typescriptImportPhase,
  typescriptNestedGlobal,
} from "./typescript-modules.ts";
import { typescriptTagArguments } from "./typescript-tag-arguments.ts";
import {
  typescriptEscapedBacktick,
  typescriptGenericArgument,
  typescriptKeyofReadonly,
  typescriptOptionalElement,
  typescriptSpacedOptional,
  typescriptTypeKey,
  typescriptVariableAs,
} from "./typescript-types.ts";
import { typescriptUsing } from "./typescript-using.ts";
import { typescriptUsingName } from "./typescript-using-name.ts";
import { typescriptVariance } from "./typescript-variance.ts";

/** What a grammar reads wrongly without saying so: rewritten before the first parse. */
export function silentGaps(grammar: GrammarName): readonly Rewrite[] {
  return grammar === "go" ? [] : [typescriptUsing, typescriptImportQuery];
}

/** What a grammar reports as an error: rewritten where a parse was damaged. The more particular come first. */
export function loudGaps(grammar: GrammarName): readonly Rewrite[] {
  if (grammar === "go") return goGaps;
  return grammar === "tsx" ? tsxGaps : typescriptGaps;
}

const goGaps = [goNewValue, goGenericMethod];

const typescriptGaps = [
  typescriptUsingName,
  typescriptAccessor,
  typescriptAccessorName,
  typescriptVariance,
  typescriptExportType,
  typescriptExportAttributes,
  typescriptImportPhase,
  typescriptNestedGlobal,
  typescriptStaticIndex,
  typescriptAbstractOverride,
  typescriptAbstractName,
  typescriptImportType,
  typescriptOptionalElement,
  typescriptSpacedOptional,
  typescriptKeyofReadonly,
  typescriptTypeKey,
  typescriptEscapedBacktick,
  typescriptGenericArgument,
  typescriptVariableAs,
  typescriptCallSignature,
  typescriptDefaultFunction,
  typescriptTagArguments,
];

const tsxGaps = [...typescriptGaps, tsxAmpersand];
