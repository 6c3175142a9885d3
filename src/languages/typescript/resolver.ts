import type { Answer } from "../../core/answer.ts";
import type { NodeId, Tree } from "../../syntax/tree.ts";

/** A node with the module that it stands in. */
export interface ModuleNode {
  readonly module: TypeScriptModule;
  readonly node: NodeId;
}

/** A file of the unit (or one that it imports). */
export interface TypeScriptModule {
  readonly path: string;
  readonly tree: Tree;
  /** `.d.ts` and files outside the unit are context. */
  readonly isJudged: boolean;
}

/** A declared name. One object for all its uses. */
export interface TypeScriptVariable {
  readonly name: string;
  readonly kind:
    | "const"
    | "let"
    | "var"
    | "parameter"
    | "function"
    | "class"
    | "enum"
    | "import"
    | "catch"
    | "type"
    | "namespace";
  /** The identifier that declares it (the first, where there are several); its parents are the declarator, parameter, function, … */
  readonly declaration: ModuleNode;
  /** Node of the function that declares it; NONE at module level. */
  readonly function: NodeId;
  /** Position among the parameters, -1 otherwise. */
  readonly index: number;
  isReassigned(): boolean;
  /** Every use in the module, declaration excluded. */
  references(): readonly NodeId[];
}

/** What a call calls. `external` names are `module:export.path`: `node:fs/promises:readFile`, or `global:setTimeout`. */
export type TypeScriptCallee =
  | { readonly kind: "function"; readonly function: ModuleNode; readonly isMethod: boolean }
  | { readonly kind: "external"; readonly name: string }
  | { readonly kind: "unknown" };

/** Asks about expressions of a unit. All answers are memoised; all work is bounded. */
export interface TypeScriptResolver {
  variableAt(at: ModuleNode): TypeScriptVariable | undefined;
  /** For `call_expression` and `new_expression`. Follows locals, imports between files of the snapshot, methods on `this` and on typed values. */
  calleeOf(call: ModuleNode): TypeScriptCallee;
  /** Whether the expression's value is a promise. */
  isPromise(expression: ModuleNode): Answer;
  /** Whether calling the function yields a promise: async, annotated, or inferred from its returns. */
  returnsPromise(of: ModuleNode): Answer;
}
