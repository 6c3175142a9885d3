/**
 * `node dist/scripts/release-tree.js DIRECTORY` writes what a user installs: the build, the grammars, and a package.json
 * without scripts and without what the server alone needs. Hooks and actions install it as it is, so nothing is compiled
 * or run on the way. With `--branch NAME` in place of a directory it becomes a commit on that branch, tagged with the
 * version: what `.pre-commit-hooks.yaml` and `action.yml` are fetched from.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

const COPIED = [
  "dist/src",
  "dist/rules",
  "dist/grammars",
  "docs/rules",
  "docs/chokepoint.schema.json",
  "README.md",
  "LICENSE",
  "CHANGELOG.md",
  "action.yml",
  ".pre-commit-hooks.yaml",
];
/** What only `chokepoint serve` loads. */
const SERVER_ONLY = ["dist/src/apps/server", "dist/src/adapters/queue"];
const SERVER_DEPENDENCIES = ["@electric-sql/pglite", "pg", "pg-boss", "pino", "probot"];

interface PackageManifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

function main(words: readonly string[]): void {
  const [first, name] = words;
  if (first === "--branch" && name) commitTo(name);
  else if (first && !first.startsWith("-") && words.length === 1) writeTree(resolve(first));
  else throw new Error("usage: release-tree.js DIRECTORY | --branch NAME");
}

function writeTree(directory: string): void {
  for (const path of COPIED) cpSync(join(root, path), join(directory, path), { recursive: true });
  for (const path of SERVER_ONLY) rmSync(join(directory, path), { recursive: true, force: true });
  const { scripts, devDependencies, overrides, files, dependencies, ...kept } = ownManifest();
  const needed = Object.entries(dependencies).filter(
    ([name]) => !SERVER_DEPENDENCIES.includes(name),
  );
  const manifest = { ...kept, dependencies: Object.fromEntries(needed) };
  writeFileSync(join(directory, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Git's plumbing alone: neither the work tree nor the index of the repository is touched. */
function commitTo(branch: string): void {
  const { version } = ownManifest();
  const directory = mkdtempSync(join(tmpdir(), "chokepoint-release-"));
  try {
    writeTree(directory);
    const index = join(directory, ".release-index");
    const git = (...command: string[]) =>
      execFileSync("git", [`--work-tree=${directory}`, ...command], {
        cwd: root,
        encoding: "utf8",
        env: { ...process.env, GIT_INDEX_FILE: index, GIT_DIR: gitDirectory() },
      }).trim();
    git("add", "--all", "--force", "--", ":!.release-index");
    const source = git("rev-parse", "HEAD");
    const parents = hasBranch(branch) ? ["-p", `refs/heads/${branch}`] : [];
    const message = `release: ${version} from ${source}`;
    const commit = git("commit-tree", git("write-tree"), ...parents, "-m", message);
    git("update-ref", `refs/heads/${branch}`, commit);
    git("tag", "--force", `v${version}`, commit);
    process.stdout.write(`${branch} is at ${commit}, tagged v${version}\n`);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function hasBranch(branch: string): boolean {
  try {
    execFileSync("git", ["rev-parse", "--verify", "--quiet", `refs/heads/${branch}`], {
      cwd: root,
    });
    return true;
  } catch {
    return false;
  }
}

function gitDirectory(): string {
  return execFileSync("git", ["rev-parse", "--absolute-git-dir"], {
    cwd: root,
    encoding: "utf8",
  }).trim();
}

function ownManifest(): PackageManifest & Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
}

main(process.argv.slice(2));
