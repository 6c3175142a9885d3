import type { Notice } from "../../core/finding.ts";
import type { Snapshot } from "../../core/snapshot.ts";

/** A go.mod as far as it matters here. */
export interface GoModule {
  /** Directory of the go.mod, `""` for the root. */
  readonly directory: string;
  /** Module path; `""` where the go.mod does not say (it is broken). */
  readonly path: string;
  /** The `go` directive, such as `1.22` or `1.25.3`; undefined where there is none. */
  readonly goDirective: string | undefined;
  readonly toolchain: string | undefined;
  /** Local `replace` directives: module path to directory, relative to the snapshot's root. */
  readonly replacements: ReadonlyMap<string, string>;
  readonly notices: readonly Notice[];
}

/** The module that a directory belongs to: the nearest go.mod upwards. Undefined where there is none. */
export function findModule(directory: string, snapshot: Snapshot): GoModule | undefined {
  for (let at: string | undefined = directory; at !== undefined; at = parentOf(at)) {
    if (!snapshot.list(at).includes("go.mod")) continue;
    const text = snapshot.read(join(at, "go.mod"));
    if (text !== undefined) return moduleIn(at, text, snapshot);
  }
  return undefined;
}

/** Modules that were read, by directory: each package of a module asks. */
const known = new WeakMap<Snapshot, Map<string, { text: string; module: GoModule }>>();

function moduleIn(directory: string, text: string, snapshot: Snapshot): GoModule {
  const modules = known.get(snapshot) ?? new Map();
  known.set(snapshot, modules);
  const before = modules.get(directory);
  if (before?.text === text) return before.module;
  const module = readModule(directory, text);
  modules.set(directory, { text, module });
  return module;
}

/** Modules that the nearest go.work upwards joins: module path to directory. Empty without a go.work. */
export function workspaceModules(
  directory: string,
  snapshot: Snapshot,
): ReadonlyMap<string, string> {
  const modules = new Map<string, string>();
  for (let at: string | undefined = directory; at !== undefined; at = parentOf(at)) {
    if (!snapshot.list(at).includes("go.work")) continue;
    for (const { words } of directives(snapshot.read(join(at, "go.work")) ?? "")) {
      if (words[0] !== "use" || words[1] === undefined) continue;
      const used = resolvePath(at, words[1]);
      const text = used === undefined ? undefined : snapshot.read(join(used, "go.mod"));
      if (used !== undefined && text !== undefined)
        modules.set(moduleIn(used, text, snapshot).path, used);
    }
    break;
  }
  return modules;
}

/** Reads a go.mod; what is broken in it gives a notice, and the rest counts. */
export function readModule(directory: string, text: string): GoModule {
  const file = join(directory, "go.mod");
  const notices: Notice[] = [];
  const replacements = new Map<string, string>();
  let path = "";
  let goDirective: string | undefined;
  let toolchain: string | undefined;
  const complain = (line: number, message: string) =>
    notices.push({ file, kind: "config", message: `line ${line}: ${message}` });
  for (const { line, words, isOpen } of directives(text)) {
    const [verb = "", first, second] = words;
    if (isOpen) complain(line, `the block "${verb} (" is never closed: add a line ")"`);
    else if (!VERBS.has(verb)) complain(line, `unknown directive "${verb}": ${nearestVerb(verb)}`);
    else if (first === undefined)
      complain(line, `"${verb}" names nothing: write "${verb} ${EXAMPLES[verb] ?? "…"}"`);
    else if (verb === "module") path = first;
    else if (verb === "go" && !/^\d+\.\d+(\.\d+|(rc|beta)\d+)?$/.test(first))
      complain(line, `"go ${first}" is no version: write it like "go 1.25"`);
    else if (verb === "go") goDirective = first;
    else if (verb === "toolchain") toolchain = first;
    else if (verb === "replace") {
      const target = words[words.indexOf("=>") + 1];
      const isLocal = target !== undefined && /^\.{0,2}\//.test(target);
      if (!words.includes("=>") || target === undefined)
        complain(line, `a replacement reads "replace ${first} => ${second ?? "../directory"}"`);
      const local = isLocal ? resolvePath(directory, target) : undefined;
      if (local !== undefined) replacements.set(first, local);
    }
  }
  if (path === "") complain(1, `no module path: begin with "module example.com/name"`);
  return { directory, path, goDirective, toolchain, replacements, notices };
}

const EXAMPLES: Readonly<Record<string, string>> = { module: "example.com/name", go: "1.25" };

const VERBS: ReadonlySet<string> = new Set([
  "module",
  "go",
  "toolchain",
  "godebug",
  "require",
  "exclude",
  "replace",
  "retract",
  "tool",
  "ignore",
]);

interface Directive {
  readonly line: number;
  /** Verb and operands, without quotes. */
  readonly words: readonly string[];
  /** The block that begins here has no end. */
  readonly isOpen: boolean;
}

/** The directives of a go.mod or go.work, those in blocks with the block's verb in front. */
function directives(text: string): Directive[] {
  const found: Directive[] = [];
  let block: { readonly verb: string; readonly line: number } | undefined;
  for (const [index, raw] of text.split("\n").entries()) {
    const words = wordsOf(raw);
    const [first = ""] = words;
    if (first === "") continue;
    const line = index + 1;
    if (block === undefined && words.at(-1) === "(" && words.length === 2)
      block = { verb: first, line };
    else if (first === ")" && block) block = undefined;
    else found.push({ line, words: block ? [block.verb, ...words] : words, isOpen: false });
  }
  if (block) found.push({ line: block.line, words: [block.verb], isOpen: true });
  return found;
}

function wordsOf(line: string): string[] {
  const code = line.replace(/\/\/.*$/, "");
  const words = code.match(/"[^"]*"|`[^`]*`|[()]|[^\s()]+/g) ?? [];
  return words.map((word) => word.replace(/^["`]|["`]$/g, ""));
}

function nearestVerb(verb: string): string {
  const near = [...VERBS].find(
    (known) => known[0] === verb[0] && Math.abs(known.length - verb.length) <= 2,
  );
  return near ? `did you mean "${near}"?` : `remove the line`;
}

/** A path written relative to a directory; undefined when it leaves the root or is absolute. */
function resolvePath(directory: string, written: string): string | undefined {
  if (written.startsWith("/")) return undefined;
  const parts = directory === "" ? [] : directory.split("/");
  for (const part of written.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else parts.push(part);
  }
  return parts.join("/");
}

function parentOf(directory: string): string | undefined {
  if (directory === "") return undefined;
  return directory.slice(0, Math.max(0, directory.lastIndexOf("/")));
}

function join(directory: string, name: string): string {
  return directory === "" ? name : `${directory}/${name}`;
}
