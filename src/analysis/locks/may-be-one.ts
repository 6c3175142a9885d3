import type { AccessPath, Step } from "../../model/path.ts";

/**
 * Whether two locks of one field may be one. They are two where the field is of a part, and each lock's part is of another type:
 * `stream.scope.mu` and `service.scope.mu`, of a scope that both embed.
 */
export function mayBeOne(left: AccessPath, right: AccessPath): boolean {
  for (let back = 1; ; back++) {
    const [mine, theirs] = [left.steps.at(-back), right.steps.at(-back)];
    if (mine?.kind !== "field" || theirs?.kind !== "field") return true;
    if (mine.owner === undefined || theirs.owner === undefined) return true;
    if (mine.owner !== theirs.owner) return false;
    // `c.ready.L` is the lock of a condition: whose, its field says.
    if (mine.owner.startsWith("sync.") && !isOneField(left, right, back + 1)) return false;
    const [part, other] = [left.steps.at(-back - 1), right.steps.at(-back - 1)];
    if (!isPart(part, mine.owner) || !isPart(other, theirs.owner)) return true;
  }
}

function isOneField(left: AccessPath, right: AccessPath, back: number): boolean {
  const [mine, theirs] = [left.steps.at(-back), right.steps.at(-back)];
  if (mine?.kind !== "field" || theirs?.kind !== "field") return true;
  return mine.name === theirs.name && mine.owner === theirs.owner;
}

/** Whether both are locks of what fields hold that are called differently: `c.shapes.mu` and `dims.single.mu`, of one container. */
export function areOfFieldsApart(
  { steps: left }: AccessPath,
  { steps: right }: AccessPath,
): boolean {
  const [mine, theirs] = [left.at(-2), right.at(-2)];
  return mine?.kind === "field" && theirs?.kind === "field" && mine.name !== theirs.name;
}

/** Of a lock of a part: `package.Type` whose part it is; owners of several types may have such a part. */
export function ownerOfPart({ steps }: AccessPath): string | undefined {
  const [part, last] = [steps.at(-2), steps.at(-1)];
  if (last?.kind !== "field" || last.owner === undefined || !isPart(part, last.owner))
    return undefined;
  return part?.kind === "field" ? (part.owner ?? "") : undefined;
}

/** A struct within its owner, or embedded in it. */
function isPart(step: Step | undefined, type: string): boolean {
  if (step?.kind !== "field") return false;
  return step.isPart === true || type.endsWith(`.${step.name}`);
}
