/** The hidden line by which a comment of ours is known again: fingerprints alone, which are hashes. */
export function marker(fingerprints: readonly string[]): string {
  return `<!-- chokepoint:${fingerprints.join(",")} -->`;
}

/** The fingerprints that a comment's body carries; undefined for a comment that is not ours. */
export function readMarker(body: string): readonly string[] | undefined {
  const found = /<!-- chokepoint:([\da-f]{20}(?:,[\da-f]{20})*) -->/.exec(body);
  return found?.[1]?.split(",");
}
