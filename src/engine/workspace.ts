import type { Notice } from "../core/finding.ts";
import { lineAt, lineStarts } from "../core/position.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Language, Workspace } from "../languages/language.ts";
import type { SourceParser } from "../syntax/parser.ts";
import type { Tree } from "../syntax/tree.ts";
import { languageOf } from "./language-of.ts";

/** Trees kept between units are dropped, least recently used first, beyond this many nodes (some 24 bytes each). */
const NODES_KEPT = 5_000_000;

/** A workspace that parses each file at most once while its tree is kept, and remembers why a file could not be read. */
export interface EngineWorkspace extends Workspace {
  /** Lets go of trees that were not used lately. Called between units: inside one, a tree stays one object. */
  release(): void;
  /** Why a parsed file was not, or not wholly, understood; undefined for a clean one and for one never parsed. */
  noticeFor(path: string): Notice | undefined;
}

/** Parsing on demand over a snapshot; pure but for its memory. */
export function createWorkspace(
  snapshot: Snapshot,
  parser: SourceParser,
  languages: readonly Language[],
  nodesKept: number = NODES_KEPT,
): EngineWorkspace {
  const trees = new Map<string, Tree | undefined>();
  const notices = new Map<string, Notice>();
  let nodes = 0;
  let generation = 0;

  function parse(path: string): Tree | undefined {
    const text = snapshot.read(path);
    const language = languageOf(path, languages);
    if (text === undefined || language === undefined) return undefined;
    const result = parser.parse(text, language.grammarOf(path));
    if (!result.ok) {
      notices.set(path, { file: path, kind: result.reason, message: result.message });
      return undefined;
    }
    const damage = damageNotice(path, result.tree);
    if (damage) notices.set(path, damage);
    nodes += result.tree.size;
    return result.tree;
  }

  return {
    snapshot,
    get generation() {
      return generation;
    },
    parse(path) {
      const known = trees.has(path);
      const tree = known ? trees.get(path) : parse(path);
      if (known) trees.delete(path);
      trees.set(path, tree);
      return tree;
    },
    parsed: (path) => trees.get(path),
    parseText(path, text) {
      const language = languageOf(path, languages);
      const result = language && parser.parse(text, language.grammarOf(path));
      return result?.ok ? result.tree : undefined;
    },
    release() {
      if (nodes <= nodesKept) return;
      generation++;
      for (const [path, tree] of trees) {
        if (nodes <= nodesKept / 2) return;
        nodes -= tree?.size ?? 0;
        trees.delete(path);
      }
    },
    noticeFor: (path) => notices.get(path),
  };
}

function damageNotice(path: string, { damage, text }: Tree): Notice | undefined {
  const [first] = damage;
  if (!first) return undefined;
  const line = lineAt(lineStarts(text), first.start);
  const where =
    damage.length === 1 ? `at line ${line}` : `at ${damage.length} places, first at line ${line}`;
  return {
    file: path,
    kind: "syntax",
    message: `not understood ${where}: the functions around are not judged`,
  };
}
