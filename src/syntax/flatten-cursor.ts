import type { Tree as ParsedTree } from "web-tree-sitter";
import type { Span } from "../core/position.ts";
import { ERROR_KIND } from "./grammar.ts";
import { NONE, type TreeArrays } from "./tree.ts";
import { linkChildren, makeTreeArrays } from "./tree-arrays.ts";

/** A finished parse as arrays. */
export interface FlatTree {
  readonly arrays: TreeArrays;
  /** The spans of ERROR and MISSING nodes, in order. */
  readonly damage: readonly Span[];
  /** Where a token is missing that has no node, such as the end of a statement; a cursor cannot see these. */
  readonly hiddenDamage: readonly Span[];
}

/** What a walk needs of a cursor: web-tree-sitter's and the native one both have it. */
export interface Cursor {
  readonly nodeTypeId: number;
  /** The native one says undefined where the node is in no field, the other 0. */
  readonly currentFieldId: number | undefined;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly nodeIsMissing: boolean;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}

/** Reads a finished parse node by node through the parser's public cursor: slow, and right whatever the memory layout. */
export function flattenByCursor(tree: ParsedTree): FlatTree {
  const cursor = tree.walk();
  try {
    return readCursor(cursor);
  } finally {
    cursor.delete();
  }
}

/** Walks a cursor that stands on the root. */
export function readCursor(cursor: Cursor): FlatTree {
  const kind: number[] = [];
  const field: number[] = [];
  const start: number[] = [];
  const end: number[] = [];
  const parent: number[] = [];
  const damage: Span[] = [];
  let up = NONE;
  for (let isDone = false; !isDone; ) {
    const node = kind.length;
    kind.push(cursor.nodeTypeId);
    field.push(cursor.currentFieldId ?? 0);
    start.push(cursor.startIndex);
    end.push(cursor.endIndex);
    parent.push(up);
    if (cursor.nodeTypeId === ERROR_KIND || cursor.nodeIsMissing)
      damage.push({ start: cursor.startIndex, end: cursor.endIndex });
    if (cursor.gotoFirstChild()) {
      up = node;
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) {
        isDone = true;
        break;
      }
      up = parent[up] as number;
    }
  }
  const arrays = makeTreeArrays(kind.length);
  arrays.kind.set(kind);
  arrays.field.set(field);
  arrays.start.set(start);
  arrays.end.set(end);
  arrays.parent.set(parent);
  linkChildren(arrays);
  return { arrays, damage, hiddenDamage: [] };
}
