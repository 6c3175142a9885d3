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

/** Two packages that lock what a third one has, whose functions stand in several files and are followed into. */
const GO_FILES = {
  "go.mod": "module example.com/m\n\ngo 1.25\n",
  "group/group.go": `package group

import "sync"

type Group struct {
	Mu    *sync.Mutex
	Own   *sync.Mutex
	Names []string
}

func (g *Group) Size() int {
	return len(g.Names)
}

func (g *Group) Clear() {
	empty(g)
}

var empty = func(g *Group) {
	g.lock().Lock()
	g.Names = nil
	g.lock().Unlock()
}
`,
  "group/lock.go": `package group

import "sync"

func (g *Group) lock() *sync.Mutex {
	return g.Own
}

func Reset() {
}
`,
  "group/group_test.go": "package group\n\nfunc size() int {\n\treturn 1\n}\n",
  "waits/waits.go": `package waits

import "example.com/m/group"

func Wait(of *group.Group) {
	of.Mu.Lock()
	of.Clear()
	if of.Size() == 0 {
		return
	}
	of.Mu.Unlock()
}
`,
  "sizes/sizes.go": `package sizes

import "example.com/m/group"

func Sizes(of *group.Group) int {
	of.Mu.Lock()
	defer of.Mu.Unlock()
	return of.Size()
}
`,
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

const GO_EDITS: Readonly<Record<string, Edit>> = {
  "a line above": (root, file) => replaced(root, file, /^/, "// A remark.\n"),
  "another lock": (root, file) => replaced(root, file, "return g.Own", "return g.Mu"),
  "the lock as before": (root, file) => replaced(root, file, "return g.Mu", "return g.Own"),
  "assigned again": (root, file) =>
    replaced(root, file, "() {\n}", "() {\n\tempty = func(*Group) {}\n}"),
  "assigned in a test": (root, file) =>
    replaced(root, file, "\treturn 1", "\tempty = nil\n\treturn 1"),
  "locked in there": (root, file) =>
    replaced(root, file, "\treturn len(", "\tg.Mu.Lock()\n\tdefer g.Mu.Unlock()\n\treturn len("),
  "a statement more": (root, file) => replaced(root, file, /\{\n\t/, "{\n\tprintln()\n\t"),
  "one field less": (root, file) => replaced(root, file, /\n\tOwn .*/, ""),
  "by value": (root, file) => replaced(root, file, "Mu    *sync", "Mu    sync"),
  gone: (root, file) => rmSync(join(root, file), { force: true }),
  renamed: (root, file) => {
    if (existsSync(join(root, file)))
      renameSync(join(root, file), join(root, file.replace(/\.go$/, "_more.go")));
  },
  "as they were": (root) => write(root, GO_FILES),
};

const WORKSPACES = [
  { of: "TypeScript", files: FILES, edits: EDITS, sources: /\.ts$/, steps: 10 },
  { of: "Go", files: GO_FILES, edits: GO_EDITS, sources: /\.go$/, steps: 60 },
];

describe("a run with the cache", () => {
  it.each(
    WORKSPACES.flatMap((each) => Array.from({ length: 8 }, (_, seed) => ({ ...each, seed }))),
  )("finds what one without finds, whatever was changed in $of ($seed)", async ({
    files,
    edits,
    sources,
    steps,
    seed,
  }) => {
    const random = randomFrom(seed);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const root = temporaryTree(files);
    const cache = temporaryTree();
    const lint = async (...words: string[]) =>
      (await chokepoint(root, ["lint", "-f", "json", "--threads", "1", ...words])).out;
    let findings = 0;
    for (let step = 0; step < steps; step++) {
      const name = pick(Object.keys(edits));
      const file = pick(Object.keys(files).filter((path) => sources.test(path)));
      edits[name]?.(root, file, pick);
      const fresh = await lint("--no-cache");
      expect(await lint("--cache-location", cache), `${name}: ${file}`).toBe(fresh);
      findings += (JSON.parse(fresh) as { findings: unknown[] }).findings.length;
    }
    expect(findings).toBeGreaterThan(0);
    expect(readdirSync(cache).length).toBeGreaterThan(0);
  });
});
