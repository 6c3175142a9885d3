import { agent } from "./agent.ts";
import { checkstyle } from "./checkstyle.ts";
import { concise } from "./concise.ts";
import { github } from "./github.ts";
import { gitlab } from "./gitlab.ts";
import { json } from "./json.ts";
import { jsonl } from "./jsonl.ts";
import { junit } from "./junit.ts";
import { pretty } from "./pretty.ts";
import { rdjson } from "./rdjson.ts";
import type { Reporter } from "./report.ts";
import { sarif } from "./sarif.ts";

/** The output formats by name. */
export const reporters: Readonly<Record<string, Reporter>> = {
  pretty,
  concise,
  agent,
  json,
  jsonl,
  sarif,
  github,
  gitlab,
  checkstyle,
  junit,
  rdjson,
};
