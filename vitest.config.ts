import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    conditions: ["source"],
    // Kernels with hooks are run without React.
    alias: { react: fileURLToPath(new URL("test/harness/hooks.ts", import.meta.url)) },
  },
  ssr: { resolve: { conditions: ["source"] } },
  test: {
    include: ["**/*.test.ts"],
    // Fixtures are read, never run: some of them are tests of the code that they show.
    exclude: [...configDefaults.exclude, "**/fixtures/**", "**/kernels/*/*/**"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // By default one processor is left free; half of the time goes into servers that wait.
    maxWorkers: availableParallelism() + 1,
  },
});
