import { type Analysis, defineAnalysis } from "../../../core/analysis.ts";
import type { Problem } from "../../../core/finding.ts";
import type { NodeId, Tree } from "../../../syntax/tree.ts";
import { placeOf } from "../judged-trees.ts";
import { typescriptModules } from "../modules.ts";
import { namedNodes } from "../nodes.ts";
import { type InterfaceShape, interfaceShapes, type MemberShape } from "./interface-shapes.ts";

function fromShapes(
  name: string,
  judge: (shape: InterfaceShape) => readonly Problem[],
): Analysis<readonly Problem[]> {
  return defineAnalysis(name, (use) => use(interfaceShapes).flatMap(judge));
}

/** An interface with its number of methods, for whoever sets the limit. */
export interface CountedInterface {
  readonly name: string;
  readonly at: Problem["at"];
  readonly methods: number;
}

/** How many methods interfaces ask for; optional ones are hooks that nobody has to give, and overloads are one method. */
export const countedInterfaces = defineAnalysis(
  "counted interfaces",
  (use): readonly CountedInterface[] => {
    const { isLibrary } = use(typescriptModules);
    return use(interfaceShapes)
      .filter(({ file, isExported }) => !(isExported && isLibrary(file.path)))
      .map(({ file, name, nameNode, members }) => ({
        name,
        at: placeOf(file, nameNode),
        methods: new Set(
          members.filter((each) => each.isMethod && !each.isOptional).map((each) => each.name),
        ).size,
      }));
  },
);

/** Types whose values are put together piece by piece, and may have any part. */
const ANY_PART =
  /(?:Options?|Opts|Config|Configuration|Settings|Props|Params|Parameters|Args|Input|Partial|Patch|Update|Query|Filter|Overrides|Defaults|Attributes|Context|Hooks|Metadata|Meta|Init|Request|Body|Payload|Dto|DTO)$/;
const KINDS = /^(?:kind|type|status|state|phase|mode|variant|tag)$/;
const FEWEST_OPTIONALS = 4;
const OPTIONAL_PART = 0.8;

/** Interfaces with a kind and mostly optional payloads: which of these are there depends on the kind, and nothing says so. */
export const optionalBags = fromShapes(
  "optional bags",
  ({ file, tree, name, nameNode, members }) => {
    if (ANY_PART.test(name)) return [];
    const kind = members.find((each) => KINDS.test(each.name) && isChoice(tree, each.type));
    const others = members.filter((each) => each !== kind && !each.isMethod);
    const optionals = others.filter((each) => each.isOptional);
    if (!kind || kind.isOptional || optionals.length < FEWEST_OPTIONALS) return [];
    if (optionals.length < OPTIONAL_PART * others.length) return [];
    return [
      {
        at: placeOf(file, nameNode),
        message: `${optionals.length} of ${others.length} properties of ${name} are optional, and which are there depends on ${kind.name}`,
        related: [{ at: placeOf(file, kind.node), note: "what tells them apart" }],
      },
    ];
  },
);

/** `"a" | "b"`: literals alone, two or more. */
function isChoice(tree: Tree, type: NodeId): boolean {
  return (
    type >= 0 &&
    /^\|?\s*(?:"[^"]*"|'[^']*')(?:\s*\|\s*(?:"[^"]*"|'[^']*'))+$/.test(tree.textOf(type))
  );
}

/** Parameters and results of the methods of exported contracts that are `any` or `Function`: nothing is checked there. */
export const looseContracts = fromShapes(
  "loose contracts",
  ({ file, tree, name, members, isExported }) => {
    const methods = members.filter((each) => each.isMethod);
    if (!isExported || methods.length < 2) return [];
    return methods.flatMap((method) =>
      looseTypes(tree, method).map((node): Problem => {
        const text = tree.textOf(node);
        return {
          at: placeOf(file, node),
          message: `${name}.${method.name} ${isResult(tree, node, method) ? "gives" : "takes"} ${text}, of which nothing is checked`,
        };
      }),
    );
  },
);

function looseTypes(tree: Tree, { node }: MemberShape): NodeId[] {
  const found: NodeId[] = [];
  const end = tree.afterSubtree(node);
  for (let at = node; at < end; at++) {
    const text =
      tree.kindOf(at) === "predefined_type" || tree.kindOf(at) === "type_identifier"
        ? tree.textOf(at)
        : "";
    if (text !== "any" && text !== "Function") continue;
    // `any[]` and `Foo<any>` are what generic code needs.
    if (tree.kindOf(tree.parentOf(at)) === "type_annotation") found.push(at);
  }
  return found.slice(0, 1);
}

function isResult(tree: Tree, node: NodeId, { node: method }: MemberShape): boolean {
  return tree.parentOf(tree.parentOf(node)) === method;
}

/** Methods of interfaces in the form that is checked in one direction alone. */
export const shorthandMethods = fromShapes("shorthand methods", ({ file, tree, members }) =>
  members.flatMap(({ node, name, isMethod }): Problem[] => {
    const isShorthand = isMethod && tree.kindOf(node) === "method_signature";
    const isOverloaded = members.filter((each) => each.name === name).length > 1;
    if (!isShorthand || isOverloaded || /^(?:get|set)\s/.test(tree.textOf(node))) return [];
    return [
      {
        at: placeOf(file, node),
        message: `${name} is written as a method, whose parameters are checked in one direction alone`,
      },
    ];
  }),
);

/** `extends` chains are not followed: of an interface without members or bases nothing is said here. */
export const interfacesForData = fromShapes(
  "interfaces for data",
  ({ file, tree, node, name, nameNode, members }) => {
    const isPlain = members.length > 0 && members.every((each) => each.type >= 0 && !each.isMethod);
    const hasBases = namedNodes(tree, node).some(
      (child) => tree.kindOf(child) === "extends_type_clause",
    );
    if (!isPlain || hasBases) return [];
    return [
      {
        at: placeOf(file, nameNode),
        message: `${name} describes data alone: a type says it as well`,
      },
    ];
  },
);
