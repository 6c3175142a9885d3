import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Writes `dist/src/build-id`, a hash of the compiled code: results that another build has kept are not ours. */
const built = fileURLToPath(new URL("..", import.meta.url));
const hash = createHash("sha256");
for (const part of ["grammars", "rules", "src"]) {
  const names = readdirSync(join(built, part), { recursive: true, encoding: "utf8" });
  for (const name of names.filter((name) => /\.(js|json|wasm)$/.test(name)).sort())
    hash.update(`${part}/${name}\0`).update(readFileSync(join(built, part, name)));
}
writeFileSync(join(built, "src/build-id"), hash.digest("hex"));
