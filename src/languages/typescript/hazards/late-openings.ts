import { defineAnalysis } from "../../../core/analysis.ts";
import type { Trace } from "../../../core/finding.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { indexOf } from "../module-index.ts";
import { firstNamed, hasToken, unwrapped } from "../nodes.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { escaped, isSharedPlace } from "./order.ts";
import {
  awaitsIn,
  callAt,
  isWithin,
  keyText,
  modulesOfInterest,
  ownNodes,
  placeOf,
} from "./syntax.ts";

/**
 * What is opened after an await, when the function that ends it may have run meanwhile:
 *
 *     async poll() { await this.fetch(); this.timer = setTimeout(() => this.poll(), 1_000); }
 *     stop() { clearTimeout(this.timer); }
 *
 * Not modelled: objects that are closed by others, and functions that are called by no name of closing.
 */
export interface LateOpening {
  /** The assignment. */
  readonly at: Place;
  /** `this.timer`. */
  readonly name: string;
  readonly kind: "timer" | "resource";
  /** The function that ends it: `stop`. */
  readonly closing: string;
  readonly awaitedAt: Place;
  readonly closedAt: Place;
  readonly trace: Trace;
}

const INTEREST = /\bawait\b/;
const CLOSING =
  /^_?#?(?:close|stop|destroy|dispose|shutdown|disconnect|teardown|terminate|end|cancel|unsubscribe|onDestroy|ngOnDestroy|disconnectedCallback)(?:[A-Z]\w*)?$/;
const CLEARING = /^clear(?:Timeout|Interval)$/;
const ENDING = /^(?:close|end|destroy|disconnect|terminate|quit|kill|stop|dispose|release)$/;

/** The assignments behind an await that a closing function of the same file comes too early for, in order. */
export const lateOpenings = defineAnalysis("late openings", (use) => {
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, INTEREST, CLOSING_WORD).flatMap((module) =>
    closersIn(module, resolver)
      .flatMap((closer) => openedAfter(module, closer))
      .sort((one, other) => one.at.start - other.at.start),
  );
});

const CLOSING_WORD =
  /\b#?_?(?:close|stop|destroy|dispose|shutdown|disconnect|teardown|terminate|end|cancel|unsubscribe|ngOnDestroy|disconnectedCallback)\w*\s*(?:\(|=|:)/;

/** A function that ends what a place holds. */
interface Closer {
  readonly name: string;
  readonly function: NodeId;
  /** Class, or the function or module around: who else has the place. */
  readonly owner: NodeId;
  readonly place: string;
  readonly kind: LateOpening["kind"];
  readonly endedAt: NodeId;
  /** What it sets besides: `this.closed`. */
  readonly flags: readonly string[];
}

function closersIn(module: TypeScriptModule, resolver: TypeScriptResolver): Closer[] {
  const { tree } = module;
  return indexOf(tree).functions.flatMap((node): Closer[] => {
    const name = nameOf(tree, node);
    const body = tree.childIn(node, "body");
    if (!CLOSING.test(name) || body === NONE || isDamaged(tree, node)) return [];
    // Who waits for what runs finds it done.
    if (awaitsIn(tree, body).some((wait) => waitsForRun(tree, wait))) return [];
    const flags: string[] = [];
    const ends: { place: NodeId; kind: Closer["kind"]; endedAt: NodeId }[] = [];
    for (const inner of ownNodes(tree, body)) {
      const kind = tree.kindOf(inner);
      if (kind === "assignment_expression") flags.push(keyText(tree, tree.childIn(inner, "left")));
      const call = kind === "call_expression" ? callAt(tree, inner) : undefined;
      if (!call) continue;
      const [first] = call.given;
      if (CLEARING.test(call.name) && first !== undefined)
        ends.push({ place: unwrapped(tree, first), kind: "timer", endedAt: inner });
      else if (ENDING.test(call.name) && call.object !== NONE)
        ends.push({ place: unwrapped(tree, call.object), kind: "resource", endedAt: inner });
    }
    const owner = tree.parentOf(
      tree.kindOf(node) === "method_definition" ? node : ownerOf(tree, node),
    );
    return ends.flatMap(({ place, kind, endedAt }) => {
      if (place === NONE || !isSharedPlace(module, place, resolver)) return [];
      const key = keyText(tree, place);
      const others = flags.filter((flag) => flag !== key);
      return [{ name, function: node, owner, place: key, kind, endedAt, flags: others }];
    });
  });
}

/** `await this.running`, `await Promise.allSettled(this.jobs)`: not what the closing itself makes happen. */
function waitsForRun(tree: Tree, wait: NodeId): boolean {
  const awaited = unwrapped(tree, firstNamed(tree, wait));
  if (awaited === NONE) return false;
  return (
    /^(?:identifier|member_expression)$/.test(tree.kindOf(awaited)) ||
    /^Promise\./.test(tree.textOf(awaited))
  );
}

/** The statement of a function that is declared, or kept in a constant. */
function ownerOf(tree: Tree, node: NodeId): NodeId {
  const parent = tree.parentOf(node);
  if (tree.kindOf(parent) === "variable_declarator") return tree.parentOf(parent);
  return tree.kindOf(parent) === "public_field_definition" ? parent : node;
}

