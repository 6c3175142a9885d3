import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { temporaryTree } from "../../adapters/temporary-tree.ts";
import { chokepoint, FLOATING } from "./in-process.ts";

let root: string;
let cache: string;
beforeEach(() => {
  root = temporaryTree({ "a.ts": FLOATING, "b.ts": "export const one = 1;\n" });
  cache = join(temporaryTree(), "results");
});

async function lint(...words: string[]): Promise<string> {
  const { out } = await chokepoint(root, [
    "lint",
    "-f",
    "concise",
    "--cache-location",
    cache,
    ...words,
  ]);
  return out;
}

function entries(): string[] {
  return existsSync(cache) ? readdirSync(cache).map((name) => join(cache, name)) : [];
}

/** What whole runs came to, or what single units did. */
function entriesOf(which: "runs" | "units"): string[] {
  return entries().filter(
    (file) => readFileSync(file, "utf8").startsWith('{"units"') === (which === "units"),
  );
}

/** Leaves one kind of what is kept, marked: a run that prints the mark has read it from the cache. */
function mark(which: "runs" | "units" = "runs"): void {
  for (const file of entriesOf(which === "runs" ? "units" : "runs")) rmSync(file);
  for (const file of entriesOf(which)) {
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replaceAll(/nobody waits|stays locked/g, "MARKED"));
  }
}

describe("the cache of results", () => {
  it("gives the second run what the first has found", async () => {
    const first = await lint();
    expect(await lint()).toBe(first);
    mark();
    expect(await lint()).toBe(first.replace("nobody waits", "MARKED"));
  });

  it.each([
    ["a file changes", () => writeFileSync(join(root, "a.ts"), `\n${FLOATING}`)],
    ["a file comes", () => writeFileSync(join(root, "c.ts"), FLOATING)],
    ["a file goes", () => rmSync(join(root, "b.ts"))],
    [
      "the configuration changes",
      () => writeFileSync(join(root, ".chokepoint.yml"), "min-confidence: low\n"),
    ],
    [
      "a package.json comes that nobody has asked for before",
      () => writeFileSync(join(root, "package.json"), "{}"),
    ],
  ])("does not count once %s", async (_, change) => {
    await lint();
    mark();
    change();
    const fresh = await lint();
    expect(fresh).toContain("nobody waits");
    expect(fresh).not.toContain("MARKED");
  });

  it("keeps the runs of different rules apart", async () => {
    await lint();
    mark();
    expect(await lint("--only", "ts/floating-promise")).not.toContain("MARKED");
    expect(entriesOf("runs")).toHaveLength(2);
  });

  it("counts for nothing with --no-cache, with --timing, and where it is broken", async () => {
    const first = await lint();
    mark();
    expect(await lint("--no-cache")).toBe(first);
    expect(await lint("--timing")).toBe(first);
    for (const file of entries()) writeFileSync(file, "{");
    expect(await lint()).toBe(first);
  });

  it("is not written where nobody said where", async () => {
    await chokepoint(root, ["lint"]);
    expect(readdirSync(root).sort()).toEqual(["a.ts", "b.ts"]);
  });

  it("that cannot be written stops nothing", async () => {
    writeFileSync(cache, "a file, not a directory");
    expect(await lint()).toContain("nobody waits");
  });
});

const WAITING = `package waits

import "example.com/m/names"

func Wait(of names.Group) {
	of.Mu.Lock()
	if of.Name == "" {
		return
	}
	of.Mu.Unlock()
}
`;
const GROUP =
  'package names\n\nimport "sync"\n\ntype Group struct {\n\tMu   *sync.Mutex\n\tName string\n}\n';

