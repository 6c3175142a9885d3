import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { behindPointer } from "../behind-pointer.ts";
import { functionAround } from "../calls.ts";
import { parametersIn } from "../contracts/parameters.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { GoFile } from "../go-file.ts";
import { isHelperPath } from "../project/roles.ts";
import type { FunctionDeclaration, GoResolver, GoType } from "../type.ts";

/**
 * A constructor whose value brings a goroutine that nobody can end:
 *
 *     func NewCache() *Cache {
 *         c := &Cache{…}
 *         go c.expire()          // for { time.Sleep(…); … }, and Cache has no Close
 *         return c
 *     }
 */
export interface UnstoppableConstructor {
  readonly at: Place;
  readonly maker: string;
  readonly type: string;
  /** The loop without an end. */
  readonly loopAt: Place;
}

export const unstoppableConstructors = defineAnalysis(
  "unstoppable constructors",
  (use): UnstoppableConstructor[] => {
    const resolver = use(goResolver);
    return use(goPackage)
      .files.filter(
        ({ isJudged, isTest, packageName, path, text }) =>
          isJudged &&
          !isTest &&
          packageName !== "main" &&
          !isHelperPath(path) &&
          /\bgo\s+[\w(]/.test(text),
      )
      .flatMap((file) =>
        file.declarations.functions.flatMap((declared) => faultsOf(file, declared, resolver)),
      );
  },
);

const CONSTRUCTOR = /^(?:[Nn]ew|[Mm]ake|[Cc]reate|[Oo]pen|[Dd]ial)(?:\p{Lu}|$)/u;
/** What the caller gives to end it by, or another thing that decides how long it lives. */
const STOP =
  /\bctx\b|\bContext\b|\bchan\b|[Ss]top|[Dd]one\b|[Qq]uit|[Cc]lose|[Ll]ifecycle|[Gg]roup\b/;
const ENDS = [
  "Close",
  "Stop",
  "Shutdown",
  "Cancel",
  "Kill",
  "Quit",
  "Exit",
  "Halt",
  "Terminate",
  "Destroy",
  "Dispose",
  "Release",
  "Cleanup",
  "Teardown",
  "Disconnect",
  "Finish",
  "End",
  "Drain",
  "Done",
];
const ENDING = new RegExp(`^(?:${ENDS.join("|")})`, "i");

/** A comment says that it is to live as long as the process. */
const LIVES_ON = /\/\/.*\b(?:process|life ?time|lifespan|for ?ever|singleton|daemon)/i;

function faultsOf(
  file: GoFile,
  { tree, node, name }: FunctionDeclaration,
  resolver: GoResolver,
): UnstoppableConstructor[] {
  const body = tree.childIn(node, "body");
  if (!CONSTRUCTOR.test(name) || body === NONE || !/\bgo\s/.test(tree.textOf(body))) return [];
  const head = tree.text.slice(tree.start[node], tree.start[body]);
  if (STOP.test(head) || /\bfunc\b[\s\S]*\bfunc\b/.test(head)) return [];
  if (LIVES_ON.test(tree.text.slice(tree.start[body], tree.end[body]))) return [];
  const made = parametersIn(tree, tree.childIn(node, "result")).flatMap(({ type }) => {
    const of = behindPointer(resolver.typeFrom(file.path, type));
    return of.kind === "named" && of.declaration?.file !== undefined ? [of] : [];
  })[0];
  if (made?.kind !== "named" || !made.declaration || canEnd(made, resolver)) return [];
  return goStatements(tree, body).flatMap((started): UnstoppableConstructor[] => {
    if (functionAround(tree, started) !== node) return [];
    const run = runBy(file, tree, started, resolver);
    const loop = run && endlessLoop(run);
    if (!run || loop === undefined) return [];
    const start = tree.start[started] ?? 0;
    return [
      {
        at: { file: file.path, start, end: start + 2 },
        maker: name,
        type: made.name,
        loopAt: {
          file: run.file,
          start: run.tree.start[loop] ?? 0,
          end: (run.tree.start[loop] ?? 0) + 3,
        },
      },
    ];
  });
}

/** The type has a method to end what it does, of its own or of what it embeds. */
function canEnd(type: Extract<GoType, { kind: "named" }>, resolver: GoResolver): boolean {
  if ([...(type.declaration?.methods().keys() ?? [])].some((method) => ENDING.test(method)))
    return true;
  const structure = resolver.underlying(type);
  if (structure.kind === "interface")
    return structure.embedded.length > 0 || structure.methods.some(({ name }) => ENDING.test(name));
  const pointer: GoType = { kind: "pointer", to: type };
  return ENDS.some((name) => resolver.select(pointer, name) !== undefined);
}

function goStatements(tree: Tree, body: NodeId): NodeId[] {
  const go = tree.grammar.kind("go_statement");
  const found: NodeId[] = [];
  for (let node = body; node < tree.afterSubtree(body); node++)
    if (tree.kind[node] === go) found.push(node);
  return found;
}

interface Run {
  readonly tree: Tree;
  readonly file: string;
  readonly body: NodeId;
}

/** What the goroutine runs: a function literal, or a function or method whose source is known. */
function runBy(file: GoFile, tree: Tree, started: NodeId, resolver: GoResolver): Run | undefined {
  const call = tree.childOfKind(started, "call_expression");
  const callee = call === NONE ? NONE : tree.childIn(call, "function");
  if (callee === NONE) return undefined;
  if (tree.kindOf(callee) === "func_literal")
    return { tree, file: file.path, body: tree.childIn(callee, "body") };
  const symbol =
    tree.kindOf(callee) === "identifier" ? resolver.symbolAt(file.path, callee) : undefined;
  const target = resolver.selectionAt(file.path, callee)?.target;
  const declared =
    symbol?.kind === "function"
      ? symbol.declaration
      : target?.kind === "method"
        ? target.declaration
        : undefined;
  if (!declared || declared.alternatives) return undefined;
  const body = declared.tree.childIn(declared.node, "body");
  return body === NONE ? undefined : { tree: declared.tree, file: declared.file, body };
}

/** Ways out of a loop that need no condition in its head. */
const WAY_OUT = new Set(["return_statement", "break_statement", "goto_statement"]);
const LEAVES = /\bpanic\(|\.Goexit\(|\bos\.Exit\(|\.Fatal(?:f|ln)?\(/;

/** A loop for ever that nothing in it leaves; breaks count, whatever they leave. */
function endlessLoop({ tree, body }: Run): NodeId | undefined {
  for (let node = body; node < tree.afterSubtree(body); node++) {
    const kind = tree.kindOf(node);
    if (kind === "func_literal") {
      node = tree.afterSubtree(node) - 1;
      continue;
    }
    if (kind !== "for_statement" || !isForEver(tree, node)) continue;
    const after = tree.afterSubtree(node);
    let isLeft = LEAVES.test(tree.textOf(node));
    for (let inner = node; inner < after && !isLeft; inner++)
      isLeft = WAY_OUT.has(tree.kindOf(inner));
    if (!isLeft) return node;
  }
  return undefined;
}

/** `for {…}`, `for range ticker.C {…}`, `for range time.Tick(…) {…}`: a ticker's channel is never closed. */
function isForEver(tree: Tree, loop: NodeId): boolean {
  const block = tree.childIn(loop, "body");
  const head = tree.text.slice((tree.start[loop] ?? 0) + 3, tree.start[block]).trim();
  return (
    head === "" ||
    head === "true" ||
    /\brange\s+(?:[\w.]*[tT]icker\.C|time\.Tick\(.*\))$/.test(head)
  );
}
