import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findFiles } from "../../adapters/find-files.ts";
import { openGit } from "../../adapters/git.ts";
import { CONFIG_FILE } from "../../config/configs.ts";
import { languageOf } from "../../engine/language-of.ts";
import { languages } from "../../languages/registry.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./usage-error.ts";

export interface InitOptions {
  readonly hook?: boolean;
  readonly preCommit?: boolean;
  readonly ci?: boolean;
}

/** `chokepoint init`: writes a configuration and, when asked, a git hook; prints what other files need. Nothing is overwritten. */
export async function init({ hook, preCommit, ci }: InitOptions, io: Io): Promise<ExitCode> {
  if (preCommit) io.out(PRE_COMMIT);
  if (ci) io.out(WORKFLOW);
  if (hook) writeHook(io);
  const config = join(io.directory, CONFIG_FILE);
  if (existsSync(config)) {
    if (!(hook || preCommit || ci))
      throw new UsageError(
        `${CONFIG_FILE} is here already; \`chokepoint config show\` prints what it means`,
      );
    return 0;
  }
  writeFileSync(config, configText(languagesIn(io.directory)));
  io.say(
    `wrote ${CONFIG_FILE}; next: \`chokepoint lint\`, or \`chokepoint baseline update\` to report new findings alone\n`,
  );
  return 0;
}

/** The names of the languages that are written here. */
function languagesIn(directory: string): string[] {
  const extensions = languages.flatMap((language) => language.extensions);
  const { files } = findFiles({
    root: directory,
    paths: [directory],
    extensions,
    includes: () => true,
    forceExclude: false,
  });
  const seen = new Set(files.map((file) => languageOf(file, languages)?.name));
  return languages.map(({ name }) => name).filter((name) => seen.has(name));
}

function configText(found: readonly string[]): string {
  const example: Readonly<Record<string, string>> = {
    go: "  # go/oversized-interface: { severity: warning, limit: 12 }\n",
    typescript: "  # ts/return-await: off\n",
  };
  const rules = found.map((name) => example[name] ?? "").join("");
  return `# What holds without a line here is printed by \`chokepoint config show\`; the rules are listed by \`chokepoint rules\`.
exclude: []
rules: {}
${rules}fail-on: warning
`;
}

function writeHook(io: Io): void {
  const path = openGit(io.directory).hook("pre-commit");
  if (existsSync(path))
    throw new UsageError(`${path} is here already; add this line to it: ${HOOK_LINE}`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n# pre-commit: what the staged lines bring\n${HOOK_LINE}\n`);
  chmodSync(path, 0o755);
  io.say(`wrote ${path}\n`);
}

const HOOK_LINE = "exec chokepoint lint --staged --no-error-on-unmatched";

const PRE_COMMIT = `repos:
  - repo: <the repository of Chokepoint>
    rev: v0.1.0
    hooks:
      - id: lint
      - id: config-verify
`;

const WORKFLOW = `name: chokepoint
on: pull_request
permissions: { contents: read }
jobs:
  chokepoint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with: { fetch-depth: 0 }
      - uses: <the repository of Chokepoint>@v0.1.0
`;
