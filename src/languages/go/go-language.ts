import { type Seed, seed } from "../../core/analysis.ts";
import { projectFacts } from "../../core/project-facts.ts";
import type { Snapshot } from "../../core/snapshot.ts";
import { program } from "../../model/program.ts";
import type { Language, Unit, UnitContents, Workspace } from "../language.ts";
import { answersAboutBodies, pathsIn } from "./body-questions.ts";
import { commentsIn } from "./comments.ts";
import { isGeneratedGo } from "./file-outline.ts";
import { goPackage, goResolver } from "./go-analyses.ts";
import { directoryOfFile } from "./go-file.ts";
import { goProgram } from "./lowering/go-program.ts";
import { isSkipped } from "./packages.ts";
import { contractsIn } from "./project/contracts-in.ts";
import { goProjectFacts } from "./project/go-project-facts.ts";
import { goSelectionsElsewhere, selectionsElsewhere } from "./project/selections-elsewhere.ts";
import { declarationsOf, goReach } from "./reach.ts";
import { openPackages } from "./resolver.ts";
import { declarationAt, declarationSpanAt, statementAfter, statementAt } from "./statements.ts";

/** Go, understood package by package without the go command. */
export const goLanguage: Language = {
  name: "go",
  extensions: [".go"],
  grammarOf: () => "go",
  isGenerated: (_path, text) => isGeneratedGo(text),
  together,
  contractsIn,
  units,
  open,
  reach: goReach,
  answers: answersAboutBodies,
  declarationsOf,
};

/** One unit a directory: the package, its tests inside and outside, and the variants of its build tags. */
function units(files: readonly string[]): readonly Unit[] {
  const byDirectory = new Map<string, string[]>();
  for (const path of files) {
    const directory = directoryOfFile(path);
    if (isSkipped(directory) || /^[._]/.test(path.slice(path.lastIndexOf("/") + 1))) continue;
    const members = byDirectory.get(directory);
    if (members) members.push(path);
    else byDirectory.set(directory, [path]);
  }
  return [...byDirectory]
    .map(([directory, members]): Unit => ({ language: "go", directory, files: members.sort() }))
    .sort((a, b) => (a.directory < b.directory ? -1 : 1));
}

function together(file: string, snapshot: Snapshot): readonly string[] {
  const directory = directoryOfFile(file);
  const prefix = directory === "" ? "" : `${directory}/`;
  return snapshot
    .list(directory)
    .filter((name) => name.endsWith(".go"))
    .map((name) => prefix + name)
    .filter((path) => path !== file);
}

function open(unit: Unit, workspace: Workspace): UnitContents {
  const { own, packages, resolver } = openPackages(unit, workspace);
  const functions = goProgram(own, resolver, packages);
  const answer = answersAboutBodies(workspace.snapshot);
  const seeds: Seed[] = [
    seed(goPackage, own),
    seed(goResolver, resolver),
    seed(projectFacts, goProjectFacts(unit, workspace)),
    seed(selectionsElsewhere, goSelectionsElsewhere(unit, workspace)),
    seed(program, functions),
  ];
  const tree = (path: string) => own.file(path)?.tree;
  const inTree = <T>(
    path: string,
    otherwise: T,
    compute: (of: NonNullable<ReturnType<typeof tree>>) => T,
  ): T => {
    const of = tree(path);
    return of ? compute(of) : otherwise;
  };
  return {
    seeds,
    reads: () => {
      const answers = functions.questions.map((question) => [question, answer(question)] as const);
      const saying = answers.flatMap(([, given]) => pathsIn(given));
      return { files: [...functions.lookedInto, ...saying], answers };
    },
    notices: () => own.module?.notices ?? [],
    comments: (file) => inTree(file, [], commentsIn),
    statementAt: (file, offset) => inTree(file, undefined, (of) => statementAt(of, offset)),
    statementAfter: (file, offset) => inTree(file, undefined, (of) => statementAfter(of, offset)),
    declarationAt: (file, offset) => inTree(file, "", (of) => declarationAt(of, offset)),
    declarationSpanAt: (file, offset) =>
      inTree(file, undefined, (of) => declarationSpanAt(of, offset)),
  };
}
