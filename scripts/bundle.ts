import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

/**
 * Puts the compiled modules of the command line together in `dist/src/bundle`: to find, read and link four hundred small
 * modules costs more than to lint ten files. The folder is as deep as those that it is made from, since some look for files
 * relative to their own place. Small packages that every run loads are put in, with their licences beside; others stay outside.
 */
const INSIDE = [
  "ajv",
  "commander",
  "diff",
  "fast-deep-equal",
  "fast-uri",
  "ignore",
  "json-schema-traverse",
  "yaml",
];
const built = fileURLToPath(new URL("../src", import.meta.url));
const target = join(built, "bundle");

rmSync(target, { recursive: true, force: true });
const bundle = await rolldown({
  input: {
    run: join(built, "apps/cli/run.js"),
    worker: join(built, "apps/cli/worker.js"),
    "embedded-postgres-thread": join(built, "adapters/queue/embedded-postgres-thread.js"),
  },
  platform: "node",
  external: (id) => !isAbsolute(id) && !/^[.]|^#kit$/.test(id) && !INSIDE.includes(nameOf(id)),
  resolve: { alias: { "#kit": join(built, "kit.js") } },
  // Chunks that hold little but a name stand for modules that are imported when needed.
  checks: { ineffectiveDynamicImport: false },
});
const { output } = await bundle.write({
  dir: target,
  format: "esm",
  minify: { compress: false, mangle: false, codegen: true },
  entryFileNames: "[name].js",
  chunkFileNames: "[name].js",
  codeSplitting: {
    groups: [
      { name: "shared", test: /[\\/]src[\\/](?!apps[\\/]|adapters[\\/]queue)/, priority: 2 },
      { name: "rules-go", test: /[\\/]rules[\\/]go[\\/]/, priority: 1 },
      { name: "rules-typescript", test: /[\\/]rules[\\/]typescript[\\/]/, priority: 1 },
    ],
  },
});

/** `ajv` of `ajv/dist/core.js`. */
function nameOf(id: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? id;
}

const PACKAGE = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/;
const modules = output.flatMap((part) => (part.type === "chunk" ? part.moduleIds : []));
const folders = new Set(modules.flatMap((id) => PACKAGE.exec(id)?.[0] ?? []));
const licences = [...folders].sort().map((folder) => {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (!file) throw new Error(`${folder} has no licence file: leave it out of the bundle`);
  return `${folder.replace(/^.*node_modules./, "")}\n\n${readFileSync(join(folder, file), "utf8")}`;
});
writeFileSync(join(target, "LICENSES.txt"), licences.join("\n---\n\n"));
