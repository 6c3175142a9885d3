import { createHash } from "node:crypto";
import type { Place } from "../core/position.ts";
import type { UnitContents } from "../languages/language.ts";

/** Hexadecimal digits of a fingerprint: 80 bits. */
const LENGTH = 20;

/**
 * What makes a finding the same finding later: rule, enclosing declaration, and the text of its statement without layout.
 * Of a statement over several lines only its first line and the first line of the finding count, so that a change in the
 * body of a goroutine leaves the identity of the `go` statement alone.
 */
export function identityOf(rule: string, at: Place, text: string, contents: UnitContents): string {
  const statement = contents.statementAt(at.file, at.start);
  const parts = [
    rule,
    contents.declarationAt(at.file, at.start),
    statement ? firstLine(text.slice(statement.start, statement.end)) : "",
    firstLine(text.slice(at.start, at.end)),
  ];
  return parts.join("\0");
}

function firstLine(text: string): string {
  const end = text.indexOf("\n");
  return (end === -1 ? text : text.slice(0, end)).replace(/\s+/g, " ").trim();
}

/** Numbers equal identities in order and hashes each with its number; input and output correspond by index. */
export function fingerprints(identities: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return identities.map((identity) => {
    const ordinal = seen.get(identity) ?? 0;
    seen.set(identity, ordinal + 1);
    return hashOf(`${identity}\0${ordinal}`);
  });
}

/** A hash as fingerprints have it. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, LENGTH);
}
