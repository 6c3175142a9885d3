/** Makes the example repository in a temporary folder and prints the review of its change: `npm run example`. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeExampleRepository } from "./example-repository.ts";

const main = fileURLToPath(new URL("../src/apps/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "chokepoint-example-"));
try {
  makeExampleRepository(folder);
  const { status } = spawnSync(
    process.execPath,
    [main, "review", "main...change", "--fail-on", "never"],
    {
      cwd: folder,
      stdio: "inherit",
    },
  );
  process.exitCode = status ?? 2;
} finally {
  rmSync(folder, { recursive: true });
}
