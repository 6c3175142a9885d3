import { createUse } from "../../core/analysis.ts";
import { lineAt, lineStarts, type Place } from "../../core/position.ts";
import { unitsOf } from "../../engine/analyze.ts";
import { createWorkspace } from "../../engine/workspace.ts";
import { interfaceSurvey, type SurveyedInterface } from "../../interfaces/survey.ts";
import { languages } from "../../languages/registry.ts";
import type { ExitCode } from "./exit-code.ts";
import { type InterfaceRow, interfacesPage } from "./interfaces-page.ts";
import type { Io } from "./io.ts";
import { judgeFiles } from "./lint.ts";
import { loadRules } from "./load-rules.ts";
import { parserFor, type Session } from "./session.ts";

export interface InterfacesOptions {
  readonly format: "text" | "json" | "html";
}

/** `chokepoint interfaces`: what a project's interfaces ask for, who implements and who uses them, and what is wrong with them. */
export async function printInterfaces(
  path: string,
  { format }: InterfacesOptions,
  io: Io,
): Promise<ExitCode> {
  const rules = (await loadRules()).filter(({ group }) => group === "interfaces");
  const { session, files, findings } = await judgeFiles(
    [path],
    {
      format: [],
      only: rules.map(({ id }) => id),
      skip: [],
      allow: [],
      warn: [],
      deny: [],
      cache: false,
      ignoreComments: true,
      color: "never",
    },
    io,
  );
  const smells = new Map<string, string[]>();
  for (const { at, rule, verdict } of findings) {
    if (verdict.kind !== "report") continue;
    const key = `${at.file}:${at.line}`;
    smells.set(key, [...(smells.get(key) ?? []), rule]);
  }
  const rows = await surveyed(session, files, smells);
  io.out(PRINTERS[format](rows));
  return 0;
}

async function surveyed(
  session: Session,
  files: readonly string[],
  smells: ReadonlyMap<string, readonly string[]>,
): Promise<InterfaceRow[]> {
  const { snapshot } = session;
  const workspace = createWorkspace(snapshot, await parserFor(files), languages);
  const starts = new Map<string, Uint32Array>();
  const placed = ({ file, start }: Place) => {
    const known = starts.get(file) ?? lineStarts(snapshot.read(file) ?? "");
    starts.set(file, known);
    return `${file}:${lineAt(known, start)}`;
  };
  const rows: InterfaceRow[] = [];
  for (const unit of unitsOf({ files, snapshot, languages })) {
    const language = languages.find(({ name }) => name === unit.language);
    if (!language) continue;
    const use = createUse(language.open(unit, workspace).seeds);
    for (const each of use(interfaceSurvey))
      rows.push(rowOf(each, unit.language, placed, smells.get(placed(each.at)) ?? []));
    workspace.release();
  }
  return rows;
}

function rowOf(
  each: SurveyedInterface,
  language: InterfaceRow["language"],
  placed: (place: Place) => string,
  smells: readonly string[],
): InterfaceRow {
  return {
    name: each.name,
    language,
    package: each.home,
    at: placed(each.at),
    isPublic: each.isPublic,
    members: each.members,
    implementations: each.implementations.map(({ name, at }) => ({ name, at: placed(at) })),
    testDoubles: each.doubles.map(({ name, at }) => ({ name, at: placed(at) })),
    uses: each.uses.length,
    users: each.users.map(({ home, count }) => ({ package: home, uses: count })),
    smells,
  };
}

const PRINTERS: Readonly<
  Record<InterfacesOptions["format"], (rows: readonly InterfaceRow[]) => string>
> = {
  text: table,
  json: (rows) => `${JSON.stringify({ version: 1, interfaces: rows }, null, 2)}\n`,
  html: interfacesPage,
};

/** One line an interface; those with something wrong first. */
function table(rows: readonly InterfaceRow[]): string {
  const cells = [
    ["interface", "members", "implementations", "doubles", "uses", "place", "smells"],
    ...[...rows]
      .sort((one, other) => other.smells.length - one.smells.length)
      .map((row) => [
        row.name,
        String(row.members),
        String(row.implementations.length),
        String(row.testDoubles.length),
        String(row.uses),
        row.at,
        row.smells.join(" "),
      ]),
  ];
  const widths = cells[0]?.map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}
