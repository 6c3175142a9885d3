import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const TOOLS = [
  "typescript@5.9.3",
  "eslint@10.15.0",
  "@typescript-eslint/parser@8.74.0",
  "@typescript-eslint/eslint-plugin@8.74.0",
];

/** Packages that ship their TypeScript sources, with what they need beside what they declare. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  "puppeteer-core@25.16.0": [],
  "libp2p@3.3.11": [],
  "openai@7.57.0": [],
  "@temporalio/worker@1.24.0": [],
  "@supabase/auth-js@2.119.1": [],
  "matrix-js-sdk@43.0.0": [],
};

/** Installs typescript-eslint below a directory, once. */
export function installTools(scratch: string): string {
  const directory = join(scratch, "tools");
  if (!existsSync(join(directory, "node_modules/eslint"))) install(directory, TOOLS);
  return directory;
}

/** Sources of published packages beside the dependencies that they were built with; the directories. */
export function installPackages(scratch: string): string[] {
  return Object.entries(PACKAGES).map(([wanted, others]) => {
    const name = wanted.slice(0, wanted.lastIndexOf("@"));
    const directory = join(scratch, name.replace(/[@/]+/g, "-").replace(/^-/, ""));
    if (existsSync(join(directory, "src"))) return directory;
    install(directory, [wanted, "@types/node@24.10.1", ...others]);
    cpSync(join(directory, "node_modules", name, "src"), join(directory, "src"), {
      recursive: true,
    });
    return directory;
  });
}

function install(directory: string, packages: readonly string[]): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "package.json"), '{ "private": true, "type": "module" }\n');
  execFileSync(
    "npm",
    ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", ...packages],
    { cwd: directory, stdio: ["ignore", "ignore", "inherit"] },
  );
}
