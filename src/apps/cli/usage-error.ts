/** Something that the user can put right; its message says what, where, and how. Ends a run with exit code 2. */
export class UsageError extends Error {}
