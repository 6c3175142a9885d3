import { type TsType, UNKNOWN } from "./ts-type.ts";

/** Functions and constructors of the platform that ignore what their first argument returns. */
const IGNORING: ReadonlySet<string> = new Set(
  [
    "global:setTimeout global:setInterval global:setImmediate global:queueMicrotask global:process.nextTick",
    "global:requestAnimationFrame global:requestIdleCallback global:MutationObserver global:ResizeObserver",
    "global:IntersectionObserver global:PerformanceObserver global:FinalizationRegistry global:Promise",
    "global:Array.forEach",
    "node:timers:setTimeout node:timers:setInterval node:timers:setImmediate node:process:nextTick",
  ]
    .join(" ")
    .split(" "),
);

/** Modules of Node whose functions and methods take callbacks and ignore what they return. */
const CALLING_BACK =
  /^node:(?:fs|child_process|http|https|http2|net|tls|dns|zlib|crypto|dgram|inspector):(?:[A-Z]\w*\.)?[a-z]\w*$/;

/** What a function of the platform asks of an argument, where it is a function whose result nobody looks at. */
export function voidCallbackAt(name: string, index: number): TsType {
  const plain = name.replace(/^global:(?:window|globalThis|self|global)\./, "global:");
  if (CALLING_BACK.test(name)) return VOID_CALLBACK;
  return index === 0 && IGNORING.has(plain) ? VOID_CALLBACK : UNKNOWN;
}

/** A function type that nobody declared in a file. */
export const VOID_CALLBACK: TsType = {
  kind: "external",
  module: "global",
  path: ["VoidFunction"],
  isInstance: true,
};

const CALLBACK_TYPES: ReadonlySet<string> = new Set([
  "global:VoidFunction",
  "global:FrameRequestCallback",
  "global:NodeJS.BeforeExitListener",
]);

/** Whether values of a type of the platform are functions that return nothing. */
export function isVoidCallback(name: string): boolean {
  return CALLBACK_TYPES.has(name);
}
