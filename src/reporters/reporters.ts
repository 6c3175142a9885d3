import { concise } from "./concise.ts";
import { json } from "./json.ts";
import type { Reporter } from "./report.ts";

/** The output formats by name. */
export const reporters: Readonly<Record<string, Reporter>> = { concise, json, pretty: concise };
