import { defineAnalysis } from "../../../core/analysis.ts";
import type { Problem } from "../../../core/finding.ts";
import { NONE } from "../../../syntax/tree.ts";
import { goPackage } from "../go-analyses.ts";
import { childIn, type GoFile } from "../go-file.ts";
import type { GoPackage } from "../package.ts";
import { syntaxNumbers } from "../syntax-numbers.ts";
import type { FunctionDeclaration, TypeDeclaration } from "../type.ts";
import { typeDeclarationPlace } from "../type-declaration-place.ts";
import { parametersIn } from "./parameters.ts";

/** Methods that have to be there for values as well, and methods that read a decoded value back. */
const FOR_VALUES =
  /^(?:Marshal\w*|Unmarshal\w*|GobEncode|GobDecode|MarshalJSON|String|GoString|Error|Format|LogValue|Value|Scan|Is|As|Unwrap|IsZero|Len|Less|Swap|Equal|Type|Set|DeepCopy\w*)$/;
/** One of many: where they are halves, it is a way of writing. */
const FEWEST_POINTERS = 4;

/** Structs some of whose methods have a value and some a pointer as receiver. */
export const mixedReceivers = defineAnalysis("mixed receivers", (use): readonly Problem[] => {
  const of = use(goPackage);
  return of.files
    .filter((file) => file.isJudged && !file.isTest)
    .flatMap((file) =>
      file.declarations.types.flatMap((declaration) => mixedProblem(of, file, declaration) ?? []),
    );
});

function mixedProblem(
  of: GoPackage,
  file: GoFile,
  declaration: TypeDeclaration,
): Problem | undefined {
  const methods = of
    .methodsOf(declaration.name, file.packageName)
    // How a generator writes its methods is nobody's choice.
    .filter((method) => !FOR_VALUES.test(method.name) && !of.file(method.file)?.isGenerated);
  const pointers = methods.filter(({ hasPointerReceiver }) => hasPointerReceiver);
  const copying = methods.filter((each) => !each.hasPointerReceiver);
  const onPurpose = copying.filter((each) => !usesReceiver(each)).map(({ name }) => name);
  const values = copying.filter((each) => usesReceiver(each) && !calls(each, onPurpose));
  if (values.length === 0 || pointers.length < FEWEST_POINTERS * values.length) return undefined;
  if (declaration.underlying().kind !== "struct" || isAssertedAsValue(of, declaration))
    return undefined;
  return {
    at: typeDeclarationPlace(declaration),
    message: `${values.map(({ name }) => name).join(" and ")} of ${declaration.name} ${values.length === 1 ? "has" : "have"} a value as receiver, ${pointers.length} other methods a pointer`,
    related: values.map((each) => ({
      at: { file: each.file, ...each.tree.spanOf(receiverOf(each)) },
      note: `${each.name} copies its receiver`,
    })),
  };
}

/** `var _ Changes = Modifier{}`: values are to implement something as well. */
function isAssertedAsValue({ files }: GoPackage, { name }: TypeDeclaration): boolean {
  const assertion = new RegExp(`\\b_\\s+[\\w.]+\\s*=\\s*${name}\\{`);
  return files.some(({ text }) => assertion.test(text));
}

/** Whether a method hands its copy to one that works on copies on purpose. */
function calls(of: FunctionDeclaration, methods: readonly string[]): boolean {
  const [receiver] = parametersIn(of.tree, receiverOf(of));
  const body = childIn(of.tree, of.node, syntaxNumbers(of.tree.grammar).field.body);
  if (receiver === undefined || receiver.name === NONE || body === NONE) return false;
  const [name, text] = [of.tree.textOf(receiver.name), of.tree.textOf(body)];
  return methods.some((method) => new RegExp(`\\b${name}\\.${method}\\(`).test(text));
}

function receiverOf({ tree, node }: FunctionDeclaration): number {
  return childIn(tree, node, syntaxNumbers(tree.grammar).field.receiver);
}

/** A method that works on a copy of its receiver by accident: one that gives the copy away makes it on purpose. */
function usesReceiver(of: FunctionDeclaration): boolean {
  const { tree, node } = of;
  const [receiver] = parametersIn(tree, receiverOf(of));
  if (receiver === undefined || receiver.name === NONE) return false;
  const name = tree.textOf(receiver.name);
  const { field } = syntaxNumbers(tree.grammar);
  const [body, result] = [childIn(tree, node, field.body), childIn(tree, node, field.result)];
  if (name === "_" || body === NONE) return false;
  const text = tree.textOf(body);
  if (!new RegExp(`\\b${name}\\b`).test(text) || new RegExp(`&${name}\\b(?!\\.)`).test(text))
    return false;
  // `copied := a; copied.signatures = nil; return hash(copied)`, or `a.signatures = nil`: it is made to be changed.
  const copies = new RegExp(`\\b${name}\\.\\w+ = |:= \\*?${name}$`, "m");
  if (result !== NONE && copies.test(text)) return false;
  return result === NONE || !new RegExp(`\\b${of.receiver ?? ""}\\b`).test(tree.textOf(result));
}
