import { defineAnalysis } from "../../../core/analysis.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { expressionName } from "../expression-name.ts";
import { floatingPromises } from "../floating-promises.ts";
import { FUNCTION_KINDS, indexOf } from "../module-index.ts";
import { argumentsOf, firstNamed, hasToken, namedNodes, unwrapped } from "../nodes.ts";
import { type PromiseFacts, promises } from "../promises.ts";
import type { TypeScriptModule } from "../resolver.ts";
import { type MethodCall, methodCall, methodCalls } from "./calls.ts";
import { type AsyncFault, fault } from "./fault.ts";
import { inJudgedModules } from "./judged-modules.ts";
import { ownNodes } from "./own-nodes.ts";

/** `value`: the next callback takes a value that this one does not return. `promise`: the chain does not wait for what this one starts. */
type LostLink = AsyncFault<"value" | "promise">;

/** Callbacks of `then` in the judged files that break their chain, in order. */
export const lostLinks = defineAnalysis("lost links of chains", (use) => {
  const facts = use(promises);
  const harmless = new Set(
    use(floatingPromises).flatMap(({ at, excuse }) => (excuse ? [`${at.file}:${at.start}`] : [])),
  );
  return inJudgedModules(use, /\.then\b/, (module) =>
    methodCalls(module.tree).flatMap((call) => linkOf(module, call, facts, harmless) ?? []),
  );
});

function linkOf(
  module: TypeScriptModule,
  { call, method, property }: MethodCall,
  facts: PromiseFacts,
  harmless: ReadonlySet<string>,
): LostLink | undefined {
  const { tree, path } = module;
  const next = method === "then" ? nextInChain(tree, call) : undefined;
  if (next?.method !== "then" || isDamaged(tree, call)) return undefined;
  const [argument] = argumentsOf(tree, call);
  const callback = argument === undefined ? NONE : unwrapped(tree, argument);
  if (callback === NONE || !FUNCTION_KINDS.has(tree.kindOf(callback))) return undefined;
  const body = tree.childIn(callback, "body");
  if (tree.kindOf(body) !== "statement_block" || gives(tree, callback, body)) return undefined;
  const at = { file: path, ...tree.spanOf(property) };
  const started = hasToken(tree, callback, "async") ? undefined : lastPromise(module, body, facts);
  if (started !== undefined && !harmless.has(`${path}:${tree.start[started]}`))
    return fault(at, "promise", expressionName(tree, started), {
      related: [{ file: path, ...tree.spanOf(started) }],
      edits: [
        {
          file: path,
          start: tree.start[started] as number,
          end: tree.start[started] as number,
          text: "return ",
        },
      ],
    });
  return takesValue(tree, next) ? fault(at, "value", expressionName(tree, call)) : undefined;
}

/** The call whose receiver a call is. */
function nextInChain(tree: Tree, call: NodeId): MethodCall | undefined {
  const member = tree.parentOf(call);
  return tree.kindOf(member) === "member_expression"
    ? methodCall(tree, tree.parentOf(member))
    : undefined;
}

/** Whether a callback returns anything, or ends in a throw. */
function gives(tree: Tree, callback: NodeId, body: NodeId): boolean {
  const returns = indexOf(tree).returns.get(callback) ?? [];
  if (returns.some((node) => firstNamed(tree, node) !== NONE)) return true;
  for (const node of ownNodes(tree, body)) {
    if (tree.kindOf(node) === "throw_statement" && tree.parentOf(node) === body) return true;
    if (ENDING.test(tree.kindOf(node) === "call_expression" ? tree.textOf(node) : "")) return true;
  }
  return false;
}

/** The program ends, or the test has failed. */
const ENDING = /^(?:process\.exit|fail|done\.fail|assert\.fail|expect\.fail)\b/;

/** The promise that the last statement starts, with nobody to wait for it. */
function lastPromise(
  module: TypeScriptModule,
  body: NodeId,
  facts: PromiseFacts,
): NodeId | undefined {
  const { tree } = module;
  const last = namedNodes(tree, body).at(-1);
  if (last === undefined || tree.kindOf(last) !== "expression_statement") return undefined;
  const node = firstNamed(tree, last);
  if (tree.kindOf(node) !== "call_expression") return undefined;
  return facts.shareOf({ module, node }) === "always" ? node : undefined;
}

/** Whether the first callback of a call has a parameter that it uses. */
function takesValue(tree: Tree, { call }: MethodCall): boolean {
  const [argument] = argumentsOf(tree, call);
  const callback = argument === undefined ? NONE : unwrapped(tree, argument);
  if (callback === NONE || !FUNCTION_KINDS.has(tree.kindOf(callback))) return false;
  if (tree.childIn(callback, "parameter") !== NONE)
    return !tree.textOf(tree.childIn(callback, "parameter")).startsWith("_");
  const list = tree.childIn(callback, "parameters");
  const [first] = list === NONE ? [] : namedNodes(tree, list);
  return first !== undefined && !/^_|\?|=/.test(tree.textOf(first));
}
