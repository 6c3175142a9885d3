import { concise } from "./concise.ts";
import { github } from "./github.ts";
import { json } from "./json.ts";
import { pretty } from "./pretty.ts";
import type { Reporter } from "./report.ts";
import { sarif } from "./sarif.ts";

/** The output formats by name. */
export const reporters: Readonly<Record<string, Reporter>> = {
  pretty,
  concise,
  json,
  sarif,
  github,
};
