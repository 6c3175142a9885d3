import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the fault of a kernel's buggy twin is. */
export interface Fault {
  readonly name: string;
  /** What the toolchain proved it to do: hang, leak, panic or race. */
  readonly outcome: string;
  readonly line: number;
  /** Where the package has several. */
  readonly file?: string;
  readonly go: string;
}

const KERNELS = fileURLToPath(new URL("../../../test/kernels", import.meta.url));
/** What a harmless program is read as. */
const NEWEST = "1.25";

/**
 * Writes the kernels as modules below a directory, one for each Go version: `go1.22/NAME/buggy`, `…/fixed`, `go1.25/NAME/harmless`.
 * Answers the faults and the names of the harmless programs.
 */
export function writeKernelModules(target: string): { faults: Fault[]; harmless: string[] } {
  const faults = readdirSync(join(KERNELS, "go")).map((name): Fault => {
    const text = readFileSync(join(KERNELS, "go", name, "kernel.json"), "utf8");
    return { ...(JSON.parse(text) as Omit<Fault, "name">), name };
  });
  for (const { name, go } of faults)
    for (const twin of ["buggy", "fixed"])
      cpSync(join(KERNELS, "go", name, twin), join(moduleOf(target, go), name, twin), {
        recursive: true,
      });
  const harmless = readdirSync(join(KERNELS, "harmless"));
  for (const name of harmless)
    cpSync(join(KERNELS, "harmless", name), join(moduleOf(target, NEWEST), name, "harmless"), {
      recursive: true,
    });
  return { faults, harmless };
}

function moduleOf(target: string, go: string): string {
  const folder = join(target, `go${go}`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "go.mod");
  if (!existsSync(file)) writeFileSync(file, `module kernels\n\ngo ${go}\n`);
  return folder;
}
