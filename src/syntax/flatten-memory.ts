import type { Span } from "../core/position.ts";
import type { FlatTree } from "./flatten-cursor.ts";
import { ERROR_KIND } from "./grammar.ts";
import type { ParserMemory } from "./parser-memory.ts";
import { NONE } from "./tree.ts";
import { linkChildren, makeTreeArrays } from "./tree-arrays.ts";

/** Numbers that a frame keeps of a node whose children are being read. */
const FRAME = 7;

/** Where a grammar's tables stand, as indices into the views of the width they are read with. */
interface LanguageTables {
  /** Of u16: the number that the public sees for each symbol. */
  readonly symbols: number;
  /** Of u16: for each production `longestAlias` symbols, 0 for no alias. */
  readonly aliases: number;
  readonly longestAlias: number;
  /** Of u16: for each production the first of its field entries and their number. */
  readonly slices: number;
  /** Of u8: entries of four bytes: field (u16), child index, inherited. */
  readonly entries: number;
}

/**
 * Reads finished parses straight from the parser's WebAssembly memory: about twenty times as fast as a cursor, since
 * nothing crosses between JavaScript and the parser.
 *
 * The layout is that of web-tree-sitter 0.27.1 (tree-sitter's lib/src/subtree.h, tree.h and parser.h; 32-bit pointers,
 * little endian):
 *
 *     TSTree           0 root (a Subtree of 8 bytes), 8 language
 *     Subtree, inline  bit 0 set; byte 0 bits: visible 1, extra 3, missing 5; byte 1 symbol; byte 6 padding; byte 7 size
 *     Subtree, heap    pointer to { 4 padding in bytes, 16 size in bytes, 36 child count, 40 symbol, 44 flags (visible 0,
 *                      extra 2, missing 9), 56 visible descendants, 66 production }; children stand before it, 8 bytes each
 *     TSLanguage       36 longest alias sequence, 64 field slices, 68 field entries, 76 public symbols, 84 alias sequences
 *
 * Sizes are in bytes of UTF-16. A first child shares the padding of its parent. Hidden nodes hand their field down.
 * Another version may move any of this: `self-check.ts` compares with the cursor at start.
 */
export class MemoryReader {
  readonly #memory: ParserMemory;
  #u8 = new Uint8Array();
  #u16 = new Uint16Array();
  #u32 = new Uint32Array();
  readonly #tables = new Map<number, LanguageTables>();
  #frames = new Int32Array(FRAME * 256);

  constructor(memory: ParserMemory) {
    this.#memory = memory;
  }

