import { NONE, type NodeId } from "../../syntax/tree.ts";
import { argumentsOf, unwrapped } from "./nodes.ts";
import type { ModuleNode, TypeScriptModule } from "./resolver.ts";
import { scopesOf } from "./scopes.ts";
import { type TsType, UNKNOWN } from "./ts-type.ts";

interface Known {
  readonly names: string;
  readonly module: string;
  readonly owner: readonly string[];
  /** What a file says that has to do with the library; names that nobody else uses need none. */
  readonly context?: RegExp;
}

/** Names of members that only one library has, for values whose type is not known. */
const KNOWN: readonly Known[] = [
  {
    names: "fetchNextPage fetchPreviousPage mutateAsync",
    module: "@tanstack/react-query",
    owner: ["QueryResult"],
  },
  { names: "pipeTo", module: "global", owner: ["ReadableStream"] },
  {
    names: "addIceCandidate setLocalDescription setRemoteDescription",
    module: "global",
    owner: ["RTCPeerConnection"],
  },
  {
    names: "$transaction $queryRaw $queryRawUnsafe $executeRaw $executeRawUnsafe",
    module: "@prisma/client",
    owner: ["PrismaClient"],
    context: /prisma/i,
  },
  // The other operations of MongoDB are called the same in Mongoose, where they give queries.
  {
    names: "insertOne insertMany bulkWrite",
    module: "mongodb",
    owner: ["Collection"],
    context: /mongo/i,
  },
  {
    names: "assertQueue assertExchange bindQueue unbindQueue purgeQueue",
    module: "amqplib",
    owner: ["Channel"],
    context: /amqp|rabbit/i,
  },
];

const BY_NAME: ReadonlyMap<string, Known> = new Map(
  KNOWN.flatMap((known) => known.names.split(" ").map((name) => [name, known] as const)),
);

/** The type of a member of a value of which nothing else is known. */
export function unmistakableMember(at: ModuleNode, name: string): TsType {
  const { module } = at;
  const known = BY_NAME.get(name);
  if (known && (known.context?.test(module.tree.text) ?? true))
    return {
      kind: "external",
      module: known.module,
      path: [...known.owner, name],
      isInstance: false,
    };
  if (!UTILITIES.has(name) || !isOfUtilities(module, at.node)) return UNKNOWN;
  return {
    kind: "external",
    module: "@trpc/react-query",
    path: ["utils", name],
    isInstance: false,
  };
}

/** `utils.post.byId.invalidate()` of tRPC: members of members by the names of procedures, and then one of these. */
const UTILITIES: ReadonlySet<string> = new Set(
  "invalidate refetch reset cancel fetch prefetch fetchInfinite prefetchInfinite ensureData".split(
    " ",
  ),
);
const MAKES_UTILITIES =
  /(?:^|\.)(?:useUtils|useContext|useQueryUtils|createTRPCQueryUtils|createServerSideHelpers)$/;

/** Whether the leftmost name of a chain of members was given what a hook of tRPC hands out. */
function isOfUtilities({ tree }: TypeScriptModule, member: NodeId): boolean {
  if (!/trpc/i.test(tree.text)) return false;
  let at = member;
  while (at !== NONE && /^(?:member|subscript)_expression$/.test(tree.kindOf(at)))
    at = unwrapped(tree, tree.childIn(at, "object"));
  if (at === NONE || tree.kindOf(at) !== "identifier") return false;
  const [declaration] = scopesOf(tree).bindingAt(at)?.declarations ?? [];
  if (!declaration || tree.kindOf(declaration.node) !== "variable_declarator") return false;
  const value = unwrapped(tree, tree.childIn(declaration.node, "value"));
  if (value === NONE || tree.kindOf(value) !== "call_expression") return false;
  // `useContext(ThemeContext)` is React's.
  const callee = tree.textOf(tree.childIn(value, "function"));
  const isReacts = callee.endsWith("useContext") && argumentsOf(tree, value).length > 0;
  return MAKES_UTILITIES.test(callee) && !isReacts;
}
