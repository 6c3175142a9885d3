import { execFileSync } from "node:child_process";
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

const tree = goTree();

interface Truth {
  readonly interfaces: ReadonlySet<string>;
  readonly types: ReadonlySet<string>;
  readonly pairs: ReadonlySet<string>;
}

function groundTruth(): Truth {
  const program = join(import.meta.dirname, "dump-implements.go");
  const output = execFileSync("go", ["run", program, ...PACKAGES], { encoding: "utf8" });
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
    const truth = groundTruth();
    const found = await ours(tree ?? "", truth);
    const missed = [...truth.pairs].filter((pair) => !found.has(pair));
    const invented = [...found].filter((pair) => !truth.pairs.has(pair));
    expect(truth.pairs.size).toBeGreaterThan(500);
    expect(1 - missed.length / truth.pairs.size, missed.slice(0, 20).join("\n")).toBeGreaterThan(
      0.99,
    );
    expect(1 - invented.length / found.size, invented.slice(0, 20).join("\n")).toBeGreaterThan(
      0.99,
    );
  });
});
