import { goLanguage } from "./go/go-language.ts";
import type { Language } from "./language.ts";
import { typescriptLanguage } from "./typescript/typescript-language.ts";

/** The languages there are. A third one is a folder, and one line here. */
export const languages: readonly Language[] = [goLanguage, typescriptLanguage];
