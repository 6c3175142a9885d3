import type { GoModule } from "./go-module.ts";

/** Whether the code of a module is compiled as Go `minor` (of 1.x) or later. Without a go directive: the newest. */
export function isAtLeastGo(module: GoModule | undefined, minor: number): boolean {
  const match = /^(\d+)\.(\d+)/.exec(module?.goDirective ?? "");
  if (!match) return true;
  const [, major = "1", written = "0"] = match;
  return Number(major) > 1 || Number(written) >= minor;
}

/** `//go:build go1.21 && linux`: a version that the whole file asks for. */
const FILE_VERSION = /^\/\/go:build (?!.*(?:\|\||!)).*\bgo1\.(\d+)\b/m;

/** The same for one file, whose build constraint may name a version of its own. */
export function isFileAtLeastGo(
  { text }: { readonly text: string },
  module: GoModule | undefined,
  minor: number,
): boolean {
  const own = FILE_VERSION.exec(text)?.[1];
  return own === undefined ? isAtLeastGo(module, minor) : Number(own) >= minor;
}

/**
 * The Go version that a file is compiled as, `minor` of 1.x, where its build constraint or go.mod says. A toolchain line changes
 * neither the language nor how timers behave.
 */
export function goMinorOf(
  { text }: { readonly text: string },
  module: GoModule | undefined,
): number | undefined {
  const own = FILE_VERSION.exec(text)?.[1];
  const written = own ?? /^1\.(\d+)/.exec(module?.goDirective ?? "")?.[1];
  return written === undefined ? undefined : Number(written);
}
