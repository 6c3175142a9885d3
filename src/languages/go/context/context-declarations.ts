import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { placeOf, typeName } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { GoFile } from "../go-file.ts";
import type { GoPackage } from "../package.ts";
import type { GoResolver } from "../type.ts";

/** Where declarations have a context in an unusual place. */
export interface ContextDeclarations {
  /** Fields of named struct types, outside tests. */
  readonly fields: readonly ContextField[];
  /** Parameters that are contexts and not the first. */
  readonly lateParameters: readonly LateParameter[];
  /** Interfaces that embed context.Context. */
  readonly interfaces: readonly { readonly at: Place; readonly type: string }[];
}

/** Methods that begin or end what the context is for. */
const LIFE = /^(?:Start|Stop|Run|Serve|Close|Shutdown|Wait|Listen|Context|Init)/;

export interface LateParameter {
  readonly at: Place;
  readonly function: string;
  readonly parameter: string;
  /** The type of the first parameter. */
  readonly after: string;
}

export interface ContextField {
  readonly at: Place;
  readonly type: string;
  readonly field: string;
  /** Whether a cancel function stands beside it. */
  readonly hasCancel: boolean;
  /** Exported methods without a context of their own that pass it on. */
  readonly passedOnBy: readonly string[];
}

const INTEREST = /\bcontext\.Context\b/;

export const contextDeclarations = defineAnalysis(
  "context declarations",
  (use): ContextDeclarations => {
    const resolver = use(goResolver);
    const pkg = use(goPackage);
    const files = pkg.files.filter(({ isJudged, text }) => isJudged && INTEREST.test(text));
    const reader = new DeclarationReader(resolver, pkg);
    for (const file of files) reader.read(file);
    const { fields, interfaces, lateParameters } = reader;
    return { fields, interfaces, lateParameters: withoutCustoms(lateParameters) };
  },
);

/** What stands before the context in several functions of a package stands there by its custom. */
const CUSTOM = 4;

function withoutCustoms(late: readonly LateParameter[]): LateParameter[] {
  const counts = new Map<string, number>();
  for (const { after } of late) counts.set(after, (counts.get(after) ?? 0) + 1);
  return late.filter(({ after }) => (counts.get(after) ?? 0) < CUSTOM);
}

class DeclarationReader {
  readonly fields: ContextField[] = [];
  readonly lateParameters: LateParameter[] = [];
  readonly interfaces: { at: Place; type: string }[] = [];
  readonly #resolver: GoResolver;
  readonly #pkg: GoPackage;

  constructor(resolver: GoResolver, pkg: GoPackage) {
    this.#resolver = resolver;
    this.#pkg = pkg;
  }

  read(file: GoFile): void {
    const { tree } = file;
    if (!tree) return;
    for (const { node } of file.declarations.types) this.#type(file, tree, node);
    // Methods of tests are those of doubles, which have their heads from interfaces.
    const methods = file.isTest ? [] : file.declarations.methods;
    for (const { node, name } of [...file.declarations.functions, ...methods])
      this.#parameters(file, tree, node, name);
  }

  #type(file: GoFile, tree: Tree, spec: NodeId): void {
    const type = tree.childIn(spec, "type");
    const name = tree.childIn(spec, "name");
    if (type === NONE || name === NONE) return;
    const kind = tree.kindOf(type);
    if (kind === "struct_type" && !file.isTest) this.#fields(file, tree, type, tree.textOf(name));
    if (kind !== "interface_type") return;
    const embeds = tree
      .namedChildren(type)
      .some(
        (element) => tree.kindOf(element) === "type_elem" && this.#isContext(file, tree, element),
      );
    // With nothing else in it, it is met by every context.
    const isMore = tree
      .namedChildren(type)
      .some((element) => !this.#isContext(file, tree, element));
    if (embeds && isMore && this.#isTaken(tree.textOf(name)))
      this.interfaces.push({ at: placeOf(file, tree, name), type: tree.textOf(name) });
  }

  /** Whether a function asks its callers for one. */
  #isTaken(type: string): boolean {
    const taken = new RegExp(`\\bfunc\\b[^{\\n]*[(,]\\s*\\w+ (?:\\w+\\.)?${type}\\s*[,)]`);
    return this.#pkg.files.some(({ text }) => taken.test(text));
  }

  #fields(file: GoFile, tree: Tree, struct: NodeId, type: string): void {
    const list = tree.childOfKind(struct, "field_declaration_list");
    for (const field of list === NONE ? [] : tree.namedChildren(list)) {
      if (tree.kindOf(field) !== "field_declaration") continue;
      const fieldType = tree.childIn(field, "type");
      if (fieldType === NONE || !this.#isContext(file, tree, fieldType)) continue;
      const name = tree.childIn(field, "name");
      const at = placeOf(file, tree, field);
      this.fields.push({
        at,
        type,
        field: name === NONE ? "context.Context" : tree.textOf(name),
        hasCancel: /\bcontext\.Cancel(?:Cause)?Func\b|\bcancel\w*\s+func\(/i.test(
          tree.textOf(struct),
        ),
        passedOnBy: name === NONE ? [] : this.#passingOn(file, type, tree.textOf(name)),
      });
    }
  }

  #passingOn(file: GoFile, type: string, field: string): string[] {
    const pattern = new RegExp(`[(,]\\s*\\w+\\.${field}\\s*[,)]`);
    return this.#pkg.methodsOf(type, file.packageName).flatMap(({ name, tree, node }) => {
      if (!/^\p{Lu}/u.test(name) || LIFE.test(name)) return [];
      if (/\bcontext\.Context\b/.test(tree.textOf(tree.childIn(node, "parameters")))) return [];
      const body = tree.childIn(node, "body");
      return body !== NONE && pattern.test(tree.textOf(body)) ? [name] : [];
    });
  }

  #parameters(file: GoFile, tree: Tree, node: NodeId, name: string): void {
    const list = tree.childIn(node, "parameters");
    if (list === NONE) return;
    const declared = tree.namedChildren(list).filter((one) => tree.childIn(one, "type") !== NONE);
    const isContext = declared.map((one) => this.#isContext(file, tree, tree.childIn(one, "type")));
    const late = isContext.lastIndexOf(true);
    const before = declared.slice(0, isContext.indexOf(true));
    const parameter = declared[late];
    if (parameter === undefined || before.length === 0) return;
    if (before.every((one) => isAllowedFirst(tree.textOf(tree.childIn(one, "type"))))) return;
    this.lateParameters.push({
      at: placeOf(file, tree, parameter),
      function: name,
      parameter: tree.textOf(parameter),
      after: before[0] === undefined ? "" : tree.textOf(tree.childIn(before[0], "type")),
    });
  }

  #isContext(file: GoFile, tree: Tree, type: NodeId): boolean {
    if (!tree.textOf(type).includes("Context")) return false;
    const inner = tree.kindOf(type) === "type_elem" ? (tree.namedChildren(type)[0] ?? NONE) : type;
    return (
      inner !== NONE &&
      typeName(this.#resolver.typeFrom(file.path, inner)) === "context.Context" &&
      !tree.textOf(type).startsWith("*")
    );
  }
}

/** What stands before a context by custom: the test, and what carries a context itself. */
function isAllowedFirst(type: string): boolean {
  return /(?:^|\.)(?:T|B|F|TB|TestingT|Context|GinkgoTInterface|Assertions)$/.test(
    type.replace(/^\*/, ""),
  );
}
