import type { Operation } from "./operation.ts";

/** What a test asks of a variable before it goes on: of `require.NoError(t, err)`, that `err` is nil. */
export interface Demand {
  readonly variable: string;
  /** The condition that is asked, as a branch would name it. */
  readonly condition: string;
  readonly isNil: boolean;
  /** Whether the test does not go on where it is not so. */
  readonly isRequired: boolean;
}

const ASSERTION =
  /(?:^|\/)testify\/(?:assert|(require))\.(?:Assertions\.)?(?:(NoError|Nil)|Error(?:As|Is|Contains)?|EqualError|NotNil)f?$/;

/** The demand of an assertion about a plain variable; undefined for all other operations. */
export function demandOf(operation: Operation): Demand | undefined {
  if (operation.kind !== "call" || operation.callee.kind !== "external") return undefined;
  const { name, receiver } = operation.callee;
  const asserted = ASSERTION.exec(name);
  const value = operation.arguments[receiver ? 0 : 1];
  if (!asserted || value?.kind !== "path" || value.path.steps.length > 0) return undefined;
  const { root } = value.path;
  if (root.kind !== "variable") return undefined;
  const { id } = root.variable;
  return {
    variable: id,
    condition: `${id}==nil`,
    isNil: asserted[2] !== undefined,
    isRequired: asserted[1] !== undefined,
  };
}
