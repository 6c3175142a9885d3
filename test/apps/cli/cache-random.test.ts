import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { randomFrom } from "../../../bench/random.ts";
import { temporaryTree, write } from "../../adapters/temporary-tree.ts";
import { chokepoint } from "./in-process.ts";

/** A workspace of two packages, with a tsconfig that maps paths, an installed package, a circle of imports, and re-exports. */
const FILES = {
  "package.json": '{ "name": "all", "private": true, "workspaces": ["packages/*"] }',
  "packages/store/package.json": '{ "name": "@all/store", "exports": "./src/index.ts" }',
  "packages/store/src/index.ts":
    'export * from "./store.js";\nexport type { Backend } from "./backend.js";\n',
  "packages/store/src/backend.ts":
    "export interface Backend {\n  write(key: string): Promise<void>;\n  size(): number;\n}\n",
  "packages/store/src/store.ts": `import type { Backend } from "./backend.js";
import { log } from "./log.js";

export class Store implements Backend {
  #value: string | undefined;
  async write(key: string): Promise<void> {
    if (this.#value === undefined) {
      this.#value = await log(key);
    }
  }
  size(): number {
    return 1;
  }
}
`,
  "packages/store/src/log.ts": `import { Store } from "./store.js";

export async function log(text: string): Promise<string> {
  return text;
}
export const shared = new Store();
`,
  "packages/app/package.json": '{ "name": "app", "private": true }',
  "packages/app/tsconfig.json": '{ "compilerOptions": { "paths": { "~/*": ["./src/*"] } } }',
  "packages/app/src/main.ts": `import { type Backend, Store } from "@all/store";
import { send } from "installed";
import { notify } from "~/notify";

export function start(backend: Backend = new Store()): void {
  backend.write("a");
  notify();
  send("b");
}
`,
  "packages/app/src/notify.ts": `export async function notify(): Promise<void> {
  await fetch("/notify");
}
`,
  "node_modules/installed/package.json": '{ "name": "installed", "types": "index.d.ts" }',
  "node_modules/installed/index.d.ts":
    "export declare function send(text: string): Promise<void>;\n",
};

type Edit = (root: string, file: string, pick: <T>(from: readonly T[]) => T) => void;

function replaced(root: string, file: string, from: string | RegExp, to: string): void {
  const path = join(root, file);
  if (existsSync(path)) writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
}

/** What people do to files; each may meet a file where it changes nothing. */
const EDITS: Readonly<Record<string, Edit>> = {
  "a line above": (root, file) => replaced(root, file, /^/, "// A remark.\n"),
  "a function that starts something": (root, file) =>
    replaced(root, file, /$/, "export async function work(): Promise<void> {}\nwork();\n"),
  "no longer asynchronous": (root, file) =>
    replaced(root, file, /async (\w+\(.*\)): Promise<(\w+)>/, "$1: $2"),
  asynchronous: (root, file) =>
    replaced(
      root,
      file,
      /(?:export )?function (\w+)\((.*)\): void/,
      "export async function $1($2): Promise<void>",
    ),
  "a type that isn't told": (root, file) => replaced(root, file, /\): Promise<void>/, ")"),
  awaited: (root, file) => replaced(root, file, /^ {2}(\w+\()/m, "  await $1"),
  "one member more": (root, file) =>
    replaced(root, file, "size(): number;", "size(): number;\n  close(): Promise<void>;"),
  "another name exported": (root, file) =>
    replaced(root, file, /export (async )?function (\w+)/, "export $1function $2Again"),
  gone: (root, file) => rmSync(join(root, file), { force: true }),
  renamed: (root, file) => {
    if (existsSync(join(root, file)))
      renameSync(join(root, file), join(root, file.replace(/\.(\w+)$/, "-2.$1")));
  },
  "as it was": (root, file) => write(root, { [file]: FILES[file as keyof typeof FILES] }),
  "a file that is found before": (root, file) =>
    write(root, {
      [file.replace(/\.ts$/, ".js")]: "export function log() {}\nexport const notify = log;\n",
    }),
  "a directory of its own": (root, file) =>
    write(root, { [file.replace(/[^/]*$/, "package.json")]: '{ "name": "inner" }' }),
  "other paths": (root, _, pick) =>
    write(root, {
      "packages/app/tsconfig.json": `{ "compilerOptions": { "paths": { "~/*": ["./${pick(["src", "lib"])}/*"] } } }`,
    }),
  "another entry": (root, _, pick) =>
    write(root, {
      "packages/store/package.json": `{ "name": "@all/store", "exports": "./src/${pick(["store", "index", "log"])}.ts" }`,
    }),
  "other settings": (root, _, pick) =>
    write(root, {
      ".chokepoint.yml": `rules:\n  ts/floating-promise: ${pick(["warning", "error", "off"])}\n`,
    }),
};

describe("a run with the cache", () => {
  it.each(
    Array.from({ length: 8 }, (_, seed) => seed),
  )("finds what one without finds, whatever was changed (%i)", async (seed) => {
    const random = randomFrom(seed);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const root = temporaryTree(FILES);
    const cache = temporaryTree();
    const lint = async (...words: string[]) =>
      (await chokepoint(root, ["lint", "-f", "json", "--threads", "1", ...words])).out;
    let findings = 0;
    for (let step = 0; step < 10; step++) {
      const name = pick(Object.keys(EDITS));
      const file = pick(Object.keys(FILES).filter((path) => path.endsWith(".ts")));
      EDITS[name]?.(root, file, pick);
      const fresh = await lint("--no-cache");
      expect(await lint("--cache-location", cache), `${name}: ${file}`).toBe(fresh);
      findings += (JSON.parse(fresh) as { findings: unknown[] }).findings.length;
    }
    expect(findings).toBeGreaterThan(0);
    expect(readdirSync(cache).length).toBeGreaterThan(0);
  });
});
