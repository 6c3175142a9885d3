import type { Language } from "../languages/language.ts";

/** The language that a path's extension belongs to. */
export function languageOf(path: string, languages: readonly Language[]): Language | undefined {
  return languages.find(({ extensions }) => extensions.some((end) => path.endsWith(end)));
}
