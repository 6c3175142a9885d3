import { describe, expect, test } from "vitest";
import { argumentsOf } from "../../../src/languages/typescript/nodes.ts";
import { openFiles } from "./workspace.ts";

/**
 * Each line `ask(<expression>); // yes|no|unknown` is a question. The rest of the text is what the answer stands on.
 */
function check(main: string, others: Readonly<Record<string, string>> = {}): void {
  const { modules, resolver } = openFiles({ "main.ts": main, ...others });
  const module = modules.module("main.ts");
  if (!module) throw new Error("main.ts was not parsed");
  const { tree } = module;
  const wrong: string[] = [];
  let asked = 0;
  for (let node = 0; node < tree.size; node++) {
    if (tree.kindOf(node) !== "call_expression") continue;
    if (tree.textOf(tree.childIn(node, "function")) !== "ask") continue;
    const [expression] = argumentsOf(tree, node);
    const line = tree.text.slice(tree.end[node], tree.text.indexOf("\n", tree.end[node]));
    const expected = /\/\/ (yes|no|unknown)/.exec(line)?.[1];
    if (expression === undefined || expected === undefined) throw new Error(`no answer: ${line}`);
    asked++;
    const answer = resolver.isPromise({ module, node: expression });
    if (answer !== expected) wrong.push(`${tree.textOf(expression)}: ${answer}, not ${expected}`);
  }
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(0);
}

