import { defineAnalysis } from "../../../core/analysis.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { expressionName } from "../expression-name.ts";
import { FUNCTION_KINDS } from "../module-index.ts";
import { argumentsOf, firstNamed, namedNodes } from "../nodes.ts";
import { parameterNames } from "../parameter-names.ts";
import { scopesOf } from "../scopes.ts";
import { type MethodCall, promiseStatics } from "./calls.ts";
import { type AsyncFault, fault } from "./fault.ts";
import { inJudgedModules } from "./judged-modules.ts";

/**
 * `await`: an element is awaited before the combinator sees it. `single`: a list of one. `unchecked`: outcomes of allSettled at whose
 * status nobody looks.
 */
type CombinatorFault = AsyncFault<"await" | "single" | "unchecked">;

/** The faults of Promise.all and its like in the judged files, in order. */
export const combinatorFaults = defineAnalysis("combinator faults", (use) =>
  inJudgedModules(use, /\bPromise\s*\.(?:all|race|any)/, ({ tree, path }) =>
    promiseStatics(tree).flatMap((call) => ofCall(tree, path, call)),
  ),
);

const COMBINATORS: ReadonlySet<string> = new Set(["all", "race", "any", "allSettled"]);

function ofCall(
  tree: Tree,
  file: string,
  { call, method, property }: MethodCall,
): CombinatorFault[] {
  if (!COMBINATORS.has(method) || isDamaged(tree, call)) return [];
  const [list] = argumentsOf(tree, call);
  const found: CombinatorFault[] = [];
  if (list !== undefined && tree.kindOf(list) === "array") {
    const elements = namedNodes(tree, list);
    found.push(...awaited(tree, file, elements, method));
    const [only] = elements;
    if (only !== undefined && elements.length === 1 && isSingle(tree, only, method))
      found.push(fault({ file, ...tree.spanOf(call) }, "single", `Promise.${method}`));
  }
  const outcomes = method === "allSettled" ? uncheckedOutcomes(tree, call) : undefined;
  if (outcomes !== undefined)
    found.push(fault({ file, ...tree.spanOf(property) }, "unchecked", outcomes));
  return found;
}

/** An element after an awaited one may need its value by its effect; the last awaited one alone is surely meant to run beside the others. */
function awaited(
  tree: Tree,
  file: string,
  elements: readonly NodeId[],
  method: string,
): CombinatorFault[] {
  if (elements.length < 2) return [];
  return elements.flatMap((node) => {
    if (tree.kindOf(node) !== "await_expression") return [];
    const inner = firstNamed(tree, node);
    if (inner === NONE || tree.kindOf(inner) !== "call_expression") return [];
    const { start } = tree.spanOf(node);
    const edits = [{ file, start, end: tree.start[inner] as number, text: "" }];
    const name = `${expressionName(tree, inner)} in Promise.${method}`;
    return [fault({ file, ...tree.spanOf(node) }, "await" as const, name, { edits })];
  });
}

/** One element that is no spread; `allSettled([x])` is a way not to throw. */
function isSingle(tree: Tree, only: NodeId, method: string): boolean {
  return tree.kindOf(only) !== "spread_element" && method !== "allSettled";
}

const ENDING = /close|dispose|stop|destroy|shutdown|disconnect|teardown|cleanup|flush|kill|exit/i;

/** What outcomes are called, where nobody asks for their status or reason anywhere in the function. */
function uncheckedOutcomes(tree: Tree, call: NodeId): string | undefined {
  const wait = tree.parentOf(call);
  if (tree.kindOf(wait) === "member_expression") return uncheckedBehind(tree, call, wait);
  if (tree.kindOf(wait) !== "await_expression") return undefined;
  const owner = enclosingFunction(tree, call);
  const declarator = usedBy(tree, wait);
  if (tree.kindOf(declarator) !== "variable_declarator" || owner === NONE) return undefined;
  const name = tree.childIn(owner, "name");
  if (name !== NONE && ENDING.test(tree.textOf(name))) return undefined;
  const pattern = tree.childIn(declarator, "name");
  if (tree.kindOf(pattern) === "array_pattern")
    return looksAtStatus(tree, declarator, owner) || REPLACES.test(tree.textOf(owner))
      ? undefined
      : valueOfEach(tree, pattern);
  if (tree.kindOf(pattern) !== "identifier") return undefined;
  const binding = scopesOf(tree).bindingAt(pattern);
  const references = binding ? scopesOf(tree).references(binding) : [];
  if (looksAtStatus(tree, declarator, owner)) return undefined;
  if (references.some((node) => isTestedElsewhere(tree, node))) return undefined;
  // Handed on, or returned: somebody else may look.
  const isUsedHere = references.every((node) => USED_HERE.has(tree.kindOf(usedBy(tree, node))));
  return isUsedHere ? tree.textOf(pattern) : undefined;
}

