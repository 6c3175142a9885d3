import type { Inference } from "./inference.ts";
import { isStandardKnown, standardMember, standardSymbol } from "./standard-library.ts";
import type { FunctionDeclaration, GoType, Selection } from "./type.ts";
import { basic } from "./universe.ts";

const DEPTH = 8;
const WIDTH = 256;

interface Candidate {
  readonly type: GoType;
  readonly through: readonly string[];
}

/** Found, surely not a member, a type whose members aren't known, or one on which build tags disagree. */
type Looked = Selection | "absent" | "unknown" | "disputed";

/**
 * What `x.name` selects for an x of the type, through embedded fields level by level as Go does. Undefined where nothing
 * has the name, where several have it at one level, and where a type that isn't known could have it first.
 */
export function select(inference: Inference, type: GoType, name: string): Selection | undefined {
  let level: Candidate[] = [{ type: dereferenced(inference, type), through: [] }];
  const seen = new Set<unknown>();
  const opaque: Candidate[] = [];
  for (let depth = 0; depth < DEPTH && level.length > 0; depth++) {
    const found: Selection[] = [];
    const next: Candidate[] = [];
    for (const candidate of level) {
      if (seen.has(identityOf(candidate.type)) || next.length > WIDTH) continue;
      seen.add(identityOf(candidate.type));
      const looked = lookAt(inference, candidate, name);
      if (looked === "disputed") return undefined;
      if (looked === "unknown") opaque.push(candidate);
      else if (looked !== "absent") found.push(looked);
      else next.push(...embeddedIn(inference, candidate));
    }
    const [only] = found;
    if (only) {
      const isShadowed = opaque.some(({ through }) => through.length < depth);
      return found.length === 1 && !isShadowed ? only : undefined;
    }
    level = next;
  }
  const [only] = opaque;
  if (opaque.length !== 1 || only?.type.kind !== "named" || only.type.declaration) return undefined;
  return { through: only.through, target: { kind: "external", name, owner: only.type } };
}

function identityOf(type: GoType): unknown {
  return type.kind === "named" ? (type.declaration ?? `${type.package}.${type.name}`) : type;
}

function dereferenced(inference: Inference, type: GoType): GoType {
  if (type.kind === "pointer") return type.to;
  if (type.kind !== "named" || !type.declaration) return type;
  const structure = inference.structure(type);
  return structure.kind === "pointer" ? structure.to : type;
}

function lookAt(inference: Inference, { type, through }: Candidate, name: string): Looked {
  if (type.kind === "named" && !type.declaration) return lookAtExternal(type, through, name);
  const declaration = type.kind === "named" ? type.declaration?.methods().get(name) : undefined;
  const structure = inference.structure(type);
  const isField =
    structure.kind === "struct" && structure.fields.some((field) => field.name === name);
  if (declaration) return isField ? "disputed" : methodOf(declaration, type, through);
  switch (structure.kind) {
    case "struct": {
      const field = structure.fields.find((each) => each.name === name);
      if (!field) return "absent";
      return { through, target: { kind: "field", name, type: field.type, owner: type } };
    }
    case "interface": {
      const method = structure.methods.find((each) => each.name === name);
      if (!method) return "absent";
      return {
        through,
        target: { kind: "interface-method", name, type: method.type, owner: type },
      };
    }
    case "basic":
      return structure.name === "error" && name === "Error" ? errorMethod(type, through) : "absent";
    case "unknown":
    case "named":
      return structure.kind === "named" && structure !== type
        ? lookAt(inference, { type: structure, through }, name)
        : "unknown";
    default:
      return "absent";
  }
}

function methodOf(
  declaration: FunctionDeclaration,
  owner: GoType,
  through: readonly string[],
): Selection {
  return { through, target: { kind: "method", declaration, owner } };
}

function errorMethod(owner: GoType, through: readonly string[]): Selection {
  const type: GoType = {
    kind: "function",
    parameters: [],
    results: [basic("string")],
    isVariadic: false,
  };
  return { through, target: { kind: "interface-method", name: "Error", type, owner } };
}

function lookAtExternal(
  owner: Extract<GoType, { kind: "named" }>,
  through: readonly string[],
  name: string,
): Looked {
  if (standardMember(owner.package, owner.name, name))
    return { through, target: { kind: "external", name, owner } };
  const isKnown = isStandardKnown(owner.package) && standardSymbol(owner.package, owner.name);
  return isKnown ? "absent" : "unknown";
}

/** Embedded fields of a struct, and the embedded interfaces of an interface. */
function embeddedIn(inference: Inference, { type, through }: Candidate): Candidate[] {
  const structure = inference.structure(type);
  if (structure.kind === "interface")
    return structure.embedded.map((each) => ({ type: each, through }));
  if (structure.kind !== "struct") return [];
  return structure.fields
    .filter(({ isEmbedded }) => isEmbedded)
    .map((field) => ({
      type: field.type.kind === "pointer" ? field.type.to : field.type,
      through: [...through, field.name],
    }));
}
