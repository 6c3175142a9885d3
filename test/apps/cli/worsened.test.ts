import { describe, expect, it } from "vitest";
import { temporaryRepository } from "../../adapters/temporary-tree.ts";
import { chokepoint, lintJson } from "./in-process.ts";

interface Reviewed {
  readonly findings: readonly { rule: string; file: string; message: string }[];
  readonly comments: readonly { file: string; line: number; body: string }[];
}

type Files = Readonly<Record<string, string>>;

/** What a review says of the last commit, as `rule file`. */
async function said(...commits: Files[]): Promise<Reviewed & { root: string; rules: string[] }> {
  const root = temporaryRepository(...commits);
  const { out } = await chokepoint(root, ["review", "HEAD~1..HEAD", "--format", "json"]);
  const reviewed = JSON.parse(out) as Reviewed;
  return { ...reviewed, root, rules: reviewed.findings.map(({ rule, file }) => `${rule} ${file}`) };
}

const MODULE = { "go.mod": "module example.com/shop\n\ngo 1.24\n" };
const ASKED = { ".chokepoint.yml": "rules:\n  go/oversized-interface: warning\n" };
const methods = (count: number) =>
  Array.from({ length: count }, (_, index) => `\tStep${index}(int) error\n`).join("");
const wide = (count: number) => `package steps\n\ntype All interface {\n${methods(count)}}\n`;

/** Somebody who does not need all of it, without whom the rule is not sure. */
const DOUBLE = {
  "steps/all_test.go": `package steps

type fakeAll struct{ All }

func (fakeAll) Step0(int) error { return nil }
`,
};

const STORE = `package main

type store interface {
	Load(id string) string
	Save(id, text string)
}

func copyAll(from, to store, ids []string) {
	for _, id := range ids {
		to.Save(id, from.Load(id))
	}
}
`;
const implementation = (name: string) => `package main

type ${name} struct{ texts map[string]string }

func (s *${name}) Load(id string) string { return s.texts[id] }

func (s *${name}) Save(id, text string) { s.texts[id] = text }
`;
const main = (...names: string[]) => `package main

func main() {
${names.map((name) => `\tcopyAll(&${name}{}, &${name}{}, nil)\n`).join("")}}
`;

describe("a review of Go", () => {
  it("speaks of an interface that crosses the limit, and not of one that was beyond it", async () => {
    const crossed = await said(
      { ...MODULE, ...ASKED, ...DOUBLE, "steps/all.go": wide(10) },
      { "steps/all.go": wide(11) },
    );
    expect(crossed.rules).toEqual(["go/oversized-interface steps/all.go"]);
    const grown = await said(
      { ...MODULE, ...ASKED, ...DOUBLE, "steps/all.go": wide(11) },
      { "steps/all.go": wide(12) },
    );
    expect(grown.rules).toEqual([]);
    expect((await lintJson(grown.root)).findings.map(({ rule }) => rule)).toContain(
      "go/oversized-interface",
    );
  });

  it("speaks of a second interface with the same methods, also where its file comes first", async () => {
    const loader = (name: string, of: string) => `package ${of}

type ${name} interface {
	Load(id string) ([]byte, error)
	Save(id string, text []byte) error
	Drop(id string) error
}

func Use(l ${name}) error { return l.Drop("") }
`;
    const { findings, comments } = await said(
      { ...MODULE, "internal/store/store.go": loader("Loader", "store") },
      { "internal/cache/cache.go": loader("Fetcher", "cache") },
    );
    expect(findings).toMatchObject([
      { rule: "go/duplicate-interface", file: "internal/store/store.go" },
    ]);
    expect(comments).toMatchObject([{ file: "internal/cache/cache.go", line: 3 }]);
  });

  it("speaks of an interface whose second implementation it takes away", async () => {
    const before = {
      ...MODULE,
      "store.go": STORE,
      "disk.go": implementation("disk"),
      "memory.go": implementation("memory"),
      "main.go": main("disk", "memory"),
    };
    const { rules, root } = await said(before, {
      "memory.go": "package main\n",
      "main.go": main("disk"),
    });
    expect(rules).toEqual(["go/single-implementation-interface store.go"]);
    expect(
      (await lintJson(root, ["--only", "go/single-implementation-interface"])).findings,
    ).toHaveLength(1);
  });

  it("leaves an interface alone that had one implementation before", async () => {
    const before = {
      ...MODULE,
      "store.go": STORE,
      "disk.go": implementation("disk"),
      "main.go": main("disk"),
    };
    const { rules } = await said(before, { "main.go": `${main("disk")}\nvar version = 2\n` });
    expect(rules).toEqual([]);
  });

  it("asks once about interfaces that it introduces, and lint does not", async () => {
    const sender = (name: string, type: string) => `package main

type ${name} interface {
	send(to string)
}

type ${type} struct{ sent []string }

func (m *${type}) send(to string) { m.sent = append(m.sent, to) }

func use${type}(s ${name}) { s.send("everybody") }
`;
    const one = sender("sender", "mailer");
    const two = one.replaceAll("send", "post").replaceAll("mailer", "letter");
    const { rules, comments, root } = await said(
      { ...MODULE, "main.go": "package main\n\nfunc main() {}\n" },
      {
        "a.go": one,
        "b.go": two,
        "main.go":
          "package main\n\nfunc main() {\n\tusemailer(&mailer{})\n\tuseletter(&letter{})\n}\n",
      },
    );
    expect(rules).toEqual(["go/interface-introduced-in-diff a.go"]);
    expect(comments).toMatchObject([{ file: "a.go", line: 3 }]);
    const all = await lintJson(root, ["--only", "go/interface-introduced-in-diff"]);
    expect(all.findings).toEqual([]);
  });
});

