import { defineAnalysis } from "../../../core/analysis.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { expressionName } from "../expression-name.ts";
import { FUNCTION_KINDS, indexOf } from "../module-index.ts";
import { argumentsOf, firstNamed, namedNodes, unwrapped } from "../nodes.ts";
import { parameterNames } from "../parameter-names.ts";
import { isTestPath } from "../test-path.ts";
import { methodCall } from "./calls.ts";
import { type AsyncFault, fault } from "./fault.ts";
import { inJudgedModules } from "./judged-modules.ts";
import { ownNodes } from "./own-nodes.ts";

/** A call that may happen once, made twice on one way: the second is where it is found, the first is related. */
type SecondCall = AsyncFault<"settle" | "respond" | "hand on" | "dropped">;

/** Promises that are settled twice on one way, in the judged files, in order. */
export const secondSettles = defineAnalysis("second settles", (use) =>
  inJudgedModules(use, /\bnew Promise\b/, ({ tree, path }) => {
    const found: SecondCall[] = [];
    for (const made of indexOf(tree).calls) {
      if (tree.kindOf(made) !== "new_expression" || isDamaged(tree, made)) continue;
      if (tree.textOf(tree.childIn(made, "constructor")) !== "Promise") continue;
      const [executor] = argumentsOf(tree, made);
      if (executor === undefined || !FUNCTION_KINDS.has(tree.kindOf(executor))) continue;
      const names = parameterNames(tree, executor);
      if (names.length === 0) continue;
      const isSettling = (call: NodeId) => names.includes(calleeText(tree, call));
      found.push(...inFunctions(tree, path, executor, isSettling, "settle"));
    }
    return found;
  }),
);

/** What answers, or would write an answer that is on its way. */
const LATE =
  /^(?:send|json|end|redirect|render|sendFile|sendStatus|download|write|writeHead|setHeader)$/;

const RESPONDING = /^(?:send|json|end|redirect|render|sendFile|sendStatus|download)$/;

/** Requests that are answered twice on one way, in the judged files, in order. */
export const secondResponses = defineAnalysis("second responses", (use) =>
  inJudgedModules(use, /\b(?:res|response|reply)\b/, ({ tree, path }) => {
    const isResponse = (call: NodeId): boolean => answersBy(tree, call, RESPONDING);
    const isNext = (call: NodeId): boolean => calleeText(tree, call) === "next";
    const isLate = (call: NodeId): boolean => answersBy(tree, call, LATE) || isNext(call);
    const isWritten = (call: NodeId): boolean => answersBy(tree, call, LATE);
    const found = indexOf(tree).functions.flatMap((node) => {
      if (!hasResponse(tree, node) || isDamaged(tree, node)) return [];
      const twice = inFunction(tree, path, node, isResponse, "respond", isWritten);
      if (!parameterNames(tree, node).includes("next")) return twice;
      return [...twice, ...inFunction(tree, path, node, isNext, "hand on", isLate)];
    });
    // An empty end() behind an answer does nothing.
    const heard = found.filter(
      ({ at }) => !/\.end\(\s*\)$/.test(tree.text.slice(at.start, at.end)),
    );
    // One answer right behind the other is what a test is about.
    return isTestPath(path) ? heard.filter(({ edits }) => edits.length > 0) : heard;
  }),
);

/** `response.status(400).json(…)`, by one of the methods. */
function answersBy(tree: Tree, call: NodeId, methods: RegExp): boolean {
  const found = methodCall(tree, call);
  if (!found || !methods.test(found.method)) return false;
  return /^(?:res|response|reply)(?:\.(?:status|type|code|set|header)\([^()]*\))*$/.test(
    tree.textOf(found.object),
  );
}

function hasResponse(tree: Tree, node: NodeId): boolean {
  return parameterNames(tree, node).some((name) => /^(?:res|response|reply)$/.test(name));
}

function calleeText(tree: Tree, call: NodeId): string {
  const callee = tree.kindOf(call) === "call_expression" ? tree.childIn(call, "function") : NONE;
  return callee === NONE ? "" : tree.textOf(callee);
}

/** In a function and in all that stand inside of it. */
function inFunctions(
  tree: Tree,
  file: string,
  root: NodeId,
  isCall: (call: NodeId) => boolean,
  kind: SecondCall["kind"],
): SecondCall[] {
  const end = tree.afterSubtree(root);
  return indexOf(tree).functions.flatMap((node) =>
    node >= root && node < end ? inFunction(tree, file, node, isCall, kind) : [],
  );
}

