#!/usr/bin/env node
import { existsSync } from "node:fs";
import { setEngine } from "../engine-settings.ts";
import { ownVersion } from "../own-package.ts";

/** Wires the process to `run`. What only asks for the version loads nothing else. */
const words = process.argv.slice(2);
if (words.length === 1 && (words[0] === "--version" || words[0] === "-V")) {
  process.stdout.write(`${ownVersion()}\n`);
} else {
  setEngine();
  const { run } = await loadRun();
  const { NO_COLOR, FORCE_COLOR, TERM, HOME, XDG_CACHE_HOME } = process.env;
  const { GITHUB_TOKEN, GH_TOKEN, GITHUB_API_URL, RULE_PAGES } = process.env;
  for (const stream of [process.stdout, process.stderr]) stream.on("error", leaveQuietly);
  process.exitCode = await run(words, {
    directory: process.cwd(),
    environment: {
      NO_COLOR,
      FORCE_COLOR,
      TERM,
      HOME,
      XDG_CACHE_HOME,
      GITHUB_TOKEN,
      GH_TOKEN,
      GITHUB_API_URL,
      RULE_PAGES,
    },
    isTerminal: process.stdout.isTTY === true,
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    out: (text) => void process.stdout.write(text),
    say: (text) => void process.stderr.write(text),
    readStandardInput,
    clock: () => performance.now(),
  });
}

/** From the bundle of a build, which starts in a third of the time. */
async function loadRun(): Promise<typeof import("./run.ts")> {
  const bundled = new URL("../../bundle/run.js", import.meta.url);
  return existsSync(bundled) ? import(bundled.href) : import("./run.ts");
}

/** Who reads us has closed the pipe (`chokepoint lint | head`): nobody is left to tell, the exit code stands. */
function leaveQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