const TYPES = `export interface Store {
  load(id: string): string | undefined;
  save(id: string, text: string): void;
}
`;
const copier = `import type { Store } from "./store.js";

export function copyAll(from: Store, to: Store, ids: readonly string[]): void {
  for (const id of ids) to.save(id, from.load(id) ?? "");
}
`;
const classOf = (name: string) => `import type { Store } from "./store.js";

export class ${name} implements Store {
  readonly #texts = new Map<string, string>();
  load(id: string): string | undefined {
    return this.#texts.get(id);
  }
  save(id: string, text: string): void {
    this.#texts.set(id, text);
  }
}
`;
const start = (...names: string[]) =>
  `import { copyAll } from "./copy.js";
${names.map((name) => `import { ${name} } from "./${name.toLowerCase()}.js";\n`).join("")}
${names.map((name) => `copyAll(new ${name}(), new ${name}(), []);\n`).join("")}`;
const PACKAGE = { "package.json": '{ "name": "shop", "private": true, "type": "module" }\n' };

describe("a review of TypeScript", () => {
  it("speaks of an interface whose second implementation it takes away", async () => {
    const { rules } = await said(
      {
        ...PACKAGE,
        "store.ts": TYPES,
        "copy.ts": copier,
        "disk.ts": classOf("Disk"),
        "memory.ts": classOf("Memory"),
        "start.ts": start("Disk", "Memory"),
      },
      { "memory.ts": "export {};\n", "start.ts": start("Disk") },
    );
    expect(rules).toEqual(["ts/single-implementation-interface store.ts"]);
  });

  it("speaks of a second interface with the same members, also where its file comes first", async () => {
    const address = (name: string) => `export interface ${name} {
  street: string;
  city: string;
  zip: string;
  country?: string;
}

export function show(a: ${name}): string {
  return a.street + a.city + a.zip + a.country;
}
`;
    const { rules, comments } = await said(
      { ...PACKAGE, "src/place.ts": address("Place") },
      { "src/address.ts": address("Address") },
    );
    expect(rules).toEqual(["ts/duplicate-interface src/place.ts"]);
    expect(comments).toMatchObject([{ file: "src/address.ts", line: 1 }]);
  });

  it("asks about an interface that it introduces", async () => {
    const { rules } = await said(
      { ...PACKAGE, "start.ts": "export {};\n" },
      {
        "clock.ts": `export interface Clock {
  now(): number;
}

export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }
}
`,
        "start.ts": `import { type Clock, SystemClock } from "./clock.js";

function show(clock: Clock): void {
  console.log(clock.now());
}

show(new SystemClock());
`,
      },
    );
    expect(rules).toEqual(["ts/interface-introduced-in-diff clock.ts"]);
  });
});
