import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeExampleRepository } from "./example-repository.ts";

const main = fileURLToPath(new URL("../src/apps/cli/main.js", import.meta.url));
const BLOCK = /(<!-- example:begin -->\n)[\s\S]*?(<!-- example:end -->)/;

/** The README with what `chokepoint lint` prints for a deadlock of the example change. */
export function withExample(readme: string): string {
  const folder = mkdtempSync(join(tmpdir(), "chokepoint-example-"));
  try {
    makeExampleRepository(folder);
    const words = [
      "lint",
      "--no-cache",
      "--quiet",
      "--only",
      "go/blocking-call-under-lock",
      "hub.go",
    ];
    const { stdout } = spawnSync(process.execPath, [main, ...words], {
      cwd: folder,
      encoding: "utf8",
    });
    return readme.replace(
      BLOCK,
      (_, begin, end) => `${begin}\n\`\`\`\n${stdout.trimEnd()}\n\`\`\`\n\n${end}`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
