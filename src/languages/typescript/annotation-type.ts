import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { awaitedType } from "./awaited-type.ts";
import type { Binding } from "./binding.ts";
import { bindTypeParameters, CLASS_KINDS, declaredInstance, instanceOf } from "./class-type.ts";
import type { ExternalExport } from "./export-links.ts";
import { exportedValue, globalValue } from "./exported-value.ts";
import { importedName, specifierOf } from "./import-names.ts";
import { beside, type Inference } from "./inference.ts";
import { firstNamed, namedNodes } from "./nodes.ts";
import type { ModuleNode, TypeScriptModule } from "./resolver.ts";
import { scopesOf } from "./scopes.ts";
import { thisType } from "./this-type.ts";
import {
  declaredType,
  type Lazy,
  NEVER,
  NO_ARGUMENTS,
  NULLISH,
  once,
  PRIMITIVE,
  promiseOf,
  type TsType,
  type TypeArguments,
  UNKNOWN,
  unionOf,
  VOID,
} from "./ts-type.ts";

/** The type that a type node says. */
export function annotationType(
  at: ModuleNode,
  typeArguments: TypeArguments,
  inference: Inference,
): TsType {
  const { tree } = at.module;
  const again = (node: NodeId) => inference.annotated(beside(at, node), typeArguments);
  switch (tree.kindOf(at.node)) {
    case "predefined_type":
      return PREDEFINED[tree.textOf(at.node)] ?? UNKNOWN;
    case "literal_type":
      return /^(?:null|undefined)$/.test(tree.textOf(at.node)) ? NULLISH : PRIMITIVE;
    case "template_literal_type":
    case "index_type_query":
    case "asserts":
    case "type_predicate":
      return PRIMITIVE;
    case "parenthesized_type":
    case "readonly_type":
    case "type_annotation":
      return again(firstNamed(tree, at.node));
    case "union_type":
      return unionOf(operands(tree, at.node, "union_type").map(again));
    case "intersection_type":
      return {
        kind: "intersection",
        members: ownFirst(tree, operands(tree, at.node, "intersection_type")).map(again),
      };
    case "array_type": {
      const element = firstNamed(tree, at.node);
      return { kind: "array", element: () => again(element) };
    }
    case "tuple_type":
      return tupleType(namedNodes(tree, at.node).map((item) => () => again(item)));
    case "function_type":
      return { kind: "function", signatures: [{ at, typeArguments }] };
    case "object_type":
      return instanceOf(at, typeArguments);
    case "this_type":
      return thisType(at, inference);
    case "type_query":
      return queriedType(beside(at, firstNamed(tree, at.node)), inference);
    case "type_identifier":
      return namedType(at, [], typeArguments, inference);
    case "generic_type": {
      const list = tree.childIn(at.node, "type_arguments");
      const given = list === NONE ? [] : namedNodes(tree, list).map((node) => () => again(node));
      return namedType(beside(at, tree.childIn(at.node, "name")), given, typeArguments, inference);
    }
    case "nested_type_identifier":
      return namedType(at, [], typeArguments, inference);
    case "conditional_type":
      return conditionalType(
        again(tree.childIn(at.node, "consequence")),
        again(tree.childIn(at.node, "alternative")),
      );
    case "lookup_type":
      return lookupType(at, again, inference);
    default:
      return UNKNOWN;
  }
}

/** `typeof value`; `typeof import("x")` is the module, though the grammar reads a call that gives a promise of it. */
function queriedType(value: ModuleNode, inference: Inference): TsType {
  const { tree } = value.module;
  const type = inference.typeOf(value);
  if (value.node === NONE || tree.kindOf(value.node) !== "call_expression") return type;
  return tree.kindOf(tree.childIn(value.node, "function")) === "import" ? awaitedType(type) : type;
}

const PREDEFINED: Readonly<Record<string, TsType | undefined>> = {
  string: PRIMITIVE,
  number: PRIMITIVE,
  boolean: PRIMITIVE,
  bigint: PRIMITIVE,
  symbol: PRIMITIVE,
  "unique symbol": PRIMITIVE,
  void: VOID,
  undefined: NULLISH,
  never: NEVER,
};

/** A union is written as a tree that leans left. */
function operands(tree: Tree, type: NodeId, kind: string): NodeId[] {
  const found: NodeId[] = [];
  const open = [type];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (tree.kindOf(node) === kind) open.push(...namedNodes(tree, node).reverse());
    else found.push(node);
  }
  return found;
}

/** What is taken over from another type (`Omit<Options, "load"> & { load: … }`) speaks after what is said anew. */
function ownFirst(tree: Tree, types: readonly NodeId[]): readonly NodeId[] {
  const isTaken = (type: NodeId) => /\bOmit\s*</.test(tree.textOf(type));
  return types.some(isTaken)
    ? [...types.filter((type) => !isTaken(type)), ...types.filter(isTaken)]
    : types;
}

