import type { Callee } from "../../model/operation.ts";

/** How a context ends: never, by being cancelled alone, or also by itself. */
export type ContextKind = "root" | "cancelled" | "timed";

/** Whether a call yields a context, and how that ends. */
export function madeContext(callee: Callee): ContextKind | undefined {
  return callee.kind === "external" ? contextNamed(callee.name) : undefined;
}

/** The same by the name of what yields it. */
export function contextNamed(name: string): ContextKind | undefined {
  return Object.hasOwn(CONTEXTS, name) ? CONTEXTS[name] : undefined;
}

const CONTEXTS: Readonly<Record<string, ContextKind>> = {
  "context.Background": "root",
  "context.TODO": "root",
  // Ends with the test.
  "testing.T.Context": "timed",
  "testing.common.Context": "timed",
  "testing.B.Context": "timed",
  "testing.TB.Context": "timed",
  "context.WithCancel": "cancelled",
  "context.WithCancelCause": "cancelled",
  "context.WithTimeout": "timed",
  "context.WithTimeoutCause": "timed",
  "context.WithDeadline": "timed",
  "context.WithDeadlineCause": "timed",
};