/** A statement that makes the call, or an `if` whose branch ends with it, and another such call further down in the same block. */
function inFunction(
  tree: Tree,
  file: string,
  node: NodeId,
  isCall: (call: NodeId) => boolean,
  kind: SecondCall["kind"],
  isSecond: (call: NodeId) => boolean = isCall,
): SecondCall[] {
  const body = tree.childIn(node, "body");
  if (body === NONE || tree.kindOf(body) !== "statement_block") return [];
  const found: SecondCall[] = [];
  for (const block of [body, ...ownNodes(tree, body)]) {
    if (tree.kindOf(block) !== "statement_block") continue;
    let first = NONE;
    for (const statement of namedNodes(tree, block)) {
      const again = first === NONE ? NONE : callIn(tree, statement, isSecond);
      if (again !== NONE) {
        found.push(
          fault({ file, ...tree.spanOf(again) }, kind, expressionName(tree, again), {
            related: [{ file, ...tree.spanOf(first) }],
            edits: returning(tree, file, first),
          }),
        );
        break;
      }
      if (/^(?:return|throw|break|continue)_statement$/.test(tree.kindOf(statement))) break;
      const call = lastCall(tree, statement, isCall);
      if (call !== NONE) first = call;
    }
  }
  return found;
}

/** The call with which a way through a statement ends, and goes on behind it. */
function lastCall(tree: Tree, statement: NodeId, isCall: (call: NodeId) => boolean): NodeId {
  let node = statement;
  if (tree.kindOf(node) === "if_statement") {
    if (tree.childIn(node, "alternative") !== NONE) return NONE;
    node = tree.childIn(node, "consequence");
    if (node !== NONE && tree.kindOf(node) === "statement_block")
      node = namedNodes(tree, node).at(-1) ?? NONE;
  } else if (tree.kindOf(node) === "try_statement") {
    // Out of a catch that does not leave, the way goes on behind the try.
    const handler = tree.childIn(node, "handler");
    const caught = handler === NONE ? NONE : tree.childIn(handler, "body");
    node = caught === NONE ? NONE : (namedNodes(tree, caught).at(-1) ?? NONE);
  }
  return directCall(tree, node, isCall);
}

function directCall(tree: Tree, statement: NodeId, isCall: (call: NodeId) => boolean): NodeId {
  if (statement === NONE || tree.kindOf(statement) !== "expression_statement") return NONE;
  const call = unwrapped(tree, firstNamed(tree, statement));
  return call !== NONE && isCall(call) ? call : NONE;
}

/** A call that a statement surely makes: itself, or returned. */
function callIn(tree: Tree, statement: NodeId, isCall: (call: NodeId) => boolean): NodeId {
  if (tree.kindOf(statement) !== "return_statement") return directCall(tree, statement, isCall);
  const value = firstNamed(tree, statement);
  const call = value === NONE ? NONE : unwrapped(tree, value);
  return call !== NONE && isCall(call) ? call : NONE;
}

/** `return` behind the first call, where it stands alone in a branch. */
function returning(tree: Tree, file: string, first: NodeId) {
  const statement = tree.parentOf(first);
  const parent = tree.kindOf(tree.parentOf(statement));
  const isBranch =
    parent === "if_statement" ||
    tree.kindOf(tree.parentOf(tree.parentOf(statement))) === "catch_clause" ||
    tree.kindOf(tree.parentOf(tree.parentOf(statement))) === "if_statement";
  if (!isBranch) return [];
  const { start } = tree.spanOf(statement);
  return [{ file, start, end: start, text: "return " }];
}

const HONO = /["'](?:hono(?:\/[\w-]+)?|@hono\/[\w-]+)["']/;
const MAKING = /^(?:json|text|html|redirect|body|notFound|newResponse)$/;

/** Answers that a handler of Hono makes and drops (`c.json(…)` as a statement): only what it returns is sent. */
export const droppedAnswers = defineAnalysis("dropped answers", (use) =>
  inJudgedModules(use, HONO, ({ tree, path }) =>
    indexOf(tree).functions.flatMap((node): SecondCall[] => {
      const [context] = parameterNames(tree, node);
      const body = tree.childIn(node, "body");
      if (context === undefined || !/^(?:c|ctx|context)$/.test(context) || body === NONE) return [];
      if (isTestPath(path) || tree.kindOf(body) !== "statement_block") return [];
      return [...ownNodes(tree, body)].flatMap((statement): SecondCall[] => {
        const call = directCall(tree, statement, (made) => {
          const found = methodCall(tree, made);
          return (
            found !== undefined &&
            MAKING.test(found.method) &&
            tree.textOf(found.object) === context &&
            !isDamaged(tree, made)
          );
        });
        if (call === NONE) return [];
        const at = { file: path, ...tree.spanOf(call) };
        const edit = { file: path, start: at.start, end: at.start, text: "return " };
        return [fault(at, "dropped", expressionName(tree, call), { edits: [edit] })];
      });
    }),
  ),
);