function nameOf(tree: Tree, node: NodeId): string {
  const parent = tree.parentOf(node);
  const named = /^(?:variable_declarator|public_field_definition)$/.test(tree.kindOf(parent))
    ? parent
    : tree.kindOf(node) === "arrow_function"
      ? NONE
      : node;
  const name = named === NONE ? NONE : tree.childIn(named, "name");
  return name === NONE ? "" : tree.textOf(name);
}

function openedAfter(module: TypeScriptModule, closer: Closer): LateOpening[] {
  const { tree } = module;
  return indexOf(tree).functions.flatMap((node): LateOpening[] => {
    if (!isWithin(tree, node, closer.owner) || isWithin(tree, node, closer.function)) return [];
    const body = tree.childIn(node, "body");
    if (body === NONE || !hasToken(tree, node, "async") || isDamaged(tree, node)) return [];
    const opening = [...ownNodes(tree, body)].find(
      (inner) =>
        tree.kindOf(inner) === "assignment_expression" &&
        keyText(tree, tree.childIn(inner, "left")) === closer.place,
    );
    if (opening === undefined) return [];
    const value = unwrapped(tree, tree.childIn(opening, "right"));
    const awaited = waitBefore(tree, body, opening, closer.name);
    if (value === NONE || awaited === NONE) return [];
    if (!opens(tree, value, closer, nameOf(tree, node))) return [];
    if (isAskedAfter(tree, body, awaited, opening, closer)) return [];
    return [describe(module, { closer, opening, awaited, opener: nameOf(tree, node) || "it" })];
  });
}

/** The last await before, or in, the assignment; not the one for the closing itself. */
function waitBefore(tree: Tree, body: NodeId, opening: NodeId, closing: string): NodeId {
  const waits = awaitsIn(tree, body).filter((wait) => wait < tree.afterSubtree(opening));
  const last = waits.at(-1);
  if (last === undefined) return NONE;
  // Who closes first opens anew on purpose.
  const before = tree.text.slice(tree.start[body], tree.end[last]);
  return before.includes(`${closing}(`) ? NONE : last;
}

/** Whether what is assigned goes on by itself, and the closing means to end just that. */
function opens(tree: Tree, value: NodeId, closer: Closer, opener: string): boolean {
  const isAwaited = tree.kindOf(value) === "await_expression";
  const call = callAt(tree, isAwaited ? unwrapped(tree, firstNamed(tree, value)) : value);
  if (!call) return false;
  if (closer.kind === "timer") {
    if (!/^set(?:Timeout|Interval)$/.test(call.name)) return false;
    // A timer that comes back to the same function is what stopping is for.
    const again = opener !== "" && tree.textOf(value).includes(opener);
    return again || hasFlag(tree, closer);
  }
  // Without a word that it is closed, closing early is the caller's affair.
  return isAwaited && hasFlag(tree, closer) && OPENING.test(call.name);
}

const OPENING = /connect|open|dial|create|spawn|listen|subscribe|acquire|start|launch|fork|join/i;

/** A flag of the closing that somebody tests. */
function hasFlag(tree: Tree, { flags }: Closer): boolean {
  return flags.some((flag) => {
    const text = tree.text;
    return new RegExp(
      `(?:if|while)\\s*\\(\\s*!?${escaped(flag)}\\b|[!&|]\\s*${escaped(flag)}\\b`,
    ).test(text);
  });
}

/** Behind the await somebody asks whether it is still wanted: by the flag, the place, or a signal. */
function isAskedAfter(
  tree: Tree,
  body: NodeId,
  awaited: NodeId,
  opening: NodeId,
  { flags, place }: Closer,
): boolean {
  const text = tree.text.slice(tree.end[awaited], tree.end[body]);
  if (/\b(?:abort\w*|signal|generation|epoch|isCurrent|cancel\w*)\b/i.test(text)) return true;
  if (flags.some((flag) => text.replace(/[\s!?]/g, "").includes(flag))) return true;
  const between = tree.text.slice(tree.end[awaited], Math.max(tree.start[opening] ?? 0, 0));
  return (
    between.replace(/[\s!?]/g, "").includes(place) ||
    /\bif\s*\([^)]*(?:clos|stop|dispos|destroy|activ|running|alive|connected|state|status)/i.test(
      text,
    )
  );
}

interface Found {
  readonly closer: Closer;
  readonly opening: NodeId;
  readonly awaited: NodeId;
  readonly opener: string;
}

function describe(
  module: TypeScriptModule,
  { closer, opening, awaited, opener }: Found,
): LateOpening {
  const at = placeOf(module, opening);
  const awaitedAt = placeOf(module, awaited);
  const closedAt = placeOf(module, closer.endedAt);
  const name = closer.place;
  const step = (thread: number, place: Place, action: string, waits = false) => ({
    thread,
    at: place,
    action,
    waits,
  });
  return {
    at,
    name,
    kind: closer.kind,
    closing: closer.name,
    awaitedAt,
    closedAt,
    trace: {
      threads: [opener, closer.name],
      steps: [
        step(0, awaitedAt, "waits, and lets others run"),
        step(1, closedAt, `ends what ${name} holds at the moment`),
        step(0, at, `puts something new into ${name}, which nobody ends any more`),
      ],
    },
  };
}
