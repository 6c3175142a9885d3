import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Parser } from "web-tree-sitter";
import { invariant } from "../core/invariant.ts";

/** Far more than a parser without a text uses, so that a block of this size comes from above all that is in use. */
const LARGE_BLOCK = 4 * 1024 * 1024;

/** What the module is built to start with. */
const INITIAL_BYTES = 32 * 1024 * 1024;
const PAGE = 64 * 1024;

/**
 * The memory of the parser's WebAssembly module, one in a process. It can be kept and put back: a parser that ran out of
 * memory stops in the middle of its work, and only its memory says what that was. Between two parses nothing is in use but
 * the grammars and the parsers themselves, so what is kept is small.
 */
export class ParserMemory {
  readonly #memory: WebAssembly.Memory;
  readonly #stackPointer: { value: number };
  readonly #exports: AllocatorExports;
  #kept = new Uint8Array();
  #keptStackPointer = 0;

  private constructor({ env }: CoreImports, exports: AllocatorExports) {
    this.#memory = env.memory;
    this.#stackPointer = env.__stack_pointer;
    this.#exports = exports;
  }

  static #started: Promise<ParserMemory> | undefined;

  /** Starts the parser's module with at most so many bytes of memory, or answers with the one that is running. */
  static start(limit: number): Promise<ParserMemory> {
    ParserMemory.#started ??= ParserMemory.#instantiate(limit);
    return ParserMemory.#started;
  }

  static async #instantiate(limit: number): Promise<ParserMemory> {
    const wasmMemory = new WebAssembly.Memory({
      initial: INITIAL_BYTES / PAGE,
      maximum: Math.ceil(limit / PAGE),
    });
    const file = createRequire(import.meta.url).resolve("web-tree-sitter/web-tree-sitter.wasm");
    const core = new WebAssembly.Module(readFileSync(file));
    const started: ParserMemory[] = [];
    await Parser.init({
      wasmMemory,
      instantiateWasm(imports: CoreImports, done: (instance: object, module: object) => void) {
        const instance = new WebAssembly.Instance(core, imports);
        started.push(new ParserMemory(imports, instance.exports as AllocatorExports));
        done(instance, core);
        return {};
      },
      printErr: () => {},
    });
    return invariant(started[0], "init instantiates the module");
  }

  /** The bytes; another buffer after the memory has grown. */
  get buffer(): ArrayBuffer {
    return this.#memory.buffer;
  }

  /** Remembers all that is in use. To be called while no parse is running and no parsed tree is alive. */
  keep(): void {
    const top = this.#exports.malloc(LARGE_BLOCK);
    this.#exports.free(top);
    this.#kept = new Uint8Array(this.buffer).slice(0, top + LARGE_BLOCK);
    this.#keptStackPointer = this.#stackPointer.value;
  }

  /** Puts back what was remembered: everything allocated since then is gone, and everything from before is as it was. */
  restore(): void {
    new Uint8Array(this.buffer).set(this.#kept);
    this.#stackPointer.value = this.#keptStackPointer;
  }
}

interface CoreImports {
  readonly env: {
    readonly memory: WebAssembly.Memory;
    readonly __stack_pointer: { value: number };
  };
}

interface AllocatorExports {
  malloc(bytes: number): number;
  free(address: number): void;
}
