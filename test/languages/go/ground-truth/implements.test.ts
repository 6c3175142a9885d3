import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createWorkspace } from "../../../../src/engine/workspace.ts";
import { goProjectFacts } from "../../../../src/languages/go/project/go-project-facts.ts";
import { languages } from "../../../../src/languages/registry.ts";
import { loadParser } from "../../../../src/syntax/parser.ts";
import { diskSnapshot, goTree } from "../go-tree.ts";

const PACKAGES =
  "bufio bytes compress/gzip context crypto crypto/tls database/sql database/sql/driver encoding encoding/gob encoding/json encoding/xml errors expvar flag fmt go/ast go/constant go/types hash hash/crc32 image image/color io io/fs log/slog math/big mime/multipart net net/http net/http/httputil net/netip net/rpc net/textproto net/url os reflect sort strings sync testing/fstest text/template/parse time".split(
    " ",
  );

/** Modules of others, with packages of theirs that declare interfaces; those of modules inside of them are left out. */
const MODULES: readonly (readonly [version: string, packages: string])[] = [
  [
    "golang.org/x/tools@v0.39.0",
    "go/ssa go/analysis go/callgraph go/types/objectpath go/cfg container/intsets internal/jsonrpc2 internal/event/export",
  ],
  ["go.uber.org/zap@v1.27.0", ". buffer zapcore zapgrpc zapio zaptest zaptest/observer"],
  ["golang.org/x/crypto@v0.45.0", "ssh ssh/agent acme acme/autocert cryptobyte blake2b ocsp"],
];

const tree = goTree();

/** Where the go command keeps a module, which it fetches if need be. */
function downloaded(version: string): string | undefined {
  const { stdout } = spawnSync("go", ["mod", "download", "-json", version], { encoding: "utf8" });
  return /"Dir": "([^"]+)"/.exec(stdout)?.[1];
}

function agree(found: ReadonlySet<string>, { pairs }: Truth): void {
  const missed = [...pairs].filter((pair) => !found.has(pair));
  const invented = [...found].filter((pair) => !pairs.has(pair));
  expect(1 - missed.length / pairs.size, missed.slice(0, 20).join("\n")).toBeGreaterThan(0.99);
  expect(1 - invented.length / found.size, invented.slice(0, 20).join("\n")).toBeGreaterThan(0.99);
}

interface Truth {
  readonly interfaces: ReadonlySet<string>;
  readonly types: ReadonlySet<string>;
  readonly pairs: ReadonlySet<string>;
}

function groundTruth(packages: readonly string[], directory?: string): Truth {
  const program = join(import.meta.dirname, "dump-implements.go");
  const where = directory === undefined ? [] : ["-dir", directory];
  const output = execFileSync("go", ["run", program, ...where, ...packages], {
    encoding: "utf8",
    env: { ...process.env, GOFLAGS: "-mod=mod" },
  });
  const of = (word: string) =>
    output
      .split("\n")
      .flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []));
  return {
    interfaces: new Set(of("interface")),
    types: new Set(of("type")),
    pairs: new Set(of("implements")),
  };
}

/** Our relations among the types that the checker knows: other systems' variants and tests are left out. */
async function ours(root: string, { interfaces, types }: Truth): Promise<Set<string>> {
  const workspace = createWorkspace(diskSnapshot(root), await loadParser(["go"]), languages);
  const facts = goProjectFacts({ language: "go", directory: "", files: [] }, workspace);
  const pairs = new Set<string>();
  for (const each of facts.interfaces) {
    const asked = `${each.home}.${each.name}`;
    if (!interfaces.has(asked)) continue;
    for (const { home, name } of facts.implementationsOf(each))
      if (types.has(`${home}.${name}`)) pairs.add(`${asked} ${home}.${name}`);
  }
  return pairs;
}

describe.skipIf(tree === undefined)("who implements what agrees with go/types (needs Go)", () => {
  it("in parts of the Go tree", { timeout: 300_000 }, async () => {
    const truth = groundTruth(PACKAGES);
    expect(truth.pairs.size).toBeGreaterThan(500);
    agree(await ours(tree ?? "", truth), truth);
  });

  it.for(MODULES)("in %s", { timeout: 300_000 }, async ([version, packages], { skip }) => {
    const directory = downloaded(version);
    if (directory === undefined) return skip("the module cannot be had without a network");
    const [path] = version.split("@");
    const truth = groundTruth(
      packages.split(" ").map((each) => (each === "." ? (path ?? "") : `${path}/${each}`)),
      directory,
    );
    expect(truth.pairs.size).toBeGreaterThan(50);
    agree(await ours(directory, truth), truth);
  });
});
