import { describe, expect, it } from "vitest";
import { git, temporaryRepository, temporaryTree, write } from "../../adapters/temporary-tree.ts";
import { chokepoint, FLOATING, type JsonReport } from "./in-process.ts";

/** Places of the findings, as `file:line`. */
async function places(root: string, ...words: string[]): Promise<string[]> {
  const { out } = await chokepoint(root, [...words, "--format", "json"]);
  const { findings } = JSON.parse(out) as JsonReport;
  return findings.map(({ file, line }) => `${file}:${line}`);
}

const QUIET = FLOATING.replace("  save();", "  void save();");
const HUB = `package hub

import "sync"

type Hub struct {
	mu     sync.Mutex
	events chan int
	seen   int
}

func (h *Hub) Publish(e int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.events <- e
}
`;
const RUN = (lock: string, unlock: string) => `package hub

func NewHub() *Hub {
	h := &Hub{events: make(chan int)}
	go h.run()
	return h
}

func (h *Hub) run() {
	for {
		${lock}
		${unlock}
		<-h.events
	}
}
`;

describe("review", () => {
  it("reports what a range wrote, and nothing that was there before", async () => {
    const root = temporaryRepository(
      { "old.ts": FLOATING, "same.ts": FLOATING },
      { "new.ts": FLOATING, "old.ts": `${FLOATING}export const x = 1;\n` },
    );
    expect(await places(root, "review", "HEAD~1..HEAD")).toEqual(["new.ts:5"]);
  });

  it("sees a fault that the change brought to an unchanged file of the package", async () => {
    const root = temporaryRepository(
      { "hub.go": HUB, "run.go": RUN("", ""), "go.mod": "module hub\n\ngo 1.22\n" },
      { "run.go": RUN("h.mu.Lock()\n\t\th.seen++", "h.mu.Unlock()") },
    );
    const { out } = await chokepoint(root, ["review", "HEAD~1..HEAD", "--format", "json"]);
    const { comments, findings } = JSON.parse(out) as {
      findings: { file: string; line: number; rule: string }[];
      comments: { file: string; line: number; body: string }[];
    };
    expect(findings).toMatchObject([{ file: "hub.go", line: 14 }]);
    expect(comments).toMatchObject([{ file: "run.go", line: 11 }]);
    expect(comments[0]?.body).toContain("`hub.go:14`");
  });

  it("reviews the first commit of a repository against nothing", async () => {
    const root = temporaryRepository({ "new.ts": FLOATING });
    expect(await places(root, "review")).toEqual(["new.ts:5"]);
  });

  it("says which changed files it did not judge", async () => {
    const root = temporaryRepository(
      { "a.txt": "" },
      {
        "new.ts": FLOATING,
        "client.gen.ts": FLOATING,
        "vendor/x/x.go": "package x\n",
        ".gitattributes": "*.gen.ts linguist-generated\n",
      },
    );
    const { out } = await chokepoint(root, ["review", "HEAD~1..HEAD", "--format", "json"]);
    const { unseen, findings } = JSON.parse(out) as {
      unseen: { file: string }[];
      findings: { file: string }[];
    };
    expect(findings.map(({ file }) => file)).toEqual(["new.ts"]);
    expect(unseen.map(({ file }) => file).sort()).toEqual(["client.gen.ts", "vendor/x/x.go"]);
  });

  it("is loud where the range cannot be had", async () => {
    const root = temporaryRepository({ "a.ts": "" }, { "a.ts": "1;\n" }, { "a.ts": "2;\n" });
    const shallow = temporaryTree();
    git(shallow, "clone", "-q", "--depth", "1", `file://${root}`, "clone");
    const missing = await chokepoint(`${shallow}/clone`, ["review", "HEAD~2..HEAD"]);
    expect(missing).toMatchObject({ code: 2, out: "" });
    expect(missing.said).toContain("git fetch --unshallow");
    const unknown = await chokepoint(root, ["review", "nowhere...HEAD"]);
    expect(unknown).toMatchObject({
      code: 2,
      said: expect.stringContaining("nowhere is no commit"),
    });
  });
});

