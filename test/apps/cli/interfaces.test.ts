import { describe, expect, it } from "vitest";
import { temporaryTree } from "../../adapters/temporary-tree.ts";
import { chokepoint } from "./in-process.ts";

const STORE = `package main

type store interface {
	Get(key string) string
	Put(key, value string)
}

type unused interface {
	Run(now bool)
}

type memory map[string]string

func (m memory) Get(key string) string { return m[key] }
func (m memory) Put(key, value string) { m[key] = value }

type mockStore struct{}

func (mockStore) Get(string) string { return "" }
func (mockStore) Put(string, string) {}

func read(from store) string { return from.Get("<key>") }

func main() { read(memory{}) }
`;

const files = {
  "go.mod": "module example.com/m\n\ngo 1.25\n",
  "main.go": STORE,
  "web/package.json": '{ "name": "web", "private": true }',
  "web/page.ts": `interface Page {
  title(): string;
  close(): void;
}

class HtmlPage implements Page {
  title(): string {
    return "";
  }
  close(): void {}
}

export const show = (page: Page): string => page.title();
show(new HtmlPage());
`,
};

describe("interfaces", () => {
  it("are listed with members, implementations, doubles, uses and smells", async () => {
    const { out, code } = await chokepoint(temporaryTree(files), ["interfaces"]);
    expect(code).toBe(0);
    const lines = out.split("\n").map((line) => line.split(/ {2,}/));
    expect(lines[0]).toEqual([
      "interface",
      "members",
      "implementations",
      "doubles",
      "uses",
      "place",
      "smells",
    ]);
    expect(lines).toContainEqual([
      "store",
      "2",
      "1",
      "1",
      "1",
      "main.go:3",
      "go/mock-only-interface",
    ]);
    expect(lines).toContainEqual([
      "unused",
      "1",
      "0",
      "0",
      "0",
      "main.go:8",
      "go/unused-interface",
    ]);
    expect(lines).toContainEqual([
      "Page",
      "2",
      "1",
      "0",
      "1",
      "web/page.ts:1",
      "ts/single-implementation-interface",
    ]);
  });

  it("as JSON", async () => {
    const root = temporaryTree(files);
    const { out } = await chokepoint(root, ["interfaces", "--format", "json"]);
    const { interfaces } = JSON.parse(out) as { interfaces: { name: string }[] };
    expect(interfaces.find(({ name }) => name === "store")).toMatchObject({
      language: "go",
      package: "example.com/m",
      isPublic: false,
      implementations: [{ name: "memory", at: "main.go:12" }],
      testDoubles: [{ name: "mockStore", at: "main.go:17" }],
      users: [{ package: "example.com/m", uses: 1 }],
    });
  });

  it("as a page that needs nothing else", async () => {
    const root = temporaryTree(files);
    const { out } = await chokepoint(root, ["interfaces", "--format", "html"]);
    expect(out).toMatch(/^<!doctype html>/);
    expect(out).not.toMatch(/\b(?:src|href)=|https?:/);
    expect(out.match(/<text /g)?.length).toBeGreaterThan(5);
    expect(out.match(/<path class="(?:uses|implements|doubles)"/g)?.length).toBe(5);
  });
});
