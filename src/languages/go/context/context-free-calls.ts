import { defineAnalysis } from "../../../core/analysis.ts";
import type { Edit } from "../../../core/finding.ts";
import type { Place } from "../../../core/position.ts";
import type { NodeId, Tree } from "../../../syntax/tree.ts";
import { callsOf, hasCommentAbove, placeOf } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import { contextInScope } from "./context-in-scope.ts";

/** A call that takes long and cannot be cancelled, in a function that has a context for it. */
export interface ContextFreeCall {
  readonly at: Place;
  readonly name: string;
  /** The variant that takes a context. */
  readonly variant: string;
  readonly context: string;
  readonly fix: readonly Edit[] | undefined;
}

/** Functions with a variant that differs in its first argument alone, by last name. */
const RENAMED: Readonly<Record<string, string>> = {
  "net/http.NewRequest": "NewRequestWithContext",
  ...Object.fromEntries(
    ["DB", "Tx", "Conn"].flatMap((type) =>
      ["Exec", "Query", "QueryRow", "Prepare"].map((name) => [
        `database/sql.${type}.${name}`,
        `${name}Context`,
      ]),
    ),
  ),
  ...Object.fromEntries(
    ["Exec", "Query", "QueryRow"].map((name) => [`database/sql.Stmt.${name}`, `${name}Context`]),
  ),
  "database/sql.DB.Ping": "PingContext",
};

/** Functions whose variant is written another way. */
const OTHERWISE: Readonly<Record<string, string>> = {
  "net/http.Get": "http.NewRequestWithContext and Client.Do",
  "net/http.Head": "http.NewRequestWithContext and Client.Do",
  "net/http.Post": "http.NewRequestWithContext and Client.Do",
  "net/http.PostForm": "http.NewRequestWithContext and Client.Do",
  "net/http.Client.Get": "http.NewRequestWithContext and Client.Do",
  "net/http.Client.Head": "http.NewRequestWithContext and Client.Do",
  "net/http.Client.Post": "http.NewRequestWithContext and Client.Do",
  "net/http.Client.PostForm": "http.NewRequestWithContext and Client.Do",
  "net.Dial": "net.Dialer.DialContext",
  "net.DialTimeout": "net.Dialer.DialContext",
  "net.LookupHost": "net.Resolver.LookupHost",
  "net.LookupIP": "net.Resolver.LookupIPAddr",
};

const NAMES: ReadonlySet<string> = new Set(
  [...Object.keys(RENAMED), ...Object.keys(OTHERWISE)].map((name) =>
    name.slice(name.lastIndexOf(".") + 1),
  ),
);

/** Outside tests, directly in a function that has a context or a request as a parameter. */
export const contextFreeCalls = defineAnalysis("context-free calls", (use): ContextFreeCall[] => {
  const resolver = use(goResolver);
  const files = use(goPackage).files.filter(({ isTest }) => !isTest);
  return callsOf(files, resolver, NAMES).flatMap(
    ({ file, tree, node, callee, name, arguments: given }) => {
      const renamed = Object.hasOwn(RENAMED, name) ? RENAMED[name] : undefined;
      const [first] = given;
      const variant = renamed ?? (Object.hasOwn(OTHERWISE, name) ? OTHERWISE[name] : undefined);
      const context = variant && contextInScope(file.path, tree, node, resolver);
      if (!variant || !context || context.isOutside || hasCommentAbove(tree, tree.spanOf(node)))
        return [];
      // A socket of this machine answers at once.
      if (first !== undefined && /^"unix/.test(tree.textOf(first))) return [];
      if (name === "net/http.NewRequest" && isGivenContextLater(tree, node, context)) return [];
      const field = tree.childIn(callee, "field");
      const fix =
        renamed && field >= 0 && first !== undefined
          ? [
              { ...placeOf(file, tree, field), text: renamed },
              {
                file: file.path,
                start: tree.start[first] ?? 0,
                end: tree.start[first] ?? 0,
                text: `${context.text}, `,
              },
            ]
          : undefined;
      return [{ at: placeOf(file, tree, node), name, variant, context: context.text, fix }];
    },
  );
});

/**
 * A request for httputil or for a test server is served at once; one with its context set later, or given to a client beside its
 * context, is cancelled all the same.
 */
function isGivenContextLater(
  tree: Tree,
  call: NodeId,
  { text, function: body }: { readonly text: string; readonly function: NodeId },
): boolean {
  const after = tree.text.slice(tree.end[call], tree.end[body]);
  if (/\.WithContext\(/.test(after)) return true;
  const before = tree.text.slice(tree.start[body], tree.start[call]);
  const request = /(\w+)(?:, *\w+)? *:?= *$/.exec(before)?.[1];
  return request !== undefined && after.includes(`(${text}, ${request}`);
}
