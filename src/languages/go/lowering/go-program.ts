import type { FunctionHeader, FunctionModel } from "../../../model/function.ts";
import type { FunctionId } from "../../../model/path.ts";
import type { Program } from "../../../model/program.ts";
import type { GoFile } from "../go-file.ts";
import type { GoPackage } from "../package.ts";
import type { GoResolver } from "../type.ts";
import { type FunctionEntry, functionsOf } from "./function-table.ts";
import { lowerFunction } from "./lower-function.ts";
import { UnitContext } from "./unit-context.ts";

/** The functions of a Go package as a program of the model. A file is parsed and a body lowered when somebody asks. */
export function goProgram(pkg: GoPackage, resolver: GoResolver): Program {
  return new GoProgram(pkg, resolver);
}

class GoProgram implements Program {
  readonly language = "go" as const;
  readonly #pkg: GoPackage;
  readonly #unit: UnitContext;
  readonly #tables = new Map<string, ReadonlyMap<FunctionId, FunctionEntry>>();
  readonly #models = new Map<FunctionId, FunctionModel>();
  readonly #accesses = new Map<FunctionId, FunctionModel>();
  readonly #interests = new Map<string, readonly FunctionHeader[]>();

  constructor(pkg: GoPackage, resolver: GoResolver) {
    this.#pkg = pkg;
    this.#unit = new UnitContext(pkg, resolver);
  }

  get isTestsAlone(): boolean {
    return this.#unit.isTestsAlone;
  }

  get functions(): readonly FunctionHeader[] {
    return this.functionsWith(/(?:)/);
  }

  functionsWith(interest: RegExp): readonly FunctionHeader[] {
    const key = String(interest);
    let found = this.#interests.get(key);
    if (!found) {
      found = this.#judged().flatMap((file) => this.#matching(file, interest));
      this.#interests.set(key, found);
    }
    return found;
  }

  model(id: FunctionId): FunctionModel | undefined {
    const known = this.#models.get(id);
    if (known) return known;
    const entry = this.#entry(id);
    if (!entry) return undefined;
    const model = lowerFunction(this.#unit, entry.header, entry.tree, entry.node);
    this.#models.set(id, model);
    return model;
  }

  accesses(id: FunctionId): FunctionModel | undefined {
    const known = this.#accesses.get(id);
    if (known) return known;
    const entry = this.#entry(id);
    if (!entry) return undefined;
    const model = lowerFunction(this.#unit, entry.header, entry.tree, entry.node, true);
    this.#accesses.set(id, model);
    return model;
  }

  header(id: FunctionId): FunctionHeader | undefined {
    return this.#entry(id)?.header;
  }

  lowered(): Iterable<FunctionModel> {
    return this.#models.values();
  }

  isJudged(file: string): boolean {
    return this.#pkg.file(file)?.isJudged ?? false;
  }

  #judged(): readonly GoFile[] {
    return this.#pkg.files.filter(({ isJudged }) => isJudged);
  }

  #entry(id: FunctionId): FunctionEntry | undefined {
    const file = this.#pkg.file(id.slice(0, id.lastIndexOf(":")));
    return file && this.#table(file).get(id);
  }

  #table(file: GoFile): ReadonlyMap<FunctionId, FunctionEntry> {
    let table = this.#tables.get(file.path);
    if (!table) {
      table = new Map(functionsOf(this.#unit, file).map((entry) => [entry.header.id, entry]));
      this.#tables.set(file.path, table);
    }
    return table;
  }

  /** `search` ignores where a global expression stopped last. A closure is looked at only where what is around it matches. */
  #matching(file: GoFile, interest: RegExp): FunctionHeader[] {
    if (file.text.search(interest) === -1) return [];
    const found: FunctionHeader[] = [];
    let missedUpTo = -1;
    for (const { header } of this.#table(file).values()) {
      const { start, end } = header.at;
      if (end <= missedUpTo) continue;
      if (file.text.slice(start, end).search(interest) !== -1) found.push(header);
      else missedUpTo = end;
    }
    return found;
  }
}
