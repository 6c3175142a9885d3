import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "./settings.ts";

/** Variables of `.env` in a directory, those of the process before them. */
export function environmentOf(directory: string): Environment {
  const file = join(directory, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
  return process.env;
}
