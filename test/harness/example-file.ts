import type { LanguageName } from "../../src/core/rule.ts";

/** Packages whose import an example may leave out, by the name that they are used under. */
const IMPORTS: Readonly<Record<string, string>> = {
  atomic: "sync/atomic",
  context: "context",
  errgroup: "golang.org/x/sync/errgroup",
  errors: "errors",
  fmt: "fmt",
  http: "net/http",
  io: "io",
  log: "log",
  net: "net",
  os: "os",
  signal: "os/signal",
  sql: "database/sql",
  sync: "sync",
  syscall: "syscall",
  testing: "testing",
  time: "time",
};

/**
 * The files that an example of a rule's documentation stands for: a first line `// package.json: {…}` is a file of its own, and
 * a line `// file: PATH` begins one, all of one module.
 */
export function exampleFiles(language: LanguageName, code: string): Map<string, string> {
  const [, ...several] = code.split(/^\/\/ file: (\S+)\n/m);
  if (several.length > 0) {
    const files = new Map([["go.mod", "module example.com/shop\n\ngo 1.24\n"]]);
    for (let at = 0; at + 1 < several.length; at += 2)
      files.set(several[at] ?? "", several[at + 1] ?? "");
    return files;
  }
  const { name, text } = exampleFile(language, code);
  const manifest = /^\s*\/\/ package\.json: (.*)/.exec(code)?.[1];
  return new Map([[name, text], ...(manifest ? [["package.json", manifest] as const] : [])]);
}

/** Go gets its package clause and imports, and is a test where it says so. */
function exampleFile(
  language: LanguageName,
  code: string,
): { readonly name: string; readonly text: string } {
  if (language === "typescript") return { name: "example.ts", text: code };
  const name = /\btesting\.[TBF]\b/.test(code) ? "example_test.go" : "example.go";
  if (/^package /m.test(code)) return { name, text: code };
  const used = Object.entries(IMPORTS).filter(([name]) => new RegExp(`\\b${name}\\.`).test(code));
  const imports = used.map(([, path]) => `import "${path}"\n`).join("");
  return { name, text: `package example\n\n${imports}\n${code}` };
}