describe("what single Go packages came to", () => {
  beforeEach(() => {
    root = temporaryTree({
      "go.mod": "module example.com/m\n\ngo 1.25\n",
      "waits/waits.go": WAITING,
      "names/names.go": GROUP,
      "other/other.go": "package other\n\nvar One = 1\n",
    });
  });

  it("counts while they, and what they import, are as they were", async () => {
    const first = await lint();
    mark("units");
    writeFileSync(join(root, "other/other.go"), "package other\n\nvar Two = 2\n");
    const second = await lint();
    expect(first).not.toContain("MARKED");
    expect(second).toContain("MARKED");
    expect(second.replaceAll("MARKED", "stays locked")).toBe(first);
  });

  it("counts where only the body of a function that they import changes", async () => {
    const names = join(root, "names/names.go");
    writeFileSync(names, `${GROUP}\nfunc Size() int {\n\treturn 1\n}\n`);
    await lint();
    mark("units");
    writeFileSync(
      names,
      `${GROUP}\n// Size says it.\nfunc Size() int {\n\tn := 2\n\treturn n\n}\n`,
    );
    expect(await lint()).toContain("MARKED");
  });

  it("does not count once the body of a function changes that is called under a lock", async () => {
    const names = join(root, "names/names.go");
    const locking = (body: string) =>
      writeFileSync(
        names,
        `${GROUP}\nfunc (g Group) Size() int {\n${body}\treturn len(g.Name)\n}\n`,
      );
    locking("");
    writeFileSync(
      join(root, "waits/waits.go"),
      'package waits\n\nimport "example.com/m/names"\n\nfunc Size(of names.Group) int {\n\tof.Mu.Lock()\n\tdefer of.Mu.Unlock()\n\treturn of.Size()\n}\n',
    );
    expect(await lint()).not.toContain("go/double-lock");
    locking("\tg.Mu.Lock()\n\tdefer g.Mu.Unlock()\n");
    expect(await lint()).toContain("go/double-lock");
    locking("");
    expect(await lint()).not.toContain("go/double-lock");
  });

  it.each([
    ["a test of the package", "names/names_test.go"],
    ["another file than the one", "names/other.go"],
  ])("counts where %s changes whose function is called under a lock", async (_, file) => {
    const size = (body: string) =>
      writeFileSync(join(root, file), `package names\n\nfunc size() int {\n\treturn ${body}\n}\n`);
    size("1");
    writeFileSync(
      join(root, "names/names.go"),
      `${GROUP}\nfunc (g Group) IsEmpty() bool {\n\treturn g.Name == ""\n}\n`,
    );
    writeFileSync(join(root, "waits/waits.go"), WAITING.replace('of.Name == ""', "of.IsEmpty()"));
    expect(await lint()).toContain("go/missing-unlock");
    mark("units");
    size("2");
    expect(await lint()).toContain("MARKED");
  });

  it.each([
    [
      "what is returned there",
      "func (g Group) Clear() {\n\tg.lock().Lock()\n\tdefer g.lock().Unlock()\n}\n",
      "func (g Group) lock() *sync.Mutex {\n\treturn g.Mu\n}\n",
      "func (g Group) lock() *sync.Mutex {\n\treturn g.Own\n}\n",
    ],
    [
      "what is assigned there",
      "func (g Group) Clear() {\n\tempty(g)\n}\n\nvar empty = func(g Group) {\n\tg.Mu.Lock()\n\tdefer g.Mu.Unlock()\n}\n",
      "func Reset() {\n}\n",
      "func Reset() {\n\tempty = func(Group) {}\n}\n",
    ],
  ])("does not count once another file says otherwise to what is called under a lock: %s", async (_, called, locking, harmless) => {
    const other = join(root, "names/other.go");
    const says = (body: string) =>
      writeFileSync(other, `package names\n\nimport "sync"\n\nvar _ sync.Mutex\n\n${body}`);
    writeFileSync(
      join(root, "names/names.go"),
      `${GROUP.replace("Name string", "Own  *sync.Mutex\n\tName string")}\n${called}`,
    );
    writeFileSync(
      join(root, "waits/waits.go"),
      WAITING.replace(/\tif .*?\n\t}\n/s, "\tof.Clear()\n"),
    );
    says(locking);
    expect(await lint()).toContain("go/double-lock");
    says(harmless);
    expect(await lint()).not.toContain("go/double-lock");
    says(locking);
    expect(await lint()).toContain("go/double-lock");
  });

  it.each([
    ["the package", () => writeFileSync(join(root, "waits/waits.go"), `${WAITING}\n`)],
    [
      "what a package declares that it imports",
      () => writeFileSync(join(root, "names/names.go"), `${GROUP}\nvar First Group\n`),
    ],
    ["go.mod", () => writeFileSync(join(root, "go.mod"), "module example.com/m\n\ngo 1.21\n")],
    [
      "the configuration",
      () => writeFileSync(join(root, ".chokepoint.yml"), "rules:\n  go/missing-unlock: warning\n"),
    ],
  ])("does not count once it changes: %s", async (_, change) => {
    await lint();
    mark("units");
    change();
    const fresh = await lint();
    expect(fresh).toContain("go/missing-unlock");
    expect(fresh).not.toContain("MARKED");
  });
});

const STORE = `import { save } from "./save.js";

export function keep(): void {
  save("name");
}
`;

describe("what single TypeScript files came to", () => {
  beforeEach(() => {
    root = temporaryTree({
      "package.json": '{ "name": "store" }',
      "src/store.ts": STORE,
      "src/save.ts":
        "export async function save(name: string): Promise<void> {\n  await write(name);\n}\n",
      "src/other.ts": "export const one = 1;\n",
    });
  });

  it("counts while they, and what was read for them, are as they were", async () => {
    const first = await lint();
    mark("units");
    writeFileSync(join(root, "src/other.ts"), "export const two = 2;\n");
    writeFileSync(join(root, "src/new.ts"), "export const three = 3;\n");
    const second = await lint();
    expect(first).toContain("nobody waits");
    expect(second.replaceAll("MARKED", "nobody waits")).toBe(first);
    expect(second).toContain("MARKED");
  });

  it.each([
    ["the file", () => writeFileSync(join(root, "src/store.ts"), `${STORE}\n`)],
    [
      "a file that it imports",
      () =>
        writeFileSync(
          join(root, "src/save.ts"),
          "export async function save(name: string): Promise<void> {\n  await send(name);\n}\n",
        ),
    ],
    [
      "the file that an import leads to",
      () => {
        rmSync(join(root, "src/save.ts"));
        writeFileSync(join(root, "src/save.tsx"), "export async function save() {}\n");
      },
    ],
    [
      "the configuration",
      () =>
        writeFileSync(join(root, ".chokepoint.yml"), "rules:\n  ts/floating-promise: warning\n"),
    ],
    ["the package", () => writeFileSync(join(root, "src/package.json"), '{ "name": "inner" }')],
  ])("does not count once it changes: %s", async (_, change) => {
    await lint();
    mark("units");
    change();
    expect(await lint()).not.toContain("MARKED");
  });
});
