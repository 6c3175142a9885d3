import { existsSync } from "node:fs";
import { join } from "node:path";
import { GitError, openGit } from "../../adapters/git.ts";
import { ConfigError } from "../../config/config.ts";
import { checkGrammars } from "../../syntax/grammar-files.ts";
import { loadParser } from "../../syntax/parser.ts";
import { ownPackage } from "../own-package.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { jobFor } from "./job-for.ts";
import { rootOf } from "./root.ts";
import { openSession } from "./session.ts";

/** `chokepoint doctor`: what a report of a fault needs; 2 where something here keeps us from working. */
export async function doctor(io: Io): Promise<ExitCode> {
  const { version, engines } = ownPackage();
  const checks = [
    { name: "chokepoint", says: version, isFine: true },
    {
      name: "node",
      says: `${process.version} on ${process.platform} ${process.arch}, and we ask for ${engines.node}`,
      isFine: isNodeFine(process.versions.node),
    },
    await parserCheck(),
    ...grammarChecks(),
    gitCheck(io),
    await configCheck(io),
    ...(await appChecks(io)),
  ];
  for (const { name, says, isFine } of checks)
    io.out(`${isFine ? "ok   " : "WRONG"} ${name.padEnd(20)} ${says}\n`);
  return checks.every(({ isFine }) => isFine) ? 0 : 2;
}

/** Where this is the home of an App: whether GitHub knows it, and what it was granted. A release tree has no server. */
async function appChecks({ directory }: Io): Promise<Check[]> {
  const isHome = existsSync(join(directory, ".env")) || process.env["APP_ID"] !== undefined;
  if (!isHome || !("probot" in ownPackage().dependencies)) return [];
  const { checkApp } = await import("../server/check-app.ts");
  const { environmentOf } = await import("../server/environment.ts");
  return checkApp(environmentOf(directory), directory);
}

interface Check {
  readonly name: string;
  readonly says: string;
  readonly isFine: boolean;
}

/** `^20.19 || >=22.12`, as in package.json. */
function isNodeFine(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
}

async function parserCheck(): Promise<Check> {
  const name = "parser";
  try {
    const { backend } = await loadParser(["go", "typescript", "tsx"]);
    if (backend !== "wasm-cursor") return { name, says: backend, isFine: true };
    const says =
      "wasm-cursor: reading memory failed its self-check, so trees are walked, and slower";
    return { name, says, isFine: true };
  } catch (error) {
    return { name, says: messageOf(error), isFine: false };
  }
}

function grammarChecks(): Check[] {
  return checkGrammars().map(({ name, file, version, isIntact }) => {
    const state = isIntact === undefined ? "from its package" : isIntact ? "intact" : "CHANGED";
    const says = [version, state, file].filter((part) => part).join(", ");
    return { name: `grammar ${name}`, says, isFine: isIntact !== false };
  });
}

function gitCheck(io: Io): Check {
  try {
    const git = openGit(io.directory);
    return { name: "git", says: `${git.version()}, repository ${git.root}`, isFine: true };
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return { name: "git", says: `${error.message} (only \`review\` needs it)`, isFine: true };
  }
}

async function configCheck(io: Io): Promise<Check> {
  const name = "configuration";
  const root = rootOf([io.directory], io.directory);
  const job = await jobFor({ only: [], skip: [] }, { kind: "disk", root }, [], io);
  const { configs, allRules } = await openSession(job);
  try {
    const { file } = configs.configFor(".");
    return { name, says: `${file ?? "defaults"}, ${allRules.length} rules`, isFine: true };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { name, says: error.message, isFine: false };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
