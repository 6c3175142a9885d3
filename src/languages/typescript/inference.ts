import type { NodeId } from "../../syntax/tree.ts";
import type { Binding } from "./binding.ts";
import type { ExportLinks } from "./export-links.ts";
import type { ModuleNode, TypeScriptModule } from "./resolver.ts";
import type { Signature, TsType, TypeArguments } from "./ts-type.ts";

/**
 * The questions that the parts of the inference ask each other. Each part is a file of functions that take this; the
 * memory, the bounds and the way around cycles are in `type-inference.ts` alone.
 */
export interface Inference {
  readonly links: ExportLinks;
  /** The type of an expression's value; unknown for NONE. */
  typeOf(expression: ModuleNode): TsType;
  /** The type that a type node says; type parameters stand for what the arguments say. */
  annotated(type: ModuleNode, typeArguments: TypeArguments): TsType;
  /** The value of a declared name. */
  valueOf(module: TypeScriptModule, binding: Binding): TsType;
  /** What a call of the signature yields. */
  result(signature: Signature): TsType;
  /** What a member of a value is. */
  member(of: TsType, name: string): TsType;
  /** What a call yields, from what is called. */
  called(callee: TsType, call: ModuleNode): TsType;
}

/** The node in the same module. */
export function beside(at: ModuleNode, node: NodeId): ModuleNode {
  return { module: at.module, node };
}
