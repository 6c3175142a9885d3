import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE } from "../../../syntax/tree.ts";
import { behindPointer } from "../behind-pointer.ts";
import { functionAround } from "../calls.ts";
import { parametersIn } from "../contracts/parameters.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { GoFile } from "../go-file.ts";
import { isHelperPath } from "../project/roles.ts";
import type { FunctionDeclaration, GoResolver, GoType } from "../type.ts";
import { endlessLoop, goStatements, runBy } from "./endless-goroutines.ts";

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
/** Methods that end what a type does, by their names. */
export const ENDS = [
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
export const LIVES_ON = /\/\/.*\b(?:process|life ?time|lifespan|for ?ever|singleton|daemon)/i;

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
  if (made?.kind !== "named" || !made.declaration || endOf(made, resolver) !== undefined) return [];
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

/** The method by which a type ends what it does, of its own or of what it embeds. */
export function endOf(
  type: Extract<GoType, { kind: "named" }>,
  resolver: GoResolver,
): string | undefined {
  const own = [...(type.declaration?.methods().keys() ?? [])].find((method) => ENDING.test(method));
  if (own !== undefined) return own;
  const structure = resolver.underlying(type);
  if (structure.kind === "interface")
    return structure.embedded.length > 0
      ? ENDS[0]
      : structure.methods.find(({ name }) => ENDING.test(name))?.name;
  const pointer: GoType = { kind: "pointer", to: type };
  return ENDS.find((name) => resolver.select(pointer, name) !== undefined);
}
