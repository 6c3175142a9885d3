/** The hidden line by which a comment of ours is known again: fingerprints alone, which are hashes. */
export function marker(fingerprints: readonly string[]): string {
  return `<!-- chokepoint:${fingerprints.join(",")} -->`;
}

/** The fingerprints that a comment's body carries; undefined for a comment that is not ours. */
export function readMarker(body: string): readonly string[] | undefined {
  const found = /<!-- chokepoint:([\da-f]{20}(?:,[\da-f]{20})*) -->/.exec(body);
  return found?.[1]?.split(",");
}

/** The hidden line of a review's own body: fingerprints of what it lists, which no comment carries. */
export function summaryMarker(fingerprints: readonly string[]): string {
  return `<!-- chokepoint-listed:${fingerprints.join(",")} -->`;
}

/** The fingerprints that a review's body lists. */
export function readSummaryMarker(body: string): readonly string[] {
  const found = /<!-- chokepoint-listed:([\da-f]{20}(?:,[\da-f]{20})*) -->/.exec(body);
  return found?.[1]?.split(",") ?? [];
}

/** Why a comment of ours is settled. */
export interface Settled {
  /** A sentence; markdown. */
  readonly because: string;
  /** Fingerprints that somebody dismissed; empty where the finding is gone. */
  readonly dismissed: readonly string[];
  /** Whether its thread is resolved as well, and not only hidden. */
  readonly isResolved?: boolean;
}

/** A settled comment: it keeps its text, folded, and loses its marker, so that the finding may come again. */
export function settledComment(body: string, { because, dismissed }: Settled): string {
  const text = body.replace(/<!-- chokepoint:[\da-f,]+ -->/g, "").trim();
  const hidden =
    dismissed.length > 0 ? `\n<!-- chokepoint-dismissed:${dismissed.join(",")} -->\n` : "";
  return `**${because}**\n\n<details><summary>What it was</summary>\n\n${text}\n\n</details>\n${hidden}`;
}

/** The fingerprints of a comment that somebody dismissed. */
export function readDismissedMarker(body: string): readonly string[] | undefined {
  const found = /<!-- chokepoint-dismissed:([\da-f]{20}(?:,[\da-f]{20})*) -->/.exec(body);
  return found?.[1]?.split(",");
}
