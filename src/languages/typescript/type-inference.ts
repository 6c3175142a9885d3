import { NONE, type NodeId } from "../../syntax/tree.ts";
import { annotationType } from "./annotation-type.ts";
import type { Binding } from "./binding.ts";
import { calledType } from "./call-type.ts";
import { declaredValue } from "./declared-value.ts";
import type { ExportLinks } from "./export-links.ts";
import { expressionType } from "./expression-type.ts";
import { functionResult } from "./function-result.ts";
import type { Inference } from "./inference.ts";
import { memberType } from "./member-type.ts";
import type { ModuleNode, TypeScriptModule } from "./resolver.ts";
import { type Signature, type TsType, type TypeArguments, UNKNOWN } from "./ts-type.ts";

/** Questions inside questions: beyond, nothing is known. Deeper than the chains of real code. */
const DEEPEST = 80;
/** Questions that one question from outside may lead to. */
const MOST_STEPS = 10_000;

/** What was found out about the nodes of one module. */
interface Memory {
  readonly expressions: Map<NodeId, TsType>;
  readonly annotations: Map<NodeId, TsType>;
  readonly results: Map<NodeId, TsType>;
}

/**
 * The inference: remembers each answer, and bounds the work. A question that is asked again while it is being answered
 * (recursive functions, cyclic types) is unknown. What was cut off for its depth is not remembered, since it may be known
 * when it is asked for itself.
 */
export function createInference(links: ExportLinks): Inference {
  const memories = new WeakMap<TypeScriptModule, Memory>();
  const values = new Map<Binding, TsType>();
  let depth = 0;
  let steps = 0;
  let cuts = 0;

  function memoryOf(module: TypeScriptModule): Memory {
    let memory = memories.get(module);
    if (!memory) {
      memory = { expressions: new Map(), annotations: new Map(), results: new Map() };
      memories.set(module, memory);
    }
    return memory;
  }

  function bounded(compute: () => TsType): TsType {
    if (depth === 0) steps = 0;
    if (depth >= DEEPEST || steps >= MOST_STEPS) {
      cuts++;
      return UNKNOWN;
    }
    depth++;
    steps++;
    try {
      return compute();
    } finally {
      depth--;
    }
  }

  function remembered<K>(memory: Map<K, TsType>, key: K, compute: () => TsType): TsType {
    const known = memory.get(key);
    if (known) return known;
    memory.set(key, UNKNOWN);
    const cutsBefore = cuts;
    const found = bounded(compute);
    if (cuts !== cutsBefore && depth > 0) memory.delete(key);
    else memory.set(key, found);
    return found;
  }

  const inference: Inference = {
    links,
    typeOf(at: ModuleNode) {
      if (at.node === NONE) return UNKNOWN;
      return remembered(memoryOf(at.module).expressions, at.node, () =>
        expressionType(at, inference),
      );
    },
    annotated(at: ModuleNode, typeArguments: TypeArguments) {
      if (at.node === NONE) return UNKNOWN;
      const compute = () => annotationType(at, typeArguments, inference);
      if (typeArguments.size > 0) return bounded(compute);
      return remembered(memoryOf(at.module).annotations, at.node, compute);
    },
    valueOf: (module, binding) =>
      remembered(values, binding, () => declaredValue(module, binding, inference)),
    result(signature: Signature) {
      const compute = () => functionResult(signature, inference);
      if (signature.self || signature.typeArguments.size > 0) return bounded(compute);
      return remembered(memoryOf(signature.at.module).results, signature.at.node, compute);
    },
    member: (of, name) => bounded(() => memberType(of, name, inference)),
    called: (callee, call) => bounded(() => calledType(callee, call, inference)),
  };
  return inference;
}
