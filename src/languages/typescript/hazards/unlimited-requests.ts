import { defineAnalysis } from "../../../core/analysis.ts";
import type { Edit } from "../../../core/finding.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { propertyOf } from "../json-with-comments.ts";
import { type TypeScriptModules, typescriptModules } from "../modules.ts";
import { argumentsOf, namedNodes, unwrapped } from "../nodes.ts";
import { packageJson } from "../package-json.ts";
import type { TypeScriptModule } from "../resolver.ts";
import { typescriptResolver } from "../typescript-resolver.ts";
import { callAt, callsIn, modulesOfInterest, placeOf } from "./syntax.ts";

/** A request that waits for its answer as long as it takes. */
export interface UnlimitedRequest {
  readonly at: Place;
  readonly edit: Edit | undefined;
}

/** `fetch(url)` without a signal, in packages that run on Node; tests left out. */
export const unlimitedRequests = defineAnalysis("unlimited requests", (use): UnlimitedRequest[] => {
  const modules = use(typescriptModules);
  const resolver = use(typescriptResolver);
  return modulesOfInterest(use, /\bfetch\s*\(/).flatMap((module) => {
    if (module.path.endsWith("x") || PAGES.test(module.path) || DRAWS.test(module.tree.text))
      return [];
    if (!runsOnNode(module.path, modules)) return [];
    return callsIn(module.tree).flatMap((call): UnlimitedRequest[] => {
      if (call.name !== "fetch" || call.object !== NONE) return [];
      if (resolver.variableAt({ module, node: call.nameAt })) return [];
      const [url, options] = call.given;
      if (url === undefined || call.given.some((one) => isSpread(module.tree, one))) return [];
      if (mayHaveSignal(module.tree, options)) return [];
      return [{ at: placeOf(module, call.nameAt), edit: signalFor(module, url, options) }];
    });
  });
});

/** `fetch(...args)` hands on whatever it is given. */
function isSpread(tree: Tree, argument: NodeId): boolean {
  return tree.kindOf(argument) === "spread_element";
}

/** Code that a package of Node sends to a page. */
const PAGES = /(?:^|\/)(?:client|browser|frontend|web|public)\//;
const DRAWS = /\b(?:document|window|navigator|customElements)\b|\bWebAssembly\b/;
const PAGE = /^(?:react|react-dom|vue|svelte|preact|solid-js|@angular\/core|next|nuxt)$/;

/** It names the Node that it wants, and nothing that draws pages. */
function runsOnNode(path: string, modules: TypeScriptModules): boolean {
  const json = packageJson(path, modules);
  if (propertyOf(propertyOf(json, "engines"), "node") === undefined) return false;
  if (propertyOf(json, "browser") !== undefined) return false;
  return ["dependencies", "peerDependencies", "devDependencies"].every((kind) => {
    const named = propertyOf(json, kind);
    return typeof named !== "object" || !Object.keys(named ?? {}).some((name) => PAGE.test(name));
  });
}

/** Options that are not written here may have one. */
function mayHaveSignal(tree: Tree, options: NodeId | undefined): boolean {
  if (options === undefined) return false;
  const node = unwrapped(tree, options);
  if (tree.kindOf(node) !== "object") return true;
  return namedNodes(tree, node).some(
    (one) => tree.kindOf(one) === "spread_element" || /^["']?signal\b/.test(tree.textOf(one)),
  );
}

const SIGNAL = "signal: AbortSignal.timeout(10_000)";

function signalFor(
  { path, tree }: TypeScriptModule,
  url: NodeId,
  options: NodeId | undefined,
): Edit | undefined {
  if (options === undefined) {
    // A Request may have a signal of its own.
    const isText = /^(?:string|template_string)$/.test(tree.kindOf(unwrapped(tree, url)));
    const end = tree.end[url] ?? 0;
    return isText ? { file: path, start: end, end, text: `, { ${SIGNAL} }` } : undefined;
  }
  const node = unwrapped(tree, options);
  const start = (tree.start[node] ?? 0) + 1;
  const isEmpty = namedNodes(tree, node).length === 0;
  return { file: path, start, end: start, text: isEmpty ? ` ${SIGNAL} ` : ` ${SIGNAL},` };
}

/** A race of requests alone: none of them need ever answer. */
export interface UnlimitedRace {
  readonly at: Place;
}

const LIMIT = /signal|time|abort|delay|sleep|wait|cancel|clos|stop|exit|end/i;
const REQUEST = /^(?:fetch|axios|got|ky|request|superagent)\b/;

export const unlimitedRaces = defineAnalysis("unlimited races", (use): UnlimitedRace[] =>
  modulesOfInterest(use, /\bPromise\s*\.race\b/).flatMap((module) => {
    const { tree } = module;
    return callsIn(tree).flatMap((call): UnlimitedRace[] => {
      if (call.name !== "race" || call.object === NONE || tree.textOf(call.object) !== "Promise")
        return [];
      const [list] = call.given;
      const node = list === undefined ? NONE : unwrapped(tree, list);
      if (node === NONE || tree.kindOf(node) !== "array") return [];
      const racing = namedNodes(tree, node);
      const areRequests = racing.every((one) => isRequest(tree, unwrapped(tree, one)));
      return racing.length > 0 && areRequests ? [{ at: placeOf(module, call.nameAt) }] : [];
    });
  }),
);

function isRequest(tree: Tree, node: NodeId): boolean {
  if (tree.kindOf(node) !== "call_expression" || LIMIT.test(tree.textOf(node))) return false;
  const call = callAt(tree, node);
  return (
    call !== undefined &&
    REQUEST.test(tree.textOf(tree.childIn(node, "function"))) &&
    argumentsOf(tree, node).length > 0
  );
}