describe("lint --staged", () => {
  it("judges the index, not the disk, and reports what the staged lines bring", async () => {
    const root = temporaryRepository({ "old.ts": FLOATING, "part.ts": QUIET });
    write(root, { "old.ts": `${FLOATING}export const x = 1;\n`, "part.ts": FLOATING });
    git(root, "add", "-A");
    // What is on disk by now is neither judged nor missed.
    write(root, { "part.ts": QUIET, "unstaged.ts": FLOATING });
    expect(await places(root, "lint", "--staged")).toEqual(["part.ts:5"]);
    expect(await places(root, "lint", "--staged", "--whole-files")).toEqual([
      "old.ts:5",
      "part.ts:5",
    ]);
  });

  it("of a partly staged file sees the staged part alone", async () => {
    const root = temporaryRepository({ "a.ts": QUIET });
    write(root, { "a.ts": `// staged\n${QUIET}` });
    git(root, "add", "-A");
    write(root, { "a.ts": `// staged\n${FLOATING}` });
    expect(await places(root, "lint", "--staged")).toEqual([]);
    git(root, "add", "-A");
    expect(await places(root, "lint", "--staged")).toEqual(["a.ts:6"]);
  });

  it("works before the first commit, with nothing staged, and for the paths named alone", async () => {
    const root = temporaryTree({ "a.ts": FLOATING, "b/b.ts": FLOATING });
    git(root, "init", "-q");
    expect(await chokepoint(root, ["lint", "--staged"])).toMatchObject({ code: 0, out: "" });
    git(root, "add", "-A");
    expect(await places(root, "lint", "--staged")).toEqual(["a.ts:5", "b/b.ts:5"]);
    expect(await places(root, "lint", "--staged", "b")).toEqual(["b/b.ts:5"]);
  });

  it("needs a repository, and stands alone", async () => {
    const root = temporaryTree({ "a.ts": FLOATING });
    expect(await chokepoint(root, ["lint", "--staged"])).toMatchObject({
      code: 2,
      said: expect.stringContaining("is in no git repository"),
    });
    const both = ["lint", "--staged", "--new-from-rev", "HEAD"];
    expect(await chokepoint(root, both)).toMatchObject({
      code: 2,
      said: "error: --staged and --new-from-rev exclude each other\n",
    });
  });
});

describe("lint --new-from-…", () => {
  it("reports what came after a commit, untracked files included", async () => {
    const root = temporaryRepository({ "old.ts": FLOATING, "quiet.ts": QUIET });
    write(root, { "quiet.ts": FLOATING, "new.ts": FLOATING });
    expect(await places(root, "lint", "--new-from-rev", "HEAD")).toEqual([
      "new.ts:5",
      "quiet.ts:5",
    ]);
  });

  it("reports what came after a branch was left", async () => {
    const root = temporaryRepository({ "a.ts": QUIET });
    git(root, "checkout", "-q", "-b", "topic");
    write(root, { "b.ts": FLOATING });
    git(root, "add", "-A");
    git(root, "commit", "-q", "-m", "b");
    git(root, "checkout", "-q", "main");
    write(root, { "c.ts": FLOATING });
    git(root, "add", "-A");
    git(root, "commit", "-q", "-m", "c");
    git(root, "checkout", "-q", "topic");
    expect(await places(root, "lint", "--new-from-merge-base", "main")).toEqual(["b.ts:5"]);
  });

  it("reports what stands on the lines of a patch", async () => {
    const root = temporaryRepository({ "a.ts": QUIET, "b.ts": FLOATING });
    write(root, { "a.ts": FLOATING });
    const patch = git(root, "diff");
    const { out } = await chokepoint(
      root,
      ["lint", "--new-from-patch", "-", "--format", "concise"],
      patch,
    );
    expect(out).toMatch(/^a\.ts:5:\d+: /);
    expect(out.trim().split("\n")).toHaveLength(1);
  });
});
