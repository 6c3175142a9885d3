import { NONE } from "../../../syntax/tree.ts";
import { behindPointer } from "../behind-pointer.ts";
import { childIn, type GoFile } from "../go-file.ts";
import type { GoPackage } from "../package.ts";
import { standardMember, standardMethods } from "../standard-library.ts";
import { syntaxNumbers } from "../syntax-numbers.ts";
import type { GoResolver, GoType, Selection, TypeDeclaration } from "../type.ts";
import { type RequiredMethods, signatureOf } from "./interface-methods.ts";

/** A type with a name, as the project declares it. */
export interface DeclaredType {
  readonly declaration: TypeDeclaration;
  readonly file: GoFile;
  readonly of: GoPackage;
  readonly isGeneric: boolean;
  /** Declared more than once, kept apart by build tags. */
  readonly isVariant: boolean;
}

/** An interface to be implemented. */
export interface Wanted extends RequiredMethods {
  /** Import path and package clause: where its unexported methods can be given. */
  readonly package: string;
  readonly isGeneric: boolean;
}

/** More levels of embedding than people write. */
const DEPTH = 8;

/** Which of the declared types have the methods of an interface, on the type or on a pointer to it. */
export class MethodSets {
  readonly #resolver: GoResolver;
  readonly #byMethod = new Map<string, DeclaredType[]>();

  constructor(resolver: GoResolver, types: readonly DeclaredType[]) {
    this.#resolver = resolver;
    for (const type of types)
      for (const name of methodNames(resolver, type)) {
        const others = this.#byMethod.get(name);
        if (others) others.push(type);
        else this.#byMethod.set(name, [type]);
      }
  }

  implementers(wanted: Wanted): readonly DeclaredType[] {
    const [first, ...rest] = [...wanted.methods.values()]
      .map((method) => this.#byMethod.get(method.name) ?? [])
      .sort((one, other) => one.length - other.length);
    if (!first) return [];
    const others = rest.map((types) => new Set(types));
    return first.filter(
      (type) => others.every((set) => set.has(type)) && this.#implements(type, wanted),
    );
  }

  #implements(type: DeclaredType, wanted: Wanted): boolean {
    const { declaration } = type;
    const pointer: GoType = { kind: "pointer", to: namedType(declaration) };
    for (const { name, type: asked } of wanted.methods.values()) {
      if (!/^\p{Lu}/u.test(name) && declaration.package !== wanted.package) return false;
      const own = declaration.methods().get(name);
      const given = own ? own.type() : this.#selected(pointer, name);
      if (!given) return false;
      if (wanted.isGeneric || type.isGeneric) {
        if (!isSameShape(asked, given)) return false;
        continue;
      }
      const [left, right] = [signatureOf(asked), signatureOf(given)];
      if (left === undefined || right === undefined ? !isSameShape(asked, given) : left !== right)
        return false;
    }
    return true;
  }

  /** The type of a promoted method; undefined where the name is no method, or two are promoted. */
  #selected(pointer: GoType, name: string): GoType | undefined {
    const selection = this.#resolver.select(pointer, name);
    return selection && methodType(selection);
  }
}

function methodType({ target }: Selection): GoType | undefined {
  switch (target.kind) {
    case "method":
      return target.owner.kind === "named" && target.owner.arguments.length > 0
        ? { kind: "unknown" }
        : target.declaration.type();
    case "interface-method":
      return target.type;
    case "external": {
      if (target.owner.kind !== "named") return undefined;
      const member = standardMember(target.owner.package, target.owner.name, target.name);
      return member?.kind === "field" ? undefined : (member?.type ?? { kind: "unknown" });
    }
    case "field":
      return undefined;
  }
}

function namedType(declaration: TypeDeclaration): GoType {
  const { package: of, name } = declaration;
  return { kind: "named", package: of, name, arguments: [], declaration };
}

/** Where types aren't wholly known, the numbers of parameters and results must do. */
function isSameShape(asked: GoType, given: GoType): boolean {
  if (asked.kind !== "function" || given.kind !== "function") return true;
  return (
    asked.parameters.length === given.parameters.length &&
    asked.results.length === given.results.length &&
    asked.isVariadic === given.isVariadic
  );
}

/** Names of all methods that a type may have, promoted ones included; those of types without source from the tables. */
function methodNames(resolver: GoResolver, { declaration, of, file }: DeclaredType): Set<string> {
  const names = new Set(of.methodsOf(declaration.name, file.packageName).map(({ name }) => name));
  if (!mayPromote(declaration)) return names;
  let level: readonly GoType[] = [declaration.underlying()];
  const seen = new Set<unknown>([declaration]);
  for (let depth = 0; depth < DEPTH && level.length > 0; depth++) {
    const next: GoType[] = [];
    for (const type of level) {
      const structure = resolver.underlying(type);
      if (structure.kind === "interface") {
        for (const { name } of structure.methods) names.add(name);
        next.push(...structure.embedded.flatMap((each) => enter(each, seen, names)));
      } else if (structure.kind === "struct")
        for (const field of structure.fields)
          if (field.isEmbedded) next.push(...enter(field.type, seen, names));
    }
    level = next;
  }
  return names;
}

/** Notes the methods of an embedded type, and gives it back where it may promote more. */
function enter(type: GoType, seen: Set<unknown>, names: Set<string>): GoType[] {
  const base = behindPointer(type);
  if (base.kind === "basic" && base.name === "error") names.add("Error");
  if (base.kind !== "named") return base.kind === "interface" ? [base] : [];
  const { declaration } = base;
  const identity = declaration ?? `${base.package}.${base.name}`;
  if (seen.has(identity)) return [];
  seen.add(identity);
  if (!declaration) {
    for (const name of standardMethods(base.package, base.name) ?? []) names.add(name);
    return [];
  }
  for (const method of declaration.methods().values()) names.add(method.name);
  return [base];
}

/** A struct with an embedded field, or a type made of another name: `type T struct { *U }`, `type T U`. */
function mayPromote({ tree, node }: TypeDeclaration): boolean {
  const { kind, field } = syntaxNumbers(tree.grammar);
  const written = childIn(tree, node, field.type);
  if (written === NONE || tree.kind[written] !== kind.struct_type)
    return written !== NONE && isNameOfType(tree.kind[written] as number, kind);
  const end = tree.afterSubtree(written);
  for (let at = written + 1; at < end; at++)
    if (tree.kind[at] === kind.field_declaration && childIn(tree, at, field.name) === NONE)
      return true;
  return false;
}

/** `type T U` has the fields of U, and so what U's embedded fields promote, though not U's methods. */
function isNameOfType(written: number, kind: ReturnType<typeof syntaxNumbers>["kind"]): boolean {
  return (
    written === kind.type_identifier ||
    written === kind.qualified_type ||
    written === kind.generic_type
  );
}
