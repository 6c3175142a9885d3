import { describe, expect, it } from "vitest";
import { generatedFiles } from "../../scripts/generated-files.ts";
import { loadAllRules, ROOT } from "../harness/load-rules.ts";

describe("the generated files", () => {
  it("are a manifest, a schema, a page for each rule, and the list of them", async () => {
    const rules = await loadAllRules();
    const files = generatedFiles(ROOT, rules);
    for (const { id, docs } of rules) {
      expect(files.get("rules/manifest.ts")).toContain(`"${id}"`);
      expect(files.get("docs/chokepoint.schema.json")).toContain(`"${id}"`);
      expect(files.get("docs/rules/README.md")).toContain(`| [\`${id}\`](${id}.md) |`);
      const page = files.get(`docs/rules/${id}.md`);
      expect(page).toContain(docs.why);
      expect(page).not.toContain("// want");
    }
  });
});
