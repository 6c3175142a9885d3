import { lineAt, lineStarts } from "../../core/position.ts";
import { unitsOf } from "../../engine/analyze.ts";
import { languageOf } from "../../engine/language-of.ts";
import { createWorkspace, type EngineWorkspace } from "../../engine/workspace.ts";
import type { UnitContents } from "../../languages/language.ts";
import { languages } from "../../languages/registry.ts";
import type { FunctionHeader } from "../../model/function.ts";
import { type Program, program } from "../../model/program.ts";
import type { SourceParser } from "../../syntax/parser.ts";
import type { Io } from "./io.ts";
import { jobFor } from "./job-for.ts";
import { existingPaths, inRoot, rootOf } from "./root.ts";
import { openSession, parserFor, type Session } from "./session.ts";
import { UsageError } from "./usage-error.ts";

/** A line of a file, with everything opened that is needed to speak about it. */
export interface OpenPlace {
  readonly session: Session;
  readonly parser: SourceParser;
  readonly workspace: EngineWorkspace;
  readonly contents: UnitContents;
  readonly program: Program | undefined;
  /** Relative to the root, and as the user wrote it. */
  readonly file: string;
  readonly shown: string;
  readonly text: string;
  readonly starts: Uint32Array;
  readonly line: number;
  /** The functions that hold the line, outermost first. */
  readonly functions: readonly FunctionHeader[];
}

/** Opens `FILE:LINE`; throws UsageError where there is no such place, or nothing that we would judge. */
export async function openPlace(
  place: string,
  options: { readonly config?: string },
  io: Io,
): Promise<OpenPlace> {
  const [, shown = "", digits = ""] = /^(.*?):(\d+)(?::\d+)?$/.exec(place) ?? [];
  if (shown === "") throw new UsageError(`${place} is no place; write FILE:LINE, as in hub.go:12`);
  const [full = ""] = existingPaths([shown], io.directory);
  const root = rootOf([full], io.directory);
  const file = inRoot(root, full);
  const language = file === undefined ? undefined : languageOf(file, languages);
  if (file === undefined || language === undefined)
    throw new UsageError(`${shown} is no Go, TypeScript or JavaScript file`);
  const job = await jobFor({ only: [], skip: [], ...options }, { kind: "disk", root }, [], io);
  const session = await openSession(job);
  const { snapshot } = session;
  const text = snapshot.read(file);
  if (text === undefined)
    throw new UsageError(
      snapshot.notices().find((notice) => notice.file === file)?.message ??
        `${shown} cannot be read`,
    );
  const starts = lineStarts(text);
  const line = Number(digits);
  if (line < 1 || line > starts.length)
    throw new UsageError(`${shown} has ${starts.length} lines, and no line ${line}`);
  const [unit] = unitsOf({ files: [file], snapshot, languages });
  if (!unit)
    throw new UsageError(
      `${shown} is generated or other people's code: it is read, and never judged`,
    );
  const parser = await parserFor([file]);
  const workspace = createWorkspace(snapshot, parser, languages);
  const contents = language.open(unit, workspace);
  const seeded = contents.seeds.find(({ analysis }) => analysis === program);
  const known = seeded?.result as Program | undefined;
  const functions = (known?.functions ?? []).filter(
    ({ file: where, at }) =>
      where === file &&
      lineAt(starts, at.start) <= line &&
      lineAt(starts, Math.max(at.start, at.end - 1)) >= line,
  );
  return {
    session,
    parser,
    workspace,
    contents,
    program: known,
    file,
    shown,
    text,
    starts,
    line,
    functions,
  };
}
