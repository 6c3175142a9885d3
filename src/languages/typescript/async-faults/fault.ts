import type { Edit } from "../../../core/finding.ts";
import type { Place } from "../../../core/position.ts";

/** A place where promises are misused, as far as a rule needs no more to speak of it. `kind` is the analysis's own word. */
export interface AsyncFault<Kind extends string = string> {
  readonly at: Place;
  readonly kind: Kind;
  /** What it is about, as a message names it. */
  readonly name: string;
  /** Other places that belong to it. */
  readonly related: readonly Place[];
  readonly edits: readonly Edit[];
}

/** A fault without related places and edits, unless given. */
export function fault<Kind extends string>(
  at: Place,
  kind: Kind,
  name: string,
  more: Partial<Pick<AsyncFault, "related" | "edits">> = {},
): AsyncFault<Kind> {
  return { at, kind, name, related: more.related ?? [], edits: more.edits ?? [] };
}
