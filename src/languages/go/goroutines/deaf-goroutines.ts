import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { behindPointer } from "../behind-pointer.ts";
import { functionAround, nameOfFunction, parametersOf, typeName } from "../calls.ts";
import { parametersIn } from "../contracts/parameters.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { GoFile } from "../go-file.ts";
import { isHelperPath } from "../project/roles.ts";
import type { FunctionDeclaration, GoResolver } from "../type.ts";
import { endlessLoop, goStatements, runBy } from "./endless-goroutines.ts";
import { ENDS, endOf, LIVES_ON } from "./unstoppable-constructors.ts";

/**
 * A goroutine that loops for ever, though there is something to end it by, which it never looks at:
 *
 *     func (p *Pool) Start(ctx context.Context) {
 *         go p.refresh()                            // for { time.Sleep(…); … }
 *     }
 */
export interface DeafGoroutine {
  readonly at: Place;
  readonly starter: string;
  /** The context, or the method that ends the rest: `ctx`, `Pool.Close`. */
  readonly end: string;
  readonly loopAt: Place;
  /** All of the loop. */
  readonly loop: Place;
}

const INTEREST = /\bgo\s+[\w(]/;

/** Outside of tests and programs. */
export const deafGoroutines = defineAnalysis("deaf goroutines", (use): DeafGoroutine[] => {
  const resolver = use(goResolver);
  const { files } = use(goPackage);
  const isLasting = (type: string) => isOfProcess(files, type);
  return files
    .filter(
      ({ isJudged, isTest, packageName, path, text }) =>
        isJudged && !isTest && packageName !== "main" && !isHelperPath(path) && INTEREST.test(text),
    )
    .flatMap((file) =>
      [...file.declarations.functions, ...file.declarations.methods].flatMap((declared) =>
        declared.receiver !== undefined && isLasting(declared.receiver)
          ? []
          : faultsOf(file, declared, resolver),
      ),
    );
});

/** `var TokenBucket tokenBucket`: the one that there is lives as long as the process. */
function isOfProcess(files: readonly GoFile[], type: string): boolean {
  const mention = new RegExp(`\\b(?:[nN]ew)?${type}\\b`, "i");
  return files.some(
    ({ isTest, declarations, tree }) =>
      !isTest &&
      tree !== undefined &&
      declarations.values.some(
        ({ kind, spec }) => kind === "variable" && mention.test(tree.textOf(spec)),
      ),
  );
}

function faultsOf(
  file: GoFile,
  declared: FunctionDeclaration,
  resolver: GoResolver,
): DeafGoroutine[] {
  const { tree, node, name } = declared;
  const body = tree.childIn(node, "body");
  if (body === NONE || name === "init" || !/\bgo\s/.test(tree.textOf(body))) return [];
  const around = tree.text.slice(commentStart(tree, node), tree.end[body]);
  if (LIVES_ON.test(around)) return [];
  return goStatements(tree, body).flatMap((started): DeafGoroutine[] => {
    const end = functionAround(tree, started) === node && wayToEnd(file, declared, resolver);
    const run = end ? runBy(file, tree, started, resolver) : undefined;
    const loop = run && endlessLoop(run);
    if (!end || !run || loop === undefined || isOnce(tree, started)) return [];
    if (
      LIVES_ON.test(
        run.tree.text.slice(
          commentStart(run.tree, run.tree.parentOf(run.body)),
          run.tree.end[run.body],
        ),
      )
    )
      return [];
    if (looksAt(run.tree, loop, end)) return [];
    const start = tree.start[started] ?? 0;
    const loopStart = run.tree.start[loop] ?? 0;
    return [
      {
        at: { file: file.path, start, end: start + 2 },
        starter: name,
        end,
        loopAt: { file: run.file, start: loopStart, end: loopStart + 3 },
        loop: { file: run.file, ...run.tree.spanOf(loop) },
      },
    ];
  });
}

/** The context that the starter is given, or the method that ends what it belongs to or yields. */
function wayToEnd(
  file: GoFile,
  { tree, node, receiver }: FunctionDeclaration,
  resolver: GoResolver,
): string | undefined {
  const context = parametersOf(file.path, tree, node, resolver).find(
    ({ type }) => typeName(type) === "context.Context",
  );
  if (context) return tree.textOf(context.name);
  const list =
    receiver === undefined ? tree.childIn(node, "result") : tree.childIn(node, "receiver");
  for (const { type } of parametersIn(tree, list)) {
    const owner = behindPointer(resolver.typeFrom(file.path, type));
    if (owner.kind !== "named" || owner.declaration?.file === undefined) continue;
    const method = endOf(owner, resolver);
    // `cleanupExpired` begins like one, and ends nothing.
    const isWhole = ENDS.some((one) => one.toLowerCase() === method?.toLowerCase());
    if (isWhole && nameOfFunction(tree, node) !== method) return `${owner.name}.${method}`;
  }
  return undefined;
}

/** A loop may look at whatever it is told by, under another name than one knows. */
const TOLD = /ctx|context|done|stop|quit|exit|clos|shut|cancel|kill|alive|running|active/i;

function looksAt(tree: Tree, loop: NodeId, end: string): boolean {
  const after = tree.afterSubtree(loop);
  for (let node = loop; node < after; node++) {
    const kind = tree.kindOf(node);
    if (kind !== "identifier" && kind !== "field_identifier") continue;
    const name = tree.textOf(node);
    if (name === end || TOLD.test(name)) return true;
  }
  return false;
}

/** `once.Do(func() { go … })`: as long as the process, by design. */
function isOnce(tree: Tree, started: NodeId): boolean {
  for (let at = tree.parentOf(started); at !== NONE; at = tree.parentOf(at))
    if (tree.kindOf(at) === "call_expression" && /[oO]nce\.Do\b/.test(tree.textOf(at))) return true;
  return false;
}

/** Where the comment above a node begins. */
function commentStart(tree: Tree, node: NodeId): number {
  const start = tree.start[node] ?? 0;
  const comment = /(?:[ \t]*\/\/[^\n]*\n)+[ \t]*$/.exec(
    tree.text.slice(Math.max(0, start - 2000), start),
  );
  return start - (comment?.[0].length ?? 0);
}
