import { describe, expect, it } from "vitest";
import { sarif } from "../../src/reporters/sarif.ts";
import { FLOATING, LEAK, reportOf } from "./report-of.ts";

interface Log {
  readonly version: string;
  readonly runs: readonly [Run];
}
interface Run {
  readonly columnKind: string;
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly results: readonly Result[];
  readonly invocations: readonly [{ readonly toolExecutionNotifications: readonly unknown[] }];
}
interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}
interface Place {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: Region;
  };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [Place];
  readonly relatedLocations?: readonly Place[];
  readonly codeFlows?: readonly [{ readonly threadFlows: readonly ThreadFlow[] }];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly {
    readonly artifactChanges: readonly {
      readonly replacements: readonly {
        readonly deletedRegion: Region;
        readonly insertedContent: { readonly text: string };
      }[];
    }[];
  }[];
  readonly suppressions?: readonly { readonly kind: string; readonly justification?: string }[];
}
interface ThreadFlow {
  readonly id: string;
  readonly locations: readonly {
    readonly executionOrder: number;
    readonly location: { readonly message: { readonly text: string } };
  }[];
}

function runOf(report: ReturnType<typeof reportOf>): Run {
  const log = JSON.parse(sarif(report)) as Log;
  expect(log.version).toBe("2.1.0");
  return log.runs[0];
}

describe("the sarif format", () => {
  it("tells a finding with its rule, place and fingerprint", () => {
    const report = reportOf({ "hub.go": LEAK });
    const run = runOf(report);
    const [result] = run.results;
    expect(run.columnKind).toBe("utf16CodeUnits");
    expect(run.tool.driver.rules[result?.ruleIndex ?? -1]?.id).toBe("go/goroutine-leak-channel");
    expect(result?.level).toBe("error");
    expect(result?.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "hub.go" },
      region: { startLine: 8, startColumn: 3, endLine: 8, endColumn: 16 },
    });
    expect(result?.partialFingerprints).toEqual({
      "chokepoint/v1": report.findings[0]?.fingerprint,
    });
    expect(result?.relatedLocations).toHaveLength(2);
  });

  it("tells a trace as a flow of each goroutine, in one order over all of them", () => {
    const [result] = runOf(reportOf({ "hub.go": LEAK })).results;
    const flows = result?.codeFlows?.[0].threadFlows ?? [];
    expect(flows.map(({ id }) => id)).toEqual(["fetch", "goroutine"]);
    const order = flows.flatMap(({ locations }) => locations.map((one) => one.executionOrder));
    expect([...order].sort((one, other) => one - other)).toEqual(
      order.map((_, index) => index + 1),
    );
    expect(flows[1]?.locations.at(-1)?.location.message.text).toContain("for ever");
  });

  it("tells fixes as replacements that give the fixed text", () => {
    const results = runOf(reportOf({ "a.ts": FLOATING })).results;
    const [replacement] =
      results.find(({ ruleId }) => ruleId === "ts/return-await")?.fixes?.[0]?.artifactChanges[0]
        ?.replacements ?? [];
    if (!replacement) throw new Error("no fix");
    const { startLine, startColumn, endLine, endColumn } = replacement.deletedRegion;
    const lines = FLOATING.split("\n");
    expect(startLine).toBe(endLine);
    const line = lines[startLine - 1] ?? "";
    lines[startLine - 1] =
      line.slice(0, startColumn - 1) + replacement.insertedContent.text + line.slice(endColumn - 1);
    expect(lines.join("\n")).toContain("return await read();");
  });

  it("keeps suppressed findings with their reason, and tells notices", () => {
    const report = reportOf({ "hub.go": LEAK, "b.go": "package hub\nfunc (\n" });
    const [finding] = report.findings;
    if (!finding) throw new Error("no finding");
    const verdict = { kind: "suppressed", by: finding.at, reason: "on purpose" } as const;
    const run = runOf({ ...report, findings: [{ ...finding, verdict }] });
    expect(run.results[0]?.suppressions).toMatchObject([
      { kind: "inSource", justification: "on purpose" },
    ]);
    expect(run.invocations[0].toolExecutionNotifications).toHaveLength(1);
  });

  it("escapes paths as references, and leaves out what is not to be shown", () => {
    const report = reportOf({ "a b/ü#%.ts": FLOATING });
    expect(runOf(report).results[0]?.locations[0].physicalLocation.artifactLocation.uri).toBe(
      "a%20b/%C3%BC%23%25.ts",
    );
    const hidden = report.findings.map((one) => ({ ...one, verdict: { kind: "known" } as const }));
    expect(runOf({ ...report, findings: hidden }).results).toEqual([]);
  });
});
