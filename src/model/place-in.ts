import type { Place, Span } from "../core/position.ts";

/** A span of a function as a place; its end and start alone, whatever else the span carries. */
export function placeIn({ file }: { readonly file: string }, { start, end }: Span): Place {
  return { file, start, end };
}
