import type { GoModule } from "./go-module.ts";

/** Whether the code of a module is compiled as Go `minor` (of 1.x) or later. Without a go directive: the newest. */
export function isAtLeastGo(module: GoModule | undefined, minor: number): boolean {
  const match = /^(\d+)\.(\d+)/.exec(module?.goDirective ?? "");
  if (!match) return true;
  const [, major = "1", written = "0"] = match;
  return Number(major) > 1 || Number(written) >= minor;
}
