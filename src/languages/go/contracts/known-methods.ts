import { defineAnalysis } from "../../../core/analysis.ts";
import type { Problem } from "../../../core/finding.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { goPackage } from "../go-analyses.ts";
import type { GoFile } from "../go-file.ts";
import type { GoPackage } from "../package.ts";
import { parametersIn } from "./parameters.ts";

interface KnownMethod {
  readonly of: string;
  readonly takes: readonly string[];
  readonly gives: readonly string[];
  /** Without this parameter first a method of that name means something else. */
  readonly sign?: string;
}

/** Methods that the standard library asks for by assertions: with another signature nothing says that they are not called. */
const KNOWN: ReadonlyMap<string, KnownMethod> = new Map([
  ["As", { of: "errors.As", takes: ["any"], gives: ["bool"] }],
  ["Format", { of: "fmt.Formatter", takes: ["fmt.State", "rune"], gives: [], sign: "fmt.State" }],
  ["GobDecode", { of: "gob.GobDecoder", takes: ["[]byte"], gives: ["error"] }],
  ["GobEncode", { of: "gob.GobEncoder", takes: [], gives: ["[]byte", "error"] }],
  ["Is", { of: "errors.Is", takes: ["error"], gives: ["bool"] }],
  ["MarshalJSON", { of: "json.Marshaler", takes: [], gives: ["[]byte", "error"] }],
  [
    "MarshalXML",
    { of: "xml.Marshaler", takes: ["*xml.Encoder", "xml.StartElement"], gives: ["error"] },
  ],
  ["ReadByte", { of: "io.ByteReader", takes: [], gives: ["byte", "error"] }],
  [
    "ReadFrom",
    { of: "io.ReaderFrom", takes: ["io.Reader"], gives: ["int64", "error"], sign: "io.Reader" },
  ],
  ["ReadRune", { of: "io.RuneReader", takes: [], gives: ["rune", "int", "error"] }],
  [
    "Scan",
    {
      of: "fmt.Scanner",
      takes: ["fmt.ScanState", "rune"],
      gives: ["error"],
      sign: "fmt.ScanState",
    },
  ],
  ["Seek", { of: "io.Seeker", takes: ["int64", "int"], gives: ["int64", "error"], sign: "int64" }],
  ["UnmarshalJSON", { of: "json.Unmarshaler", takes: ["[]byte"], gives: ["error"] }],
  [
    "UnmarshalXML",
    { of: "xml.Unmarshaler", takes: ["*xml.Decoder", "xml.StartElement"], gives: ["error"] },
  ],
  ["UnreadByte", { of: "io.ByteScanner", takes: [], gives: ["error"] }],
  ["UnreadRune", { of: "io.RuneScanner", takes: [], gives: ["error"] }],
  ["WriteByte", { of: "io.ByteWriter", takes: ["byte"], gives: ["error"] }],
  [
    "WriteTo",
    { of: "io.WriterTo", takes: ["io.Writer"], gives: ["int64", "error"], sign: "io.Writer" },
  ],
]);
/** What package errors asks errors alone for. */
const OF_ERRORS: ReadonlySet<string> = new Set(["As", "Is"]);
const INTEREST = new RegExp(`\\b(?:${[...KNOWN.keys()].join("|")})\\(`);

/** Methods with a name that the standard library asks for, and another signature than it asks for. */
export const misshapenMethods = defineAnalysis("misshapen methods", (use): readonly Problem[] => {
  const of = use(goPackage);
  return of.files
    .filter((file) => file.isJudged && !file.isTest && INTEREST.test(file.text))
    .flatMap((file) => [
      ...file.declarations.methods.flatMap(({ tree, node, receiver }) =>
        problemWith(file, tree, node, namesOf(of, file, receiver)),
      ),
      ...askedFor(file),
    ]);
});

/** The methods that the interfaces of a file ask for. */
function askedFor(file: GoFile): Problem[] {
  const { tree } = file;
  if (!tree) return [];
  const method = tree.grammar.kind("method_elem");
  const found: Problem[] = [];
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind[node] !== method) continue;
    const beside = tree.namedChildren(tree.parent[node] ?? NONE).map((each) => nameIn(tree, each));
    // Whether an error has this method nobody knows.
    if (!OF_ERRORS.has(nameIn(tree, node)))
      found.push(...problemWith(file, tree, node, new Set(beside)));
  }
  return found;
}

/** The methods that a type has. */
function namesOf(of: GoPackage, file: GoFile, receiver: string | undefined): ReadonlySet<string> {
  if (receiver === undefined) return new Set();
  return new Set(of.methodsOf(receiver, file.packageName).map(({ name }) => name));
}

function nameIn(tree: Tree, node: NodeId): string {
  const name = tree.childIn(node, "name");
  return name === NONE ? "" : tree.textOf(name);
}

function problemWith(
  file: GoFile,
  tree: Tree,
  node: NodeId,
  beside: ReadonlySet<string>,
): Problem[] {
  const nameNode = tree.childIn(node, "name");
  const name = nameIn(tree, node);
  const known = KNOWN.get(name);
  if (!known || (OF_ERRORS.has(name) && !beside.has("Error"))) return [];
  // An iterator seeks among what it goes through, not among bytes.
  if (name === "Seek" && beside.has("Next")) return [];
  const takes = typesOf(tree, tree.childIn(node, "parameters"));
  const gives = typesOf(tree, tree.childIn(node, "result"));
  if (known.sign !== undefined && takes[0] !== known.sign) return [];
  // Several arguments are not even meant to be io.WriterTo's.
  if (name === "WriteTo" && takes.length > 1) return [];
  if (isSame(takes, known.takes) && isSame(gives, known.gives)) return [];
  const result = known.gives.length > 1 ? `(${known.gives.join(", ")})` : known.gives.join("");
  const wanted = `${name}(${known.takes.join(", ")}) ${result}`.trim();
  return [
    {
      at: { file: file.path, ...tree.spanOf(nameNode) },
      message: `${name} is not the method that ${known.of} asks for: that is ${wanted}`,
    },
  ];
}

/** The types as written, under one of their names each. */
function typesOf(tree: Tree, list: NodeId): string[] {
  return parametersIn(tree, list).map(({ type, isVariadic }) => {
    const text = tree
      .textOf(type)
      .replace(/\s+/g, "")
      .replace(/\buint8\b/g, "byte")
      .replace(/\bint32\b/g, "rune")
      .replace(/\binterface\{\}/g, "any");
    return isVariadic ? `...${text}` : text;
  });
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((type, index) => type === other[index]);
}
