import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Parser } from "web-tree-sitter";
import { invariant } from "../core/invariant.ts";

interface Imports {
  readonly env: { readonly memory: WebAssembly.Memory };
}

let memory: WebAssembly.Memory | undefined;

/** Starts the parser's WebAssembly module, once a process, and hands out the memory that it works in. */
export async function startParserMemory(): Promise<WebAssembly.Memory> {
  if (memory) return memory;
  const file = createRequire(import.meta.url).resolve("web-tree-sitter/web-tree-sitter.wasm");
  const core = new WebAssembly.Module(readFileSync(file));
  await Parser.init({
    instantiateWasm(
      imports: Imports,
      done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ) {
      memory = imports.env.memory;
      done(new WebAssembly.Instance(core, imports), core);
      return {};
    },
  });
  return invariant(memory as WebAssembly.Memory | undefined, "the module imports its memory");
}

/** Where a parsed tree stands in that memory; the library keeps it under a key that its types leave out. */
export function addressOf(tree: object): number {
  return (tree as { readonly 0: number })[0];
}
