import type { FunctionHeader, FunctionModel } from "../../../model/function.ts";
import type { FunctionId } from "../../../model/path.ts";
import type { Program } from "../../../model/program.ts";
import type { TypeScriptModules } from "../modules.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { FunctionDeclaration } from "./function-declaration.ts";
import { functionNodesOf } from "./function-nodes.ts";
import { lowerFunction } from "./lower-function.ts";
import { PlacedHelpers } from "./lowering.ts";
import { TextMatches } from "./text-matches.ts";
import { UnitContext } from "./unit-context.ts";

/** All functions of a TypeScript unit. A file is parsed, and a function lowered, when somebody asks about it. */
export function typescriptProgram(
  modules: TypeScriptModules,
  resolver: TypeScriptResolver,
): Program {
  const unit = new UnitContext(resolver);
  const judged = new Set(modules.judged);
  const declarations = new Map<string, readonly FunctionDeclaration[]>();
  const byId = new Map<FunctionId, FunctionDeclaration>();
  const models = new Map<FunctionId, FunctionModel | undefined>();
  const withHelpers = new Map<FunctionId, FunctionModel | undefined>();
  const matches = new TextMatches();
  let all: readonly FunctionHeader[] | undefined;

  function declarationsIn(path: string): readonly FunctionDeclaration[] {
    let found = declarations.get(path);
    if (!found) {
      const module = modules.module(path);
      found = module ? declarationsOf(module, unit) : [];
      declarations.set(path, found);
      for (const declaration of found) byId.set(declaration.id, declaration);
    }
    return found;
  }

  function declarationOf(id: FunctionId): FunctionDeclaration | undefined {
    if (!byId.has(id)) declarationsIn(id.slice(0, id.lastIndexOf(":")));
    return byId.get(id);
  }

  return {
    language: "typescript",
    get functions() {
      all ??= modules.judged.flatMap((path) => declarationsIn(path).map((one) => one.header()));
      return all;
    },
    functionsIn: (file) => declarationsIn(file).map((declaration) => declaration.header()),
    functionsWith: (interest) =>
      modules.judged.flatMap((path) => {
        const text = modules.text(path);
        if (text === undefined || !matches.has(path, text, interest)) return [];
        return declarationsIn(path)
          .filter(({ module: { tree }, node }) =>
            matches.within(path, text, interest, tree.start[node] ?? 0, tree.end[node] ?? 0),
          )
          .map((declaration) => declaration.header());
      }),
    model(id) {
      if (models.has(id)) return models.get(id);
      const declaration = declarationOf(id);
      const model = declaration && lowerFunction(declaration, unit);
      models.set(id, model);
      return model;
    },
    withHelpers(id) {
      if (withHelpers.has(id)) return withHelpers.get(id);
      const declaration = declarationOf(id);
      const model = declaration && lowerFunction(declaration, unit, new PlacedHelpers());
      withHelpers.set(id, model);
      return model;
    },
    header: (id) => declarationOf(id)?.header(),
    *lowered() {
      for (const model of models.values()) if (model) yield model;
    },
    isJudged: (file) => judged.has(file),
  };
}

function declarationsOf(module: TypeScriptModule, unit: UnitContext): FunctionDeclaration[] {
  return functionNodesOf(module.tree).map((node) => new FunctionDeclaration(module, node, unit));
}