  /** The tree at the address, or undefined where what stands there contradicts itself. */
  flatten(treeAddress: number): FlatTree | undefined {
    this.#renewViews();
    const u16 = this.#u16;
    const u32 = this.#u32;
    const language = this.#languageAt(u32[(treeAddress >> 2) + 2] as number);
    const { symbols, aliases, longestAlias } = language;
    const root = u32[treeAddress >> 2] as number;
    const descendants = u32[(root + 56) >> 2] as number;
    // Every node takes up at least eight bytes: more nodes than that means another layout.
    let stepsLeft = u32.length >> 1;
    if (root & 1 || descendants >= stepsLeft) return undefined;
    const arrays = makeTreeArrays(descendants + 1);
    const { kind, field, start, end, parent } = arrays;
    const damage: Span[] = [];
    const hiddenDamage: Span[] = [];
    const rootSymbol = u16[(root + 40) >> 1] as number;
    let position = u32[(root + 4) >> 2] as number;
    kind[0] = rootSymbol === ERROR_KIND ? ERROR_KIND : (u16[symbols + rootSymbol] as number);
    start[0] = position >> 1;
    end[0] = (position + (u32[(root + 16) >> 2] as number)) >> 1;
    parent[0] = NONE;
    if (rootSymbol === ERROR_KIND) damage.push({ start: start[0], end: end[0] });

    let size = 1;
    let depth = 0;
    let count = u32[(root + 36) >> 2] as number;
    let first = root - count * 8;
    let next = 0;
    let structural = 0;
    let production = u16[(root + 66) >> 1] as number;
    let above = 0;
    let inherited = 0;
    for (;;) {
      if (next === count) {
        if (depth === 0) break;
        const frame = --depth * FRAME;
        const frames = this.#frames;
        first = frames[frame] as number;
        count = frames[frame + 1] as number;
        next = frames[frame + 2] as number;
        structural = frames[frame + 3] as number;
        production = frames[frame + 4] as number;
        above = frames[frame + 5] as number;
        inherited = frames[frame + 6] as number;
        continue;
      }
      if (stepsLeft-- === 0) return undefined;
      const at = (first >> 2) + next * 2;
      const word = u32[at] as number;
      const isFirst = next++ === 0;
      let children = 0;
      let symbol: number;
      let isVisible: boolean;
      let isExtra: boolean;
      let isMissing: boolean;
      let padding: number;
      let length: number;
      if (word & 1) {
        const rest = u32[at + 1] as number;
        symbol = (word >>> 8) & 255;
        isVisible = (word & 2) !== 0;
        isExtra = (word & 8) !== 0;
        isMissing = (word & 32) !== 0;
        padding = (rest >>> 16) & 255;
        length = rest >>> 24;
      } else {
        const flags = u16[(word + 44) >> 1] as number;
        symbol = u16[(word + 40) >> 1] as number;
        isVisible = (flags & 1) !== 0;
        isExtra = (flags & 4) !== 0;
        isMissing = (flags & 512) !== 0;
        padding = u32[(word + 4) >> 2] as number;
        length = u32[(word + 16) >> 2] as number;
        children = u32[(word + 36) >> 2] as number;
      }
      if (!isFirst) position += padding;
      let alias = 0;
      let fieldHere = 0;
      if (!isExtra) {
        fieldHere = inherited;
        const index = structural++;
        if (production !== 0) {
          alias = u16[aliases + production * longestAlias + index] as number;
          fieldHere = this.#fieldAt(language, production, index) || inherited;
        }
      }
      const isShown = isVisible || alias !== 0;
      if (isShown) {
        kind[size] = symbol === ERROR_KIND ? symbol : (u16[symbols + (alias || symbol)] as number);
        field[size] = fieldHere;
        start[size] = position >> 1;
        end[size] = (position + length) >> 1;
        parent[size] = above;
        if (isMissing || symbol === ERROR_KIND)
          damage.push({ start: position >> 1, end: (position + length) >> 1 });
        size++;
      } else if (isMissing) hiddenDamage.push({ start: position >> 1, end: position >> 1 });
      if (children === 0) {
        position += length;
        continue;
      }
      this.#push(depth++, first, count, next, structural, production, above, inherited);
      count = children;
      first = word - children * 8;
      next = 0;
      structural = 0;
      production = u16[(word + 66) >> 1] as number;
      if (isShown) above = size - 1;
      inherited = isShown ? 0 : fieldHere;
    }
    if (size !== arrays.size) return undefined;
    linkChildren(arrays);
    return { arrays, damage, hiddenDamage };
  }

  #push(
    depth: number,
    first: number,
    count: number,
    next: number,
    structural: number,
    production: number,
    above: number,
    inherited: number,
  ): void {
    const frame = depth * FRAME;
    if (frame === this.#frames.length) {
      const larger = new Int32Array(frame * 2);
      larger.set(this.#frames);
      this.#frames = larger;
    }
    const frames = this.#frames;
    frames[frame] = first;
    frames[frame + 1] = count;
    frames[frame + 2] = next;
    frames[frame + 3] = structural;
    frames[frame + 4] = production;
    frames[frame + 5] = above;
    frames[frame + 6] = inherited;
  }

  #fieldAt({ slices, entries }: LanguageTables, production: number, index: number): number {
    const u8 = this.#u8;
    const slice = slices + production * 2;
    let entry = entries + (this.#u16[slice] as number) * 4;
    const last = entry + (this.#u16[slice + 1] as number) * 4;
    for (; entry < last; entry += 4) {
      if (u8[entry + 2] === index && u8[entry + 3] === 0) return this.#u16[entry >> 1] as number;
    }
    return 0;
  }

  /** The views of a memory that has grown are empty. */
  #renewViews(): void {
    const { buffer } = this.#memory;
    if (this.#u8.buffer === buffer) return;
    this.#u8 = new Uint8Array(buffer);
    this.#u16 = new Uint16Array(buffer);
    this.#u32 = new Uint32Array(buffer);
  }

  #languageAt(address: number): LanguageTables {
    const known = this.#tables.get(address);
    if (known) return known;
    const pointer = (offset: number) => this.#u32[(address + offset) >> 2] as number;
    const tables = {
      symbols: pointer(76) >> 1,
      aliases: pointer(84) >> 1,
      longestAlias: this.#u16[(address + 36) >> 1] as number,
      slices: pointer(64) >> 1,
      entries: pointer(68),
    };
    this.#tables.set(address, tables);
    return tables;
  }
}
