import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** With `--help` among the words prints what the script's own head says, and ends. */
export function helpIfAsked(script: string): void {
  if (!process.argv.slice(2).some((word) => word === "--help" || word === "-h")) return;
  console.log(headOf(readFileSync(fileURLToPath(script), "utf8")));
  process.exit(0);
}

/** The first comment of a text, without its signs. */
function headOf(text: string): string {
  const [, comment = ""] = /^\/\*\*([\s\S]*?)\*\//.exec(text) ?? [];
  return comment.replace(/^ *\* ?/gm, "").trim();
}
