import type { NodeId, Tree } from "../../syntax/tree.ts";

/** Go's types as far as declarations tell. `unknown` is an answer: whoever meets it is silent. */
export type GoType =
  /** `int`, `string`, `error`, `any`, …; constants without a type are `untyped int` and so on. */
  | { readonly kind: "basic"; readonly name: string }
  | {
      readonly kind: "named";
      /** Import path; `""` where the package has none. Types of other packages of the module are resolved when asked. */
      readonly package: string;
      readonly name: string;
      readonly arguments: readonly GoType[];
      /** Where it is declared, for types whose source is in the snapshot. */
      readonly declaration?: TypeDeclaration;
    }
  | { readonly kind: "pointer"; readonly to: GoType }
  | { readonly kind: "slice" | "array"; readonly element: GoType }
  | { readonly kind: "map"; readonly key: GoType; readonly value: GoType }
  | {
      readonly kind: "channel";
      readonly element: GoType;
      readonly direction: "both" | "send" | "receive";
    }
  | { readonly kind: "struct"; readonly fields: readonly GoField[] }
  | {
      readonly kind: "interface";
      readonly methods: readonly GoMethod[];
      readonly embedded: readonly GoType[];
      readonly isConstraint: boolean;
    }
  | {
      readonly kind: "function";
      readonly parameters: readonly GoType[];
      readonly results: readonly GoType[];
      readonly isVariadic: boolean;
    }
  | { readonly kind: "tuple"; readonly items: readonly GoType[] }
  | {
      readonly kind: "type-parameter";
      readonly name: string;
      readonly constraint: GoType | undefined;
    }
  | { readonly kind: "nil" }
  | { readonly kind: "unknown" };

export interface GoField {
  readonly name: string;
  readonly type: GoType;
  readonly isEmbedded: boolean;
  readonly file: string;
  readonly node: NodeId;
}

/** A method of an interface. */
export interface GoMethod {
  readonly name: string;
  readonly type: GoType;
  readonly file: string;
  readonly node: NodeId;
}

/** `type Name …`: its own type is computed lazily, since types refer to each other. */
export interface TypeDeclaration {
  readonly package: string;
  readonly name: string;
  readonly file: string;
  readonly tree: Tree;
  readonly node: NodeId;
  readonly isAlias: boolean;
  /** The type on the right, one step. */
  underlying(): GoType;
  /** Methods declared with this type as receiver (base type), by name. */
  methods(): ReadonlyMap<string, FunctionDeclaration>;
}

export interface FunctionDeclaration {
  readonly name: string;
  readonly file: string;
  readonly tree: Tree;
  /** `function_declaration` or `method_declaration`. */
  readonly node: NodeId;
  /** The receiver's base type name; undefined for functions. */
  readonly receiver: string | undefined;
  readonly hasPointerReceiver: boolean;
  /** Other declarations of the name, kept apart by build tags: which one is called isn't known. */
  readonly alternatives?: readonly FunctionDeclaration[];
  type(): GoType;
}

/** What an identifier means. Variables are one object for all their uses. */
export type GoSymbol =
  | { readonly kind: "variable"; readonly variable: GoVariable }
  | {
      readonly kind: "constant";
      readonly name: string;
      readonly file: string;
      readonly node: NodeId;
    }
  | { readonly kind: "function"; readonly declaration: FunctionDeclaration }
  | { readonly kind: "type"; readonly type: GoType }
  | { readonly kind: "package"; readonly path: string }
  | { readonly kind: "builtin"; readonly name: string }
  | { readonly kind: "label"; readonly name: string };

export interface GoVariable {
  readonly name: string;
  readonly role: "receiver" | "parameter" | "result" | "local" | "global";
  /** Position among parameters or results, otherwise -1 (receiver: 0). */
  readonly index: number;
  readonly file: string;
  /** The declaring identifier; NONE for an unnamed parameter or result. */
  readonly node: NodeId;
  /** The function declaration or `func_literal` that declares it; NONE for globals. */
  readonly function: NodeId;
  /** Assigned anywhere after its declaration, or its address taken. Computed when first asked. */
  isReassigned(): boolean;
  /** Its address taken. Not asked of globals, whose address anybody may take. */
  isAddressed(): boolean;
  type(): GoType;
}

/** What `x.name` selects: through which embedded fields, and what stands at the end. */
export interface Selection {
  /** Names of the embedded fields passed through, outermost first. */
  readonly through: readonly string[];
  readonly target:
    | {
        readonly kind: "field";
        readonly name: string;
        readonly type: GoType /** the declared type that holds the field */;
        readonly owner: GoType;
      }
    | { readonly kind: "method"; readonly declaration: FunctionDeclaration; readonly owner: GoType }
    | {
        readonly kind: "interface-method";
        readonly name: string;
        readonly type: GoType;
        readonly owner: GoType;
      }
    /** A method or field of a type whose source is elsewhere: `sync.Mutex.Lock`. */
    | { readonly kind: "external"; readonly name: string; readonly owner: GoType };
}

/** Asks about expressions of a package. All answers are memoised. */
export interface GoResolver {
  /** `node` is an identifier (or type_identifier, field_identifier that declares, package_identifier). */
  symbolAt(file: string, node: NodeId): GoSymbol | undefined;
  typeOf(file: string, expression: NodeId): GoType;
  /** The type that a type expression denotes. */
  typeFrom(file: string, typeNode: NodeId): GoType;
  /** Follows names and aliases to a type that isn't named (a named type without source stays as it is). */
  underlying(type: GoType): GoType;
  select(type: GoType, name: string): Selection | undefined;
  /** A function that another package of the module exports. */
  exportedFunction(path: string, name: string): FunctionDeclaration | undefined;
  /** What a `selector_expression` selects on a value; undefined for `package.Name`. */
  selectionAt(file: string, selector: NodeId): Selection | undefined;
}
