import type { Confidence } from "../core/finding.ts";
import type { Place } from "../core/position.ts";

/** A finding as far as precedence is concerned. */
export interface Claim {
  readonly rule: string;
  readonly confidence: Confidence;
  /** The operations that it is about. */
  readonly about: readonly Place[];
}

const RANK: Readonly<Record<Confidence, number>> = { low: 0, medium: 1, high: 2 };

/**
 * One fault, one finding: leaves out the claims of rules that yield to a rule which speaks about the same operation. A
 * heuristic silences nobody who is surer, and who is silenced silences nobody.
 */
export function withPrecedence<C extends Claim>(
  claims: readonly C[],
  yieldsTo: (rule: string) => readonly string[],
): C[] {
  const byFile = new Map<string, C[]>();
  for (const claim of claims) {
    for (const file of new Set(claim.about.map((place) => place.file))) {
      const there = byFile.get(file);
      if (there) there.push(claim);
      else byFile.set(file, [claim]);
    }
  }
  const speaks = new Map<C, boolean>();
  const isSilenced = (claim: C): boolean => {
    const stronger = yieldsTo(claim.rule);
    if (stronger.length === 0) return false;
    const neighbours = claim.about.flatMap(({ file }) => byFile.get(file) ?? []);
    return neighbours.some(
      (other) =>
        stronger.includes(other.rule) &&
        isAsSure(other, claim) &&
        shareOperation(claim, other) &&
        doesSpeak(other),
    );
  };
  /** Rules that yield to each other in a circle all speak: the one asked first counts as speaking meanwhile. */
  const doesSpeak = (claim: C): boolean => {
    const known = speaks.get(claim);
    if (known !== undefined) return known;
    speaks.set(claim, true);
    const answer = !isSilenced(claim);
    speaks.set(claim, answer);
    return answer;
  };
  return claims.filter(doesSpeak);
}

function isAsSure(one: Claim, other: Claim): boolean {
  return RANK[one.confidence] >= Math.min(RANK[other.confidence], RANK.medium);
}

function shareOperation(one: Claim, other: Claim): boolean {
  return one.about.some((a) =>
    other.about.some((b) => a.file === b.file && a.start < b.end && b.start < a.end),
  );
}
