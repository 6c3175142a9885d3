import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { methodCall } from "./async-faults/calls.ts";
import { ownNodes } from "./async-faults/own-nodes.ts";
import { FUNCTION_KINDS } from "./module-index.ts";
import { argumentsOf, firstNamed, unwrapped } from "./nodes.ts";

/**
 * Whether a test drops a promise because it is about what happens meanwhile, as its next lines tell:
 *
 *     queue.add("a"); expect(queue.size).toBe(1);          // what the call does at once
 *     client.connect(); await once(client, "ready");       // it waits for the outcome another way
 *     server.close(); server.close();                      // the call twice
 *     (async () => { for await (const m of sub) … })();    // it reads what the test makes happen
 *     client.done.then(() => { isDone = true; });          // it notes when it happens
 *     page.load(); await continueFromBreakpoint(page);     // what it hands on to those who wait for it
 *     vi.runAllTimersAsync(); await opened;                // the time that it lets pass for them
 *
 * What stands last in its block was forgotten.
 */
export function isBegunOnPurpose(tree: Tree, node: NodeId): boolean {
  if (notesOutcome(tree, node) || readsMeanwhile(tree, node)) return true;
  const statement = tree.parentOf(node);
  if (statement === NONE || tree.kindOf(statement) !== "expression_statement") return false;
  return isRepeated(tree, statement) || isFollowed(tree, statement);
}

