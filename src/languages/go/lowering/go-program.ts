import type { FunctionHeader, FunctionModel } from "../../../model/function.ts";
import type { FunctionId } from "../../../model/path.ts";
import type { FunctionsElsewhere, Program } from "../../../model/program.ts";
import type { GoFile } from "../go-file.ts";
import { createPackage, type GoPackage } from "../package.ts";
import type { GoPackages } from "../packages.ts";
import type { GoResolver } from "../type.ts";
import { type FunctionEntry, functionsOf } from "./function-table.ts";
import { lowerFunction } from "./lower-function.ts";
import { UnitContext } from "./unit-context.ts";

/** A program that remembers what it was asked about other packages. */
export interface GoProgramOfUnit extends Program {
  /** Files of other packages whose functions were looked into. */
  readonly lookedInto: readonly string[];
  /** What else was asked about bodies of other packages: `bodyQuestion`s. */
  readonly questions: readonly string[];
}

/** The functions of a Go package as a program of the model. A file is parsed and a body lowered when somebody asks. */
export function goProgram(
  pkg: GoPackage,
  resolver: GoResolver,
  packages: GoPackages,
): GoProgramOfUnit {
  const others = new Map<GoPackage, GoProgram>();
  const elsewhere = (id: FunctionId): FunctionsElsewhere | undefined => {
    const file = packages.file(fileOf(id));
    const of = file && packages.packageOf(file);
    if (!of || of === pkg) return undefined;
    let found = others.get(of);
    if (!found) {
      found = new GoProgram(withoutTests(of), resolver, elsewhere);
      others.set(of, found);
    }
    return found;
  };
  return new GoProgram(pkg, resolver, elsewhere, others);
}

/** What others import: the tests of a package concern nobody else, and nobody is judged again for a change in them. */
function withoutTests({ directory, importPath, module, files }: GoPackage): GoPackage {
  const imported = files.filter(({ isTest }) => !isTest);
  return createPackage(directory, importPath, module, imported);
}

class GoProgram implements GoProgramOfUnit, FunctionsElsewhere {
  readonly language = "go" as const;
  readonly elsewhere: (id: FunctionId) => FunctionsElsewhere | undefined;
  readonly #others: ReadonlyMap<GoPackage, GoProgram>;
  readonly #pkg: GoPackage;
  readonly #unit: UnitContext;
  readonly #tables = new Map<string, ReadonlyMap<FunctionId, FunctionEntry>>();
  readonly #models = new Map<FunctionId, FunctionModel>();
  readonly #accesses = new Map<FunctionId, FunctionModel>();
  readonly #interests = new Map<string, readonly FunctionHeader[]>();

  constructor(
    pkg: GoPackage,
    resolver: GoResolver,
    elsewhere: (id: FunctionId) => FunctionsElsewhere | undefined,
    others: ReadonlyMap<GoPackage, GoProgram> = new Map(),
  ) {
    this.elsewhere = elsewhere;
    this.#others = others;
    this.#pkg = pkg;
    this.#unit = new UnitContext(pkg, resolver);
  }

  get isTestsAlone(): boolean {
    return this.#unit.isTestsAlone;
  }

  get lookedInto(): readonly string[] {
    const others = [...this.#others.values()];
    return others.flatMap((other) => [...other.#tables.keys(), ...other.#unit.bodies]);
  }

  get questions(): readonly string[] {
    return [...this.#others.values()].flatMap((other) => [...other.#unit.questions]);
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

  mentions(id: FunctionId, interest: RegExp): boolean {
    const header = this.header(id);
    const text = header && this.#pkg.file(header.file)?.text.slice(header.at.start, header.at.end);
    return text !== undefined && text.search(interest) !== -1;
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
    const file = this.#pkg.file(fileOf(id));
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

function fileOf(id: FunctionId): string {
  return id.slice(0, id.lastIndexOf(":"));
}
