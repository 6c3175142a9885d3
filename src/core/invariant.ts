/** The value, which cannot be missing; throws with the reason why it should be there. */
export function invariant<T>(value: T | undefined | null, whyItIsThere: string): T {
  if (value === undefined || value === null) throw new Error(`broken invariant: ${whyItIsThere}`);
  return value;
}

/** Ends a `switch` over a union: a new member becomes a compile error here. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
