import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generatedFiles } from "../../scripts/generated-files.ts";
import { loadAllRules, ROOT } from "../harness/load-rules.ts";

describe("the generated files", () => {
  it("are a manifest, a schema, a page for each rule, and the README's table", async () => {
    const rules = await loadAllRules();
    const files = generatedFiles(ROOT, rules);
    for (const { id, docs } of rules) {
      expect(files.get("rules/manifest.ts")).toContain(`"${id}"`);
      expect(files.get("docs/chokepoint.schema.json")).toContain(`"${id}"`);
      expect(files.get("README.md")).toContain(`| [\`${id}\`](docs/rules/${id}.md) |`);
      const page = files.get(`docs/rules/${id}.md`);
      expect(page).toContain(docs.why);
      expect(page).not.toContain("// want");
    }
  });

  it("leave the rest of the README as it is", async () => {
    const readme = readFileSync(join(ROOT, "README.md"), "utf8");
    const made = generatedFiles(ROOT, await loadAllRules()).get("README.md") ?? "";
    const [before] = readme.split("<!-- rules:begin -->");
    const [, after] = readme.split("<!-- rules:end -->");
    expect(made.startsWith(before ?? "?")).toBe(true);
    expect(made.endsWith(after ?? "?")).toBe(true);
  });
});
