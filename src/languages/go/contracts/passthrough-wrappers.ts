import { defineAnalysis } from "../../../core/analysis.ts";
import type { Problem } from "../../../core/finding.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import { childIn, type GoFile } from "../go-file.ts";
import type { GoPackage } from "../package.ts";
import { requiredMethods } from "../project/interface-methods.ts";
import { syntaxNumbers } from "../syntax-numbers.ts";
import type { FunctionDeclaration, GoResolver, TypeDeclaration } from "../type.ts";
import { typeDeclarationPlace } from "../type-declaration-place.ts";
import { parametersIn } from "./parameters.ts";

const FEWEST = 2;

/** Structs of one interface field whose methods are those of the field, each handed on and nothing else. */
export const passthroughWrappers = defineAnalysis(
  "passthrough wrappers",
  (use): readonly Problem[] => {
    const of = use(goPackage);
    const resolver = use(goResolver);
    return of.files
      .filter((file) => file.isJudged && !file.isTest && /\bstruct\s*\{/.test(file.text))
      .flatMap((file) =>
        file.declarations.types.flatMap((type) => wrapperProblem(of, file, type, resolver) ?? []),
      );
  },
);

function wrapperProblem(
  of: GoPackage,
  file: GoFile,
  declaration: TypeDeclaration,
  resolver: GoResolver,
): Problem | undefined {
  const type = declaration.underlying();
  const [only, other] = type.kind === "struct" ? type.fields : [];
  if (!only || other || only.isEmbedded) return undefined;
  const contract = resolver.underlying(only.type);
  if (contract.kind !== "interface" || contract.isConstraint) return undefined;
  const { methods: asked, isComplete } = requiredMethods(resolver, contract);
  const methods = of.methodsOf(declaration.name, file.packageName);
  if (!isComplete || asked.size < FEWEST || methods.length !== asked.size) return undefined;
  if (!methods.every((method) => asked.has(method.name) && isForward(method, only.name)))
    return undefined;
  return {
    at: typeDeclarationPlace(declaration),
    message: `${declaration.name} hands its ${methods.length} methods on to ${only.name}, and does nothing else`,
    related: methods.slice(0, 3).map((method) => ({
      at: { file: method.file, ...method.tree.spanOf(method.node) },
      note: `${method.name} is handed on`,
    })),
  };
}

/** `func (w *T) M(a A) R { return w.field.M(a) }` */
function isForward({ tree, node, name }: FunctionDeclaration, field: string): boolean {
  const numbers = syntaxNumbers(tree.grammar);
  const [receiver] = parametersIn(tree, childIn(tree, node, numbers.field.receiver));
  const call = onlyCall(tree, childIn(tree, node, numbers.field.body));
  if (!receiver || receiver.name === NONE || call === NONE) return false;
  const callee = childIn(tree, call, numbers.field.function);
  if (tree.textOf(callee) !== `${tree.textOf(receiver.name)}.${field}.${name}`) return false;
  const given = tree
    .namedChildren(childIn(tree, call, numbers.field.arguments))
    .map((each) => tree.textOf(each));
  const parameters = parametersIn(tree, childIn(tree, node, numbers.field.parameters)).map(
    (each) =>
      each.name === NONE ? "" : `${tree.textOf(each.name)}${each.isVariadic ? "..." : ""}`,
  );
  return given.length === parameters.length && given.every((text, at) => text === parameters[at]);
}

/** The call that is a body's one statement, returned or not. */
function onlyCall(tree: Tree, body: NodeId): NodeId {
  if (body === NONE) return NONE;
  const { kind } = syntaxNumbers(tree.grammar);
  let node = body;
  for (let steps = 0; steps < 6; steps++) {
    if (tree.kind[node] === kind.call_expression) return node;
    const children = tree.namedChildren(node);
    const [inner] = children;
    if (children.length !== 1 || inner === undefined) return NONE;
    if (!STEPS.has(tree.kindOf(inner))) return NONE;
    node = inner;
  }
  return NONE;
}

const STEPS: ReadonlySet<string> = new Set([
  "statement_list",
  "return_statement",
  "expression_list",
  "expression_statement",
  "call_expression",
]);
