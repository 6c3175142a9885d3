import type { Span } from "../core/position.ts";
import type { Backend, Parsed } from "./backend.ts";
import type { FlatTree } from "./flatten-cursor.ts";
import { loudGaps, silentGaps } from "./rewrites/all.ts";
import { tolerateOpenEnds } from "./rewrites/go-open-ends.ts";
import { type Replacement, type Rewrite, replace } from "./rewrites/rewrite.ts";
import { type GrammarName, NONE } from "./tree.ts";

/** One gap can hide another; more than two that hide each other have not been seen. */
const ROUNDS = 3;

/**
 * Parses a text and repairs the gaps of its grammar. Most texts are parsed once and searched for one word. Where the parse
 * is damaged, what stands near the damage and looks like a known gap is rewritten and the text parsed again, and the better
 * of the two is kept: a rewrite can help or be in vain, never harm. All parses together have `callbacks` of the parser.
 */
export function parseRepaired(
  backend: Backend,
  text: string,
  name: GrammarName,
  callbacks: number,
): Parsed {
  let made = search(text, silentGaps(name));
  let best = parse(backend, replace(text, made), name, callbacks);
  let left = callbacks;
  for (let round = 0; round < ROUNDS && typeof best !== "string"; round++) {
    if (damageOf(best) === 0) break;
    const next = merge(made, within(search(text, loudGaps(name)), nearDamage(best)));
    if (next.length === made.length) break;
    left -= best.callbacks;
    const again = parse(backend, replace(text, next), name, left);
    if (typeof again === "string" || damageOf(again) >= damageOf(best)) break;
    made = next;
    best = again;
  }
  return best;
}

function parse(backend: Backend, text: string, name: GrammarName, callbacks: number): Parsed {
  const parsed = backend.parse(text, name, callbacks);
  return typeof parsed === "string" || name !== "go" ? parsed : tolerateOpenEnds(parsed, text);
}

function damageOf({ damage, hiddenDamage }: FlatTree): number {
  return damage.reduce((sum, { start, end }) => sum + end - start + 1, hiddenDamage.length);
}

/** In order. */
function search(text: string, rewrites: readonly Rewrite[]): readonly Replacement[] {
  return rewrites
    .flatMap(({ hint, find }) => (text.includes(hint) ? find(text) : []))
    .sort((one, other) => one.start - other.start);
}

/** All of `made` and what of `further` overlaps none before it, in order. */
function merge(
  made: readonly Replacement[],
  further: readonly Replacement[],
): readonly Replacement[] {
  const merged: Replacement[] = [];
  for (const next of [...made, ...further].sort((one, other) => one.start - other.start)) {
    if (next.start >= (merged.at(-1)?.end ?? 0)) merged.push(next);
  }
  return merged;
}

/** Those that begin within one of the spans; both are in order. */
function within(found: readonly Replacement[], spans: readonly Span[]): readonly Replacement[] {
  let at = 0;
  return found.filter(({ start }) => {
    while (at < spans.length && (spans[at]?.end ?? 0) < start) at++;
    return (spans[at]?.start ?? Number.POSITIVE_INFINITY) <= start;
  });
}

/** The declarations at the top that are damaged, each with its two neighbours: recovery may blame the next one. In order. */
function nearDamage({ arrays, damage, hiddenDamage }: FlatTree): readonly Span[] {
  const { firstChild, nextSibling, start, end } = arrays;
  const spots = [...damage, ...hiddenDamage].sort((one, other) => one.start - other.start);
  const near: Span[] = [];
  let spot = 0;
  let before = 0;
  for (let top = firstChild[0] as number; top !== NONE; top = nextSibling[top] as number) {
    const topEnd = end[top] as number;
    const next = nextSibling[top] as number;
    let last = -1;
    for (; spot < spots.length && (spots[spot]?.start ?? 0) <= topEnd; spot++) {
      last = Math.max(last, spots[spot]?.end ?? 0);
    }
    if (last !== -1)
      near.push({
        start: before,
        end: Math.max(last, next === NONE ? topEnd : (end[next] as number)),
      });
    before = start[top] as number;
  }
  if (spot < spots.length) near.push({ start: before, end: Number.POSITIVE_INFINITY });
  return near;
}
