import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { temporaryTree } from "../../adapters/temporary-tree.ts";
import { chokepoint } from "./in-process.ts";

const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);

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

  it.skipIf(!chromium)(
    "as a page that a browser shows, and lights up (needs chromium)",
    async () => {
      const root = temporaryTree(files);
      const { out } = await chokepoint(root, ["interfaces", "--format", "html"]);
      // What the pointer does, and then what there is to see: every name inside of the picture, none on another one.
      const looked = `<script>
      const named = (label) => [...document.querySelectorAll("svg text")].find((each) => each.firstChild.data === label);
      named("store").dispatchEvent(new MouseEvent("mouseenter"));
      const lit = [...document.querySelectorAll("svg path.lit")].map((each) => each.classList[0]).sort();
      const boxes = [...document.querySelectorAll("svg text")].map((each) => each.getBoundingClientRect());
      const picture = document.querySelector("svg").getBoundingClientRect();
      const isInside = boxes.every((box) => box.width > 0 && box.right <= picture.right && box.bottom <= picture.bottom);
      const overlap = boxes.some((one, index) => boxes.some((other, at) => at > index && one.left < other.right && other.left < one.right && one.top + 4 < other.bottom && other.top + 4 < one.bottom));
      document.title = JSON.stringify({ lit, isInside, overlap, rows: document.querySelectorAll("tbody tr").length });
    </script>`;
      const page = join(root, "page.html");
      writeFileSync(page, out.replace("</html>", `${looked}</html>`));
      const words = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--window-size=1400,900",
        "--dump-dom",
      ];
      const { stdout } = await promisify(execFile)(chromium ?? "", [...words, `file://${page}`]);
      const title = /<title>(\{.*?\})<\/title>/.exec(stdout)?.[1] ?? "{}";
      expect(JSON.parse(title.replaceAll("&quot;", '"'))).toEqual({
        lit: ["doubles", "implements", "uses"],
        isInside: true,
        overlap: false,
        rows: 3,
      });
    },
  );
});
