import { seed } from "../../core/analysis.ts";
import type { Notice } from "../../core/finding.ts";
import { projectFacts } from "../../core/project-facts.ts";
import { program } from "../../model/program.ts";
import type { Tree } from "../../syntax/tree.ts";
import type { Language, Reads, Unit, UnitContents, Workspace } from "../language.ts";
import { commentsOf } from "./comments.ts";
import { declarationNameAt, declarationSpanAt } from "./declaration-name.ts";
import { ExportLinks } from "./export-links.ts";
import { isGeneratedTypeScript } from "./generated.ts";
import { grammarOf, typescriptExtensions } from "./grammar-of.ts";
import { parseJsonWithComments } from "./json-with-comments.ts";
import { typescriptProgram } from "./lowering/typescript-program.ts";
import { answersFrom } from "./module-reads.ts";
import { openModules, type TypeScriptModules, typescriptModules } from "./modules.ts";
import { inDirectory } from "./paths.ts";
import { contractsIn } from "./project/contracts-in.ts";
import { typescriptProjectFacts } from "./project/typescript-project-facts.ts";
import { promiseFacts, promises } from "./promises.ts";
import { statementAfter, statementAt } from "./statements.ts";
import { createInference } from "./type-inference.ts";
import { createResolver, typescriptResolver } from "./typescript-resolver.ts";
import { typescriptUnits } from "./units.ts";

/** TypeScript and JavaScript. */
export const typescriptLanguage: Language = {
  name: "typescript",
  extensions: typescriptExtensions,
  grammarOf,
  isGenerated: isGeneratedTypeScript,
  together: () => [],
  contractsIn,
  units: typescriptUnits,
  open: openUnit,
  // A file is understood from itself and from what it imports: who uses it changes nothing.
  parts: (unit) => unit.files.map((file) => ({ ...unit, files: [file] })),
  answers: answersFrom,
};

function openUnit(unit: Unit, workspace: Workspace): UnitContents {
  const modules = openModules(unit, workspace);
  const inference = createInference(new ExportLinks(modules));
  const resolver = createResolver(inference);
  const project = typescriptProjectFacts(unit, workspace);
  const inTree = <T>(file: string, ask: (tree: Tree) => T, otherwise: T): T => {
    const tree = workspace.parse(file);
    return tree ? ask(tree) : otherwise;
  };
  return {
    seeds: [
      seed(typescriptModules, modules),
      seed(typescriptResolver, resolver),
      seed(promises, promiseFacts(inference)),
      seed(projectFacts, project),
      seed(program, typescriptProgram(modules, resolver)),
    ],
    notices: () => configNotices(unit, workspace),
    reads: () => (project.wasAsked() ? undefined : readsOf(unit, modules)),
    comments: (file) => inTree(file, commentsOf, []),
    statementAt: (file, offset) => inTree(file, (tree) => statementAt(tree, offset), undefined),
    statementAfter: (file, offset) =>
      inTree(file, (tree) => statementAfter(tree, offset), undefined),
    declarationAt: (file, offset) => inTree(file, (tree) => declarationNameAt(tree, offset), ""),
    declarationSpanAt: (file, offset) =>
      inTree(file, (tree) => declarationSpanAt(tree, offset), undefined),
  };
}

/** Notices tell of them. */
const CONFIGURATION = ["package.json", "tsconfig.json"];

function readsOf({ directory }: Unit, modules: TypeScriptModules): Reads | undefined {
  const reads = modules.reads();
  const configuration = CONFIGURATION.map((name) => inDirectory(directory, name));
  return reads && { ...reads, files: [...reads.files, ...configuration] };
}

/** Configuration that cannot be read: the unit is understood without it. */
function configNotices(unit: Unit, { snapshot }: Workspace): readonly Notice[] {
  return CONFIGURATION.flatMap((name): Notice[] => {
    if (!snapshot.list(unit.directory).includes(name)) return [];
    const file = inDirectory(unit.directory, name);
    const text = snapshot.read(file);
    if (text === undefined || parseJsonWithComments(text) !== undefined) return [];
    return [
      {
        file,
        kind: "config",
        message: "is not valid JSON: imports are followed without it",
      },
    ];
  });
}