describe("promise inference", () => {
  test("async functions and annotations", () => {
    check(`
      declare function ask(x: unknown): void;
      async function save() { return 1; }
      const load = async () => {};
      function typed(): Promise<string> { return null as any; }
      function plain(): string { return ""; }
      declare function overload(a: string): Promise<void>;
      declare function overload(a: string, b: number): void;
      declare const pending: Promise<number>;
      ask(save()); // yes
      ask(load()); // yes
      ask(typed()); // yes
      ask(plain()); // no
      ask(save); // no
      ask(overload("a")); // yes
      ask(overload("a", 1)); // no
      ask(pending); // yes
      ask(unheardOf()); // unknown
      ask(await save()); // no
      ask((save)()); // yes
      ask((async () => 1)()); // yes
    `);
  });

  test("results inferred from bodies", () => {
    check(`
      declare function ask(x: unknown): void;
      async function save() {}
      const again = () => save();
      function both(x: boolean) { return x ? save() : Promise.resolve(); }
      function some(x: boolean) { if (x) return save(); return 1; }
      function early(x: boolean) { if (x) return; return save(); }
      function nothing() { save(); }
      function deep() { return again().then(() => 1).catch(console.error).finally(() => {}); }
      function loop(n: number) { return n ? loop(n - 1) : save(); }
      function* numbers() { yield save(); }
      async function* later() { yield 1; }
      ask(again()); // yes
      ask(both(true)); // yes
      ask(some(true)); // unknown
      ask(early(true)); // unknown
      ask(nothing()); // no
      ask(deep()); // yes
      ask(loop(2)); // unknown
      ask(numbers()); // no
      ask(later()); // no
    `);
  });

  test("methods on this, on instances, on typed parameters and fields", () => {
    check(`
      declare function ask(x: unknown): void;
      interface Store { get(key: string): Promise<string>; size: number; put?: (v: string) => Promise<void>; }
      interface Big extends Store { drop(): Promise<void> }
      abstract class Base { abstract start(): Promise<void>; async stop() {} }
      class Server extends Base {
        #store: Store; ready: Promise<void>; private log = async () => {};
        constructor(private readonly big: Big, store: Store) { super(); this.#store = store; ask(big.drop()); } // yes
        static async create() { return new Server(null as any, null as any); }
        start() { return this.run(); }
        private async run() {
          ask(this.big.get("a")); // yes
          ask(this.big.drop()); // yes
          ask(this.#store.get("a")); // yes
          ask(this.#store.size); // no
          ask(this.#store.put?.("a")); // unknown
          ask(this.ready); // yes
          ask(this.log()); // yes
          ask(this.stop()); // yes
          ask(super.stop()); // yes
          ask(this.start()); // yes
        }
        get state() { return this.ready; }
      }
      async function main(store: Store, { get, size }: Store) {
        ask(store.get("x")); // yes
        ask(get("x")); // yes
        ask(size); // no
        const server = await Server.create();
        ask(server.stop()); // yes
        ask(server.state); // yes
        ask(new Server(null as any, store).stop()); // yes
        ask(Server.create()); // yes
        let late; late = new Server(null as any, store);
        ask(late.stop()); // yes
        for (const s of [store, store]) ask(s.get("a")); // yes
      }
    `);
  });

  test("promises of the language", () => {
    check(`
      declare function ask(x: unknown): void;
      async function save() { return [1]; }
      ask(new Promise(() => {})); // yes
      ask(Promise.all([save()])); // yes
      ask(Promise.resolve(1)); // yes
      ask(Object.assign(save(), { cancel() {} })); // yes
      ask(Promise.withResolvers().promise); // yes
      ask([1].map(async (x) => x)); // no
      ask([1].map(async (x) => x)[0]); // yes
      ask(import("./other")); // yes
      ask([1, 2].reduce((p, x) => p.then(() => x), Promise.resolve(0))); // yes
      const [one, two] = await Promise.all([save(), { run: async () => {} }]);
      ask(one); // no
      ask(two.run()); // yes
      ask(save().then((x) => x.length)); // yes
    `);
  });

  test("imports between files and workspace packages, external modules by table", () => {
    check(
      `
      import defaultSave, { save as store, type Store, wrapped } from "./store.js";
      import * as all from "./store";
      import { helper } from "@org/helper";
      import { mapped } from "~/mapped";
      import fs from "fs";
      import { readFile } from "node:fs/promises";
      import { setTimeout as sleep } from "timers/promises";
      declare function ask(x: unknown): void;
      declare const typed: Store;
      ask(store()); // yes
      ask(defaultSave()); // yes
      ask(all.save()); // yes
      ask(all.nested.save()); // yes
      ask(wrapped()); // yes
      ask(typed.get()); // yes
      ask(helper()); // yes
      ask(mapped()); // yes
      ask(readFile("x")); // yes
      ask(fs.promises.readFile("x")); // yes
      ask(fs.readFile("x", () => {})); // no
      ask(sleep(10)); // yes
      ask(setTimeout(() => {}, 10)); // no
      ask(fetch("x")); // yes
      fetch("x").then((response) => { ask(response.json()); }); // yes
    `,
      {
        "store.ts": `
          export async function save() {}
          export interface Store { get(): Promise<number> }
          export { save as default };
          export * from "./more";
          export * as nested from "./store";
        `,
        "more/index.ts": `import { save } from "../store"; export const wrapped = () => save();`,
        "package.json": `{ "workspaces": ["packages/*"] }`,
        "tsconfig.json": `{ /* c */ "compilerOptions": { "paths": { "~/*": ["./lib/*"], } } }`,
        "lib/mapped.ts": `export const mapped = async () => 1;`,
        "packages/helper/package.json": `{ "name": "@org/helper", "main": "dist/index.js" }`,
        "packages/helper/src/index.ts": `export const helper = async () => {};`,
      },
    );
  });

  test("CommonJS", () => {
    check(
      `
      const { save, other } = require("./store");
      const store = require("./store");
      const fs = require("fs");
      ask(save()); // yes
      ask(store.save()); // yes
      ask(other()); // yes
      ask(fs.promises.readFile("x")); // yes
    `,
      {
        "store.js": `async function save() {} exports.other = async () => {}; module.exports = { save, other: async () => {} };`,
      },
    );
  });

  test("common libraries, by their tables", () => {
    check(`
      import { Pool } from "pg";
      import Redis from "ioredis";
      import axios from "axios";
      import { QueryClient, useQueryClient } from "@tanstack/react-query";
      import userEvent from "@testing-library/user-event";
      import type { Page } from "@playwright/test";
      declare function ask(x: unknown): void;
      declare const page: Page;
      declare const response: Response;
      const pool = new Pool();
      const redis = new Redis();
      const cache = new QueryClient();
      ask(pool.query("select 1")); // yes
      ask(pool.query("select 1", () => {})); // unknown
      ask((await pool.connect()).query("select 1")); // yes
      ask((await pool.connect()).release()); // no
      ask(redis.set("a", "b")); // yes
      ask(redis.on("error", () => {})); // unknown
      ask(axios.get("/")); // yes
      ask(cache.fetchQuery()); // yes
      ask(cache.invalidateQueries()); // yes
      ask(useQueryClient().ensureQueryData()); // yes
      ask(userEvent.click(1)); // yes
      ask(userEvent.setup().type(1, "a")); // yes
      ask(page.goto("/")); // yes
      ask(page.getByRole("button").click()); // yes
      ask(page.getByRole("button")); // unknown
      ask(response.body.getReader().cancel()); // yes
    `);
  });

  test("declarations of installed packages", () => {
    check(
      `
      import pkg, { connect, Client, type Options } from "driver";
      import { pool } from "driver/pool";
      import old from "old";
      import * as http from "http";
      import { within } from "@scope/typed";
      import { nothing } from "absent";
      declare function ask(x: unknown): void;
      declare const options: Options;
      const client = new Client();
      class Own extends Client {
        run() { ask(this.query("a")); } // yes
      }
      ask(connect("a")); // yes
      ask(pkg("a")); // yes
      ask(client.query("a")); // yes
      ask(client.query("a", (error) => {})); // no
      ask(client.on("end", () => {})); // no
      ask(client.on("end", () => {}).query("a")); // yes
      ask(client.pending.get("a")); // unknown
      ask(client.pending.get("a")!); // yes
      ask(client.retry(() => 1)); // no
      ask(client.retry(async () => 1)); // yes
      ask(client.name); // no
      ask(options.load()); // yes
      ask(pool.end()); // yes
      ask(old()); // yes
      ask(old.sync()); // no
      ask(http.request("a").flush()); // yes
      ask(within<Promise<void>>()); // yes
      ask(nothing()); // unknown
      for (const one of client.all) ask(one); // yes
    `,
      {
        "node_modules/driver/package.json": `{
          "exports": {
            ".": { "import": { "types": "./dist/index.d.mts", "default": "./dist/index.mjs" } },
            "./*": { "types": "./dist/*.d.mts" }
          }
        }`,
        "node_modules/driver/dist/index.d.mts": `
          export { connect as default, connect } from "./connect.mjs";
          export * from "./client.mjs";
        `,
        "node_modules/driver/dist/connect.d.mts": `
          import type { Client } from "./client.mjs";
          export declare function connect(url: string): Promise<Client>;
        `,
        "node_modules/driver/dist/client.d.mts": `
          import { EventEmitter } from "node:events";
          declare class Client extends EventEmitter {
            readonly name: string;
            readonly pending: Map<string, Promise<void>>;
            readonly all: Set<Promise<void>>;
            query(text: string, done: (error: Error | null) => void): void;
            query(text: string): Promise<string[]>;
            retry<T>(work: () => T): T;
          }
          interface Options { load(): Promise<void> }
          export { Client, Options };
        `,
        "node_modules/driver/dist/pool.d.mts": `
          export declare const pool: { end(): Promise<void> };
        `,
        "node_modules/@types/old/package.json": `{ "types": "index.d.ts" }`,
        "node_modules/@types/old/index.d.ts": `
          declare namespace old { function sync(): string; }
          declare function old(): Promise<void>;
          export = old;
        `,
        "node_modules/@types/node/package.json": "{}",
        "node_modules/@types/node/http.d.ts": `
          declare module "http" {
            interface ClientRequest { flush(): Promise<void> }
            function request(url: string): ClientRequest;
          }
          declare module "node:http" { export * from "http"; }
        `,
        "node_modules/@types/node/events.d.ts": `
          declare module "node:events" {
            class EventEmitter { on(name: string, listener: () => void): this; }
            export { EventEmitter };
          }
        `,
        "node_modules/@types/scope__typed/package.json": `{ "typings": "./types" }`,
        "node_modules/@types/scope__typed/types.d.ts": "export function within<T>(): T;",
      },
    );
  });

  test("our own declarations of the platform", () => {
    check(`
      import { createServer } from "node:http";
      import { EventEmitter } from "node:events";
      declare function ask(x: unknown): void;
      const running = new Map<string, Promise<void>>();
      const jobs: Set<Promise<void>> = new Set();
      class Bus extends EventEmitter {}
      async function* pages() { yield 1; }
      declare function each<T>(list: Iterable<T>): T;
      ask(running.get("a")); // unknown
      ask(running.set("a", null as any)); // no
      ask(new Bus().emit("a")); // no
      ask(createServer().listen(0)); // no
      ask(pages().next()); // yes
      ask(each(jobs)); // yes
      for (const job of jobs) ask(job); // yes
      for (const [name, job] of running) { ask(job); // yes
        ask(name); // no
      }
      ask([...jobs][0]); // yes
    `);
  });
});