/** `Promise.allSettled(calls).then((outcomes) => outcomes.map((outcome) => outcome.value))` */
function uncheckedBehind(tree: Tree, call: NodeId, member: NodeId): string | undefined {
  const chained = tree.parentOf(member);
  if (tree.childIn(member, "object") !== call || tree.kindOf(chained) !== "call_expression")
    return undefined;
  if (tree.textOf(tree.childIn(member, "property")) !== "then") return undefined;
  const [callback] = argumentsOf(tree, chained);
  if (callback === undefined || !FUNCTION_KINDS.has(tree.kindOf(callback))) return undefined;
  const [parameter, ...others] = parameterNames(tree, callback);
  if (parameter === undefined || others.length > 0) return undefined;
  if (hasStatusWord(tree, callback, tree.afterSubtree(callback))) return undefined;
  const text = tree.textOf(callback);
  return /\.value\b/.test(text) && !REPLACES.test(text) ? parameter : undefined;
}

/** `outcome.value ?? []`, `if (outcome.value)`, `.filter(Boolean)`: a value that is missing is provided for. */
const REPLACES = /\.value\s*(?:\?|\|\||&&)|\bif\s*\(\s*!?\s*[\w.]+\.value\b|\bfilter\(\s*Boolean\b/;

/** `a` of `const [a, b] = await …`, where `a.value` is read. */
function valueOfEach(tree: Tree, pattern: NodeId): string | undefined {
  const names = namedNodes(tree, pattern).filter((node) => tree.kindOf(node) === "identifier");
  const scopes = scopesOf(tree);
  const read = names.find((name) => {
    const binding = scopes.bindingAt(name);
    return binding && scopes.references(binding).some((node) => isValueRead(tree, node));
  });
  return read === undefined ? undefined : tree.textOf(read);
}

function isValueRead(tree: Tree, node: NodeId): boolean {
  const member = usedBy(tree, node);
  return (
    tree.kindOf(member) === "member_expression" &&
    tree.textOf(tree.childIn(member, "property")) === "value"
  );
}

/** What uses a name, through casts: `(outcomes as PromiseFulfilledResult<T>[]).map(…)`. */
function usedBy(tree: Tree, node: NodeId): NodeId {
  let at = tree.parentOf(node);
  while (/^(?:as|parenthesized|non_null)_expression$/.test(tree.kindOf(at))) at = tree.parentOf(at);
  return at;
}

/** `outcomes.filter(isFulfilled)`, `outcomes.map(toResult)`: the function that is named there may look. */
function isTestedElsewhere(tree: Tree, node: NodeId): boolean {
  const member = usedBy(tree, node);
  const call = tree.parentOf(member);
  if (tree.kindOf(member) !== "member_expression" || tree.kindOf(call) !== "call_expression")
    return false;
  return argumentsOf(tree, call).some((given) =>
    /^(?:identifier|member_expression)$/.test(tree.kindOf(given)),
  );
}

/** A word of an outcome (`.status`, `{ reason }`, `"rejected"`) anywhere in a function behind a declaration. */
function looksAtStatus(tree: Tree, declarator: NodeId, owner: NodeId): boolean {
  return hasStatusWord(tree, tree.afterSubtree(declarator), tree.afterSubtree(owner));
}

function hasStatusWord(tree: Tree, from: NodeId, end: NodeId): boolean {
  for (let node = from; node < end; node++) {
    if (!/identifier|string_fragment/.test(tree.kindOf(node))) continue;
    // `"value" in outcome`
    if (tree.kindOf(node) === "string_fragment" && tree.textOf(node) === "value") return true;
    if (/^(?:status|reason|fulfilled|rejected)$/.test(tree.textOf(node))) return true;
  }
  return false;
}

const USED_HERE: ReadonlySet<string> = new Set([
  "member_expression",
  "for_in_statement",
  "subscript_expression",
]);
