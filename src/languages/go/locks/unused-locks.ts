import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE } from "../../../syntax/tree.ts";
import { placeOf } from "../calls.ts";
import { goPackage } from "../go-analyses.ts";
import type { GoFile } from "../go-file.ts";
import { lockFields } from "./lock-fields.ts";

/** A lock that nothing in its package takes, and nobody outside can. */
export interface UnusedLock {
  readonly at: Place;
  /** `Registry.mu`, `namesMu`. */
  readonly lock: string;
}

const INTEREST = /^(?:var\b|\s+)[^\n/]*\bsync\.(?:RW)?Mutex\b/m;
/** There to keep copies from being made. */
const MARKER = /^_|nocopy|donotcopy|dontcopy/i;
const EXPORTED = /^\p{Lu}/u;

export const unusedLocks = defineAnalysis("unused locks", (use): UnusedLock[] => {
  const { files } = use(goPackage);
  const fields = use(lockFields).filter(
    ({ calls, field, isEmbedded, isPointer, isUsedElsewhere }) =>
      calls.length === 0 && !isEmbedded && !isPointer && !isUsedElsewhere && isOwn(field),
  );
  return [
    ...fields.map(({ at, owner, field }) => ({ at, lock: `${owner}.${field}` })),
    ...files.flatMap((file) => (file.isJudged && !file.isTest ? variablesIn(file, files) : [])),
  ];
});

function isOwn(name: string): boolean {
  return !EXPORTED.test(name) && !MARKER.test(name);
}

/** Variables of the package that only their declaration speaks of. */
function variablesIn(file: GoFile, files: readonly GoFile[]): UnusedLock[] {
  const tree = INTEREST.test(file.text) ? file.tree : undefined;
  if (!tree) return [];
  const specs = tree
    .namedChildren(0)
    .filter((one) => tree.kindOf(one) === "var_declaration")
    .flatMap((one) =>
      tree
        .namedChildren(one)
        .flatMap((inner) =>
          tree.kindOf(inner) === "var_spec_list" ? tree.namedChildren(inner) : [inner],
        ),
    );
  return specs.flatMap((spec) => {
    const type = tree.kindOf(spec) === "var_spec" ? tree.childIn(spec, "type") : NONE;
    if (type === NONE || !/^sync\.(?:RW)?Mutex$/.test(tree.textOf(type))) return [];
    return tree.childrenIn(spec, "name").flatMap((name) => {
      const lock = tree.textOf(name);
      if (!isOwn(lock) || mentionsOf(lock, files) > 1) return [];
      return [{ at: placeOf(file, tree, name), lock }];
    });
  });
}

/** How often the code of a package speaks of a name, comments at the ends of lines left out. */
function mentionsOf(name: string, files: readonly GoFile[]): number {
  const mention = new RegExp(`\\b${name}\\b`, "g");
  let count = 0;
  for (const { text } of files)
    for (const { index } of text.matchAll(mention)) {
      const line = text.slice(text.lastIndexOf("\n", index) + 1, index);
      if (!/\/\//.test(line)) count++;
    }
  return count;
}