function tupleType(items: readonly Lazy[]): TsType {
  return { kind: "array", element: () => unionOf(items.map((item) => item())), items };
}

/** Which branch holds is not worked out: only where both agree on being a promise is anything known. */
function conditionalType(consequence: TsType, alternative: TsType): TsType {
  const both = unionOf([consequence, alternative]);
  const members = both.kind === "union" ? both.members : [both];
  const promises = members.filter(({ kind }) => kind === "promise").length;
  return promises === 0 || promises === members.length ? both : UNKNOWN;
}

/** `Store["get"]`. */
function lookupType(at: ModuleNode, again: (node: NodeId) => TsType, inference: Inference): TsType {
  const { tree } = at.module;
  const [object, index] = namedNodes(tree, at.node);
  if (object === undefined || index === undefined) return UNKNOWN;
  const name = /^["'](.*)["']$/.exec(tree.textOf(index))?.[1];
  return name === undefined ? UNKNOWN : inference.member(again(object), name);
}

/** A name in a type, perhaps qualified, with its arguments. */
function namedType(
  name: ModuleNode,
  given: readonly Lazy[],
  typeArguments: TypeArguments,
  inference: Inference,
): TsType {
  const { tree } = name.module;
  if (name.node === NONE) return UNKNOWN;
  if (tree.kindOf(name.node) === "nested_type_identifier")
    return qualifiedType(name, given, inference);
  const binding = scopesOf(tree).bindingAt(name.node);
  if (!binding) return globalType(tree.textOf(name.node), given, inference);
  const argument = typeArguments.get(binding);
  if (argument) return argument;
  return typeOfBinding(name.module, binding, given, inference);
}

/** The type that a declared name stands for. */
function typeOfBinding(
  module: TypeScriptModule,
  binding: Binding,
  given: readonly Lazy[],
  inference: Inference,
): TsType {
  const { tree } = module;
  const [declaration] = binding.declarations;
  if (!declaration) return UNKNOWN;
  const at: ModuleNode = { module, node: declaration.node };
  const kind = tree.kindOf(declaration.node);
  if (binding.kind === "import") {
    const specifier = specifierOf(tree, declaration.node);
    if (specifier === undefined) return UNKNOWN;
    const found = inference.links.imported(module, specifier, importedName(tree, declaration.node));
    if (found?.kind === "binding" && found.type)
      return typeOfBindingOnce(found.module, found.type, given, inference);
    return found?.kind === "external" ? externalInstance(found, given, inference) : UNKNOWN;
  }
  if (CLASS_KINDS.has(kind) || kind === "interface_declaration")
    return instanceOf(
      at,
      bindTypeParameters(
        at,
        given.map((type) => type()),
        inference,
      ),
    );
  if (kind === "type_alias_declaration")
    return inference.annotated(
      beside(at, tree.childIn(at.node, "value")),
      bindTypeParameters(
        at,
        given.map((type) => type()),
        inference,
      ),
    );
  if (kind === "type_parameter") return constraintOf(at, inference);
  return kind === "enum_declaration" ? PRIMITIVE : UNKNOWN;
}

/** A value of a class, interface or alias that declarations may tell of. */
function externalInstance(
  { module, path, declared }: ExternalExport,
  given: readonly Lazy[],
  inference: Inference,
): TsType {
  const of = () => {
    const found = declared();
    return found?.kind === "binding" && found.type
      ? typeOfBindingOnce(found.module, found.type, given, inference)
      : UNKNOWN;
  };
  return { kind: "external", module, path, isInstance: true, declared: once(of) };
}

/** An imported name may again be an import: `import { A } from "./a"; export { A }`. */
function typeOfBindingOnce(
  module: TypeScriptModule,
  binding: Binding,
  given: readonly Lazy[],
  inference: Inference,
): TsType {
  if (binding.kind !== "import") return typeOfBinding(module, binding, given, inference);
  const [declaration] = binding.declarations;
  const specifier = declaration && specifierOf(module.tree, declaration.node);
  if (!declaration || specifier === undefined) return UNKNOWN;
  const found = inference.links.imported(
    module,
    specifier,
    importedName(module.tree, declaration.node),
  );
  if (found?.kind === "external") return externalInstance(found, given, inference);
  return found?.kind === "binding" && found.type && found.type.kind !== "import"
    ? typeOfBinding(found.module, found.type, given, inference)
    : UNKNOWN;
}

/** Of a type parameter that nothing is known of, only a promise in its constraint tells. */
function constraintOf(at: ModuleNode, inference: Inference): TsType {
  const { tree } = at.module;
  const constraint = tree.childIn(at.node, "constraint");
  if (constraint === NONE) return UNKNOWN;
  const type = inference.annotated(beside(at, firstNamed(tree, constraint)), NO_ARGUMENTS);
  return type.kind === "primitive" || type.kind === "unknown" ? UNKNOWN : type;
}

function qualifiedType(at: ModuleNode, given: readonly Lazy[], inference: Inference): TsType {
  const { tree } = at.module;
  const owner = tree.childIn(at.node, "module");
  const name = tree.childIn(at.node, "name");
  if (owner === NONE || name === NONE) return UNKNOWN;
  return memberTypeOf(ownerOf(beside(at, owner), inference), tree.textOf(name), given, inference);
}

/** What stands before the dot of a qualified type: a namespace, a module, `import("x")`. */
function ownerOf(at: ModuleNode, inference: Inference): TsType {
  const { tree } = at.module;
  const text = tree.textOf(at.node);
  const specifier = /^import\(\s*["']([^"']+)["']/.exec(text)?.[1];
  if (specifier !== undefined)
    return exportedValue(inference.links.imported(at.module, specifier, "*"), inference);
  if (tree.kindOf(at.node) === "nested_identifier") {
    const [outer, inner] = namedNodes(tree, at.node);
    if (outer === undefined || inner === undefined) return UNKNOWN;
    return inference.member(ownerOf(beside(at, outer), inference), tree.textOf(inner));
  }
  if (tree.kindOf(at.node) !== "identifier") return UNKNOWN;
  const binding = scopesOf(tree).lookup(at.node, text, "values");
  return binding ? inference.valueOf(at.module, binding) : globalValue(text, inference);
}

/** The type that a namespace has under a name. */
function memberTypeOf(
  owner: TsType,
  name: string,
  given: readonly Lazy[],
  inference: Inference,
): TsType {
  switch (owner.kind) {
    case "external": {
      const { module, path, declared } = owner;
      const of = () => memberTypeOf(declared?.() ?? UNKNOWN, name, given, inference);
      return {
        kind: "external",
        module,
        path: [...path, name],
        isInstance: true,
        declared: once(of),
      };
    }
    case "intersection":
      for (const member of owner.members) {
        const found = memberTypeOf(member, name, given, inference);
        if (found.kind !== "unknown") return found;
      }
      return UNKNOWN;
    case "namespace": {
      const body = owner.body === NONE ? 0 : owner.body;
      const own = body === 0 ? undefined : scopesOf(owner.module.tree).of(body).types.get(name);
      if (own) return typeOfBinding(owner.module, own, given, inference);
      const found = inference.links.exported(owner.module, name, body);
      if (found?.kind === "external") return externalInstance(found, given, inference);
      return found?.kind === "binding" && found.type
        ? typeOfBindingOnce(found.module, found.type, given, inference)
        : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

const SAME: ReadonlySet<string> = new Set(["Readonly", "Required", "NonNullable", "Partial"]);
const PARTS: ReadonlySet<string> = new Set(["Pick", "Omit"]);
const ARRAYS: ReadonlySet<string> = new Set(["Array", "ReadonlyArray", "ArrayLike"]);

/** A name that nobody in sight declares. */
function globalType(name: string, given: readonly Lazy[], inference: Inference): TsType {
  const [first = () => UNKNOWN] = given;
  if (name === "Promise") return promiseOf(first);
  if (name === "PromiseLike" || name === "Thenable")
    return { kind: "promise", awaited: first, isLike: true };
  if (ARRAYS.has(name)) return { kind: "array", element: first };
  if (SAME.has(name)) return first();
  if (PARTS.has(name)) return withoutPromise(first());
  if (name === "Awaited") return awaitedType(first());
  if (name === "InstanceType") return declaredInstance(declaredType(first()), [], inference);
  if (name === "ReturnType") return resultOf(declaredType(first()), inference);
  const declared = () => inference.links.global(name);
  return externalInstance(
    { kind: "external", module: "global", path: [name], declared },
    given,
    inference,
  );
}

/** What is left of a promise that has members of its own is none: `Pick<Promise<T> & { refetch(): void }, "refetch">`. */
function withoutPromise(type: TsType): TsType {
  const { kind, members } = { members: [], ...declaredType(type) };
  if (kind === "promise") return UNKNOWN;
  if (kind !== "intersection") return type;
  const left = members.map(withoutPromise).filter((member) => member.kind !== "unknown");
  return { kind, members: left };
}

function resultOf(type: TsType, inference: Inference): TsType {
  return type.kind === "function" ? unionOf(type.signatures.map(inference.result)) : UNKNOWN;
}
