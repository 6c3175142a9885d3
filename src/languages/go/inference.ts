import type { NodeId } from "../../syntax/tree.ts";
import type { GoFile } from "./go-file.ts";
import type { GoPackages } from "./packages.ts";
import type { FunctionDeclaration, GoSymbol, GoType, Selection } from "./type.ts";

/** A type parameter of a declaration; its core is the one type that its constraint allows (`~[]E`). */
export interface TypeParameter {
  readonly name: string;
  core(): GoType | undefined;
}

/** A function of a package: declared in the snapshot, or known from the tables. */
export type PackageFunction =
  | { readonly kind: "declared"; readonly declaration: FunctionDeclaration }
  | { readonly kind: "standard"; readonly path: string; readonly name: string };

/** What the parts of the type inference ask of each other. Answers are memoised, depth is bounded. */
export interface Inference {
  readonly packages: GoPackages;
  symbolAt(file: GoFile, node: NodeId): GoSymbol | undefined;
  typeOf(file: GoFile, expression: NodeId): GoType;
  typeFrom(file: GoFile, typeNode: NodeId): GoType;
  /** The type that an expression denotes, as the callee of a conversion does; undefined where it denotes a value. */
  denotedType(file: GoFile, expression: NodeId): GoType | undefined;
  /** Follows names to a structure: through declarations, aliases, the tables, and constraints of a single type. */
  structure(type: GoType): GoType;
  select(type: GoType, name: string): Selection | undefined;
  selectionAt(file: GoFile, selector: NodeId): Selection | undefined;
  /** The type of what a selection selects; of a method without its receiver. */
  selectedType(selection: Selection): GoType;
  /** The type of a constant that `symbolAt` answered. */
  constantType(symbol: Extract<GoSymbol, { kind: "constant" }>): GoType;
  /** The type of an exported variable, constant or function of a package, or the type that the name denotes. */
  exportedType(path: string, name: string): GoType;
  /** The type that an exported name of a package denotes; undefined for other names. */
  exportedTypeName(path: string, name: string): GoType | undefined;
  /** As `exportedTypeName`; a type of a package without source and tables keeps its name. */
  qualifiedType(path: string, name: string): GoType;
  /** The type parameters of a function or type declaration, or of a method's receiver, in order. */
  typeParametersOf(file: GoFile, node: NodeId): readonly TypeParameter[];
  /** The function that a name, `package.Name` or their forms as types mean, if it is a function of a package. */
  functionAt(file: GoFile, callee: NodeId): PackageFunction | undefined;
  fileOf(declaration: FunctionDeclaration): GoFile | undefined;
  /** Runs one level deeper; beyond the bound the answer is unknown. */
  deeper(compute: () => GoType): GoType;
}
