const NAMES = new Set(
  (
    "assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain " +
    "events fs http http2 https inspector module net os path perf_hooks process punycode querystring readline repl " +
    "stream string_decoder sys test timers tls trace_events tty url util v8 vm wasi worker_threads zlib"
  ).split(" "),
);

/** The name of an external module: built-in modules of node always with `node:`, others as they are written. */
export function externalModuleName(specifier: string): string {
  if (specifier.startsWith("node:")) return specifier;
  const first = specifier.split("/", 1)[0] ?? specifier;
  return NAMES.has(first) && first !== "test" ? `node:${specifier}` : specifier;
}