const SETTLING = /\b(?:resolve|reject|unlock|done|pass|fail)\w*\(/;
/** A function that notes its calls. */
const SPY = /^(?:\w*(?:[sS]py|[sS]tub|[mM]ock)\w*)$/;
/** `=> { seen = true; }`, `=> order.push("first")`, and a function of the test that settles what it waits for. */
const NOTING = /^(?:\{\s*)?(?:await\s+)?[\w.]+(?:\s*[+|&-]?=(?!=)|\+\+|\.push\()/;

/** A chain whose callbacks settle another promise, or note in a variable that it has come to this. */
function notesOutcome(tree: Tree, node: NodeId): boolean {
  let link = methodCall(tree, unwrapped(tree, node));
  for (; link && /^(?:then|finally)$/.test(link.method); link = methodCall(tree, link.object)) {
    const [callback] = argumentsOf(tree, link.call);
    // `run().then()`: the mark that nobody is to wait.
    if (callback === undefined) return true;
    if (SPY.test(tree.textOf(callback))) return true;
    // `Promise.resolve().then(async () => …)`: what the other side does meanwhile.
    if (tree.textOf(unwrapped(tree, link.object)) === "Promise.resolve()") return true;
    const body = FUNCTION_KINDS.has(tree.kindOf(callback)) ? tree.childIn(callback, "body") : NONE;
    if (body === NONE) continue;
    const text = tree.textOf(body);
    if (SETTLING.test(text) || NOTING.test(text)) return true;
  }
  return false;
}

/** A function that is written in place, is called at once, and reads until there is no more. */
function readsMeanwhile(tree: Tree, node: NodeId): boolean {
  let call = unwrapped(tree, node);
  for (let link = methodCall(tree, call); link; link = methodCall(tree, call))
    call = unwrapped(tree, link.object);
  if (call === NONE || tree.kindOf(call) !== "call_expression") return false;
  const called = unwrapped(tree, tree.childIn(call, "function"));
  if (called === NONE || !FUNCTION_KINDS.has(tree.kindOf(called))) return false;
  const text = tree.textOf(called);
  return /\bfor await\b|\bwhile\s*\(/.test(text) || SETTLING.test(text);
}

/** The same statement right before or behind. */
function isRepeated(tree: Tree, statement: NodeId): boolean {
  const text = tree.textOf(statement);
  const next = tree.nextSibling[statement] as number;
  if (next !== NONE && tree.textOf(next) === text) return true;
  const around = tree.namedChildren(tree.parentOf(statement));
  const before = around[around.indexOf(statement) - 1];
  return before !== undefined && tree.textOf(before) === text;
}

const LOOKING = /^(?:expect|assert\w*|sinon\.assert|t\.(?:is|deepEqual|true|false)|should)\b/;
/** Time that the test itself makes pass. */
const TICKING =
  /\b(?:advanceTimers\w*|runAll\w*|runOnlyPendingTimers\w*|flush\w*|tick\w*|nextTick|sleep|delay|wait\w*|pause|setTimeout|eventually|once|pEvent|find[A-Z]\w*|expect[A-Z]\w*|(?:get)?[nN]ext[A-Z]\w*)\(/;

/** What follows looks at what the call has done so far, lets time pass, or waits for what tells that it is done. */
function isFollowed(tree: Tree, statement: NodeId): boolean {
  const begun = tree.textOf(statement);
  const isClock = CLOCK.test(begun);
  for (let next = after(tree, statement); next !== NONE; next = after(tree, next)) {
    const kind = tree.kindOf(next);
    if (kind === "comment") continue;
    const text = tree.textOf(next);
    if (kind === "for_in_statement" && /^for await\b/.test(text)) return true;
    // `for (const … of …) seen.push(await page.once("output"))`.
    if (LOOPS.has(kind)) return /\bawait\b/.test(text) && TICKING.test(text);
    if (kind === "return_statement") return TICKING.test(text);
    if (kind !== "expression_statement" && kind !== "lexical_declaration") return false;
    const isLooking = kind === "expression_statement" && LOOKING.test(text);
    if (isLooking && !waitsItself(tree, next)) return true;
    if (/\bawait\b/.test(text))
      return (
        isClock || TICKING.test(text) || waitsForKept(tree, next) || isHandedOn(tree, begun, next)
      );
    if (kind !== "expression_statement") continue;
    if (LOOKING.test(text) || TICKING.test(text)) return true;
  }
  return false;
}

/** The statement behind one, also behind or in a block that only keeps names apart. */
function after(tree: Tree, statement: NodeId): NodeId {
  let next = tree.nextSibling[statement] as number;
  while (next !== NONE && !tree.isNamed(next)) next = tree.nextSibling[next] as number;
  const around = tree.parentOf(statement);
  if (next === NONE && isPlainBlock(tree, around)) return after(tree, around);
  if (next === NONE || !isPlainBlock(tree, next)) return next;
  const first = firstNamed(tree, next);
  return first === NONE ? after(tree, next) : first;
}

function isPlainBlock(tree: Tree, node: NodeId): boolean {
  return (
    tree.kindOf(node) === "statement_block" &&
    /^(?:statement_block|program)$/.test(tree.kindOf(tree.parentOf(node)))
  );
}

/** Whether an `await` is a part of the statement, and not of a function in it. */
function waitsItself(tree: Tree, statement: NodeId): boolean {
  for (const node of ownNodes(tree, statement)) {
    if (tree.kindOf(node) === "await_expression") return true;
  }
  return false;
}

const LOOPS: ReadonlySet<string> = new Set([
  "for_statement",
  "for_in_statement",
  "while_statement",
  "do_statement",
]);

/** Promises that run the clock of a test until nothing is left. */
const CLOCK = /^(?:\w+\.)*(?:runAll|runOnlyPending|runToLast|advance)Timers?\w*Async\(/;

/** `page.load(); await dump(page)`: who waits has what the call was of. */
function isHandedOn(tree: Tree, begun: string, statement: NodeId): boolean {
  const receiver = /^(\w+)(?:\.\w+)+\(/.exec(begun)?.[1];
  if (receiver === undefined || receiver === "this") return false;
  const awaited = [...ownNodes(tree, statement)].find(
    (node) => tree.kindOf(node) === "await_expression",
  );
  const call = awaited === undefined ? NONE : unwrapped(tree, firstNamed(tree, awaited));
  if (call === NONE || tree.kindOf(call) !== "call_expression") return false;
  return argumentsOf(tree, call).some((given) => tree.textOf(given) === receiver);
}

/** `await closed;`, `await opened.promise;`, `await expect(seen.promise).resolves…`, `await new Promise(…)`. */
function waitsForKept(tree: Tree, statement: NodeId): boolean {
  const isDeclared = tree.kindOf(statement) === "lexical_declaration";
  const expression = isDeclared
    ? [...ownNodes(tree, statement)].find((node) => tree.kindOf(node) === "await_expression")
    : firstNamed(tree, statement);
  if (expression === undefined || tree.kindOf(expression) !== "await_expression") return false;
  const awaited = unwrapped(tree, firstNamed(tree, expression));
  const kind = awaited === NONE ? "" : tree.kindOf(awaited);
  if (/^(?:identifier|member_expression|new_expression)$/.test(kind)) return true;
  // `await Promise.race([traced, timedOut])`.
  if (/^Promise\.(?:race|all|any)\(\[[\w\s,.]+\]\)$/.test(tree.textOf(awaited))) return true;
  return /^expect\((?:\w|\.)+\)/.test(tree.textOf(awaited));
}
