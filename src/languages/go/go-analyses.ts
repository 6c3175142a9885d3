import { defineInput } from "../../core/analysis.ts";
import type { GoPackage } from "./package.ts";
import type { GoResolver } from "./type.ts";

/** The package of the unit, with the files that are context. */
export const goPackage = defineInput<GoPackage>("go-package");

/** Symbols and types of the unit's package and of those it imports from its module. */
export const goResolver = defineInput<GoResolver>("go-resolver");
