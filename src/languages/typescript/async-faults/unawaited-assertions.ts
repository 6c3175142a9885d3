import { defineAnalysis } from "../../../core/analysis.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { indexOf } from "../module-index.ts";
import { firstNamed, hasToken, unwrapped } from "../nodes.ts";
import { isTestPath } from "../test-path.ts";
import { methodCall } from "./calls.ts";
import { type AsyncFault, fault } from "./fault.ts";
import { inJudgedModules } from "./judged-modules.ts";

/** `assertion`: its failure comes after the test. `action`: of a user that the test plays. */
type UnawaitedAssertion = AsyncFault<"assertion" | "action">;

/** Async assertions and helpers of tests that stand as statements, awaited by nobody, in order. */
export const unawaitedAssertions = defineAnalysis("unawaited assertions", (use) =>
  inJudgedModules(use, /\bexpect\b|\bassert\b|\buserEvent\b/, ({ tree, path }) => {
    if (
      !isTestPath(path) &&
      !/vitest|jest|playwright|node:test|mocha|testing-library/.test(tree.text)
    )
      return [];
    const hasWebAssertions = /["']@playwright\/test["']/.test(tree.text);
    return indexOf(tree).expressionStatements.flatMap((statement): UnawaitedAssertion[] => {
      const node = firstNamed(tree, statement);
      const call = node === NONE ? NONE : unwrapped(tree, node);
      if (call === NONE || tree.kindOf(call) !== "call_expression" || isDamaged(tree, call))
        return [];
      const found = kindOf(tree, call, hasWebAssertions);
      if (!found) return [];
      const at = { file: path, ...tree.spanOf(call) };
      const owner = enclosingFunction(tree, call);
      const canAwait = owner !== NONE && hasToken(tree, owner, "async");
      const edits = canAwait
        ? [{ file: path, start: at.start, end: at.start, text: "await " }]
        : [];
      return [fault(at, found.kind, found.name, { edits })];
    });
  }),
);

/** Matchers of @playwright/test that wait for the page. */
const WEB_MATCHER =
  /^to(?:BeVisible|BeHidden|BeEnabled|BeDisabled|BeChecked|BeEditable|BeEmpty|BeFocused|BeAttached|BeInViewport|ContainText|HaveText|HaveAttribute|HaveClass|HaveCount|HaveCSS|HaveId|HaveJSProperty|HaveScreenshot|HaveTitle|HaveURL|HaveValue|HaveValues|Pass)$/;

function kindOf(
  tree: Tree,
  call: NodeId,
  hasWebAssertions: boolean,
): { readonly kind: "assertion" | "action"; readonly name: string } | undefined {
  const outer = methodCall(tree, call);
  if (!outer) return undefined;
  const { method, object } = outer;
  if (
    /^(?:rejects|doesNotReject)$/.test(method) &&
    /^assert(?:\.strict)?$/.test(tree.textOf(object))
  )
    return { kind: "assertion", name: `assert.${method}` };
  if (tree.textOf(object) === "userEvent" && method !== "setup")
    return { kind: "action", name: `userEvent.${method}` };
  let inner = object;
  let isAsync = hasWebAssertions && WEB_MATCHER.test(method);
  for (let steps = 0; steps < 4 && tree.kindOf(inner) === "member_expression"; steps++) {
    const word = tree.textOf(tree.childIn(inner, "property"));
    if (word === "resolves" || word === "rejects") isAsync = true;
    inner = tree.childIn(inner, "object");
  }
  const callee = tree.kindOf(inner) === "call_expression" ? tree.childIn(inner, "function") : NONE;
  const text = callee === NONE ? "" : tree.textOf(callee);
  if (text === "expect.poll" || text === "expect.element") isAsync = true;
  else if (text !== "expect") return undefined;
  return isAsync ? { kind: "assertion", name: `${text}().….${method}` } : undefined;
}
