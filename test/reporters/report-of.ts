import type { JudgedFinding } from "../../src/core/finding.ts";
import { memorySnapshot } from "../../src/core/snapshot.ts";
import { analyze } from "../../src/engine/analyze.ts";
import { languages } from "../../src/languages/registry.ts";
import type { Report } from "../../src/reporters/report.ts";
import { loadParser } from "../../src/syntax/parser.ts";
import { loadAllRules } from "../harness/load-rules.ts";

const parser = await loadParser(["go", "typescript"]);
const rules = await loadAllRules();

/** The report of a real run over texts in memory: every finding is to be shown. */
export function reportOf(files: Readonly<Record<string, string>>, color = false): Report {
  const texts = new Map(Object.entries(files));
  const { findings, notices } = analyze({
    files: [...texts.keys()],
    snapshot: memorySnapshot(texts),
    languages,
    rules,
    parser,
  });
  return {
    tool: { name: "chokepoint", version: "0.0.0" },
    rules,
    findings: findings.map(
      (finding): JudgedFinding => ({ ...finding, verdict: { kind: "report" } }),
    ),
    notices,
    stats: { files: texts.size, lines: 0, functions: 0, milliseconds: 0 },
    read: (file) => texts.get(file),
    color,
  };
}

export const LEAK = `package hub

import "context"

func fetch(ctx context.Context) (string, error) {
	out := make(chan string)
	go func() {
		out <- "done"
	}()
	select {
	case text := <-out:
		return text, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
`;

export const FLOATING = `async function save(): Promise<void> {}
export async function run(): Promise<string> {
  save();
  try {
    return read();
  } catch {
    return "";
  }
}
async function read(): Promise<string> {
  return "x";
}
`;
