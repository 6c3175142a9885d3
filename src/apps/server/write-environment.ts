import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

/**
 * Sets variables in an environment file, made if it is not there, readable by its owner alone; other lines stay. Values may
 * have line breaks. The file is replaced whole, so that a crash leaves the old or the new one.
 */
export function writeEnvironment(file: string, variables: Readonly<Record<string, string>>): void {
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  const lines = before === "" ? [] : before.replace(/\n$/, "").split("\n");
  const others = lines.filter((line) => {
    const name = /^\s*(?:export\s+)?([A-Z_a-z]\w*)\s*=/.exec(line)?.[1];
    return name === undefined || !Object.hasOwn(variables, name);
  });
  const own = Object.entries(variables).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, `${[...others, ...own].join("\n")}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}
