import type { NodeId } from "../../syntax/tree.ts";
import type { TypeScriptVariable } from "./resolver.ts";

/** One place that declares a name. */
export interface Declaration {
  /** The identifier. */
  readonly name: NodeId;
  /**
   * What declares it: `variable_declarator`, `required_parameter`, a function, class, interface, alias, enum, `import_specifier`,
   * `namespace_import`, `import_clause` (default), `catch_clause`, `for_in_statement`, `type_parameter`, or an arrow function's bare parameter.
   */
  readonly node: NodeId;
}

/** A name of one scope; values and types are bound apart. */
export interface Binding {
  readonly name: string;
  readonly kind: TypeScriptVariable["kind"];
  readonly scope: NodeId;
  /** More than one for overloads, merged interfaces and repeated `var`. */
  readonly declarations: readonly Declaration[];
  /** Position among the parameters, -1 otherwise. */
  readonly index: number;
}
