/**
 * The import directions of ARCHITECTURE.md. Each rule has a planted violation in test/architecture/imports.test.ts:
 * a guard must have been seen to fail.
 */
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  to: { pathNot: allowed },
});

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "a cycle cannot be understood, tested or moved in parts",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    only(
      "core-imports-nothing",
      "core holds the words that everyone uses",
      "^src/core/",
      "^src/core/",
    ),
    only(
      "syntax-imports-core",
      "syntax turns text into flat trees and knows nothing of what they mean; it alone touches a parser",
      "^src/syntax/",
      "^src/(core|syntax)/|web-tree-sitter|tree-sitter|^(node:)?(fs|fs/promises|module|path|url|crypto)$",
    ),
    {
      name: "parser-stays-in-syntax",
      comment: "nothing above syntax/ touches a parser object",
      severity: "error",
      from: { path: "^(src|rules|test)/", pathNot: "^(src|test)/syntax/" },
      to: { path: "node_modules/(web-tree-sitter|tree-sitter)" },
    },
    only(
      "model-imports-core",
      "the model is one for all languages",
      "^src/model/",
      "^src/(core|model)/",
    ),
    only(
      "analysis-imports-model",
      "an analysis works on models of any language",
      "^src/analysis/",
      "^src/(core|model|analysis)/",
    ),
    only(
      "languages-stay-apart",
      "a language is a folder; it never imports another one, nor an analysis, nor a rule",
      "^src/languages/(go|typescript)/",
      "^src/(core|syntax|model)/|^src/languages/language\\.ts$|^src/languages/$1/",
    ),
    only(
      "interfaces-judge-facts",
      "what is wrong with an interface is said in one place for all languages, of facts that each of them gives",
      "^src/interfaces/",
      "^src/(core|interfaces)/",
    ),
    only(
      "rules-import-the-kit",
      "a rule is small because everything it needs comes through one door",
      "^rules/(go|typescript)/",
      "^src/kit\\.ts$",
    ),
    {
      name: "rules-import-no-rule",
      comment: "two rules that share something share an analysis",
      severity: "error",
      from: { path: "^rules/(go|typescript)/" },
      to: { path: "^rules/" },
    },
    only(
      "engine-is-pure",
      "engine and config work on snapshots: no file system, clock, network or environment",
      "^src/(engine|config)/",
      "^src/(core|syntax|model|languages|config|engine)/|^rules/manifest\\.ts$|node_modules/(ajv|yaml|picomatch|ignore)|^(ajv|yaml|picomatch|ignore)$|^(node:)?crypto$",
    ),
    only(
      "reporters-read-core",
      "a reporter turns a report into a string",
      "^src/reporters/",
      "^src/(core|reporters)/",
    ),
    only(
      "review-decides",
      "the review is computed as a plan; adapters carry it out through ports",
      "^src/review/",
      "^src/(core|engine|config|review)/|^(node:)?crypto$",
    ),
    only(
      "kit-opens-core-and-analyses",
      "the kit re-exports; it has no idea of its own",
      "^src/kit\\.ts$",
      "^src/(core|model|analysis|interfaces|languages)/",
    ),
    {
      name: "nobody-imports-apps",
      comment: "an app wires and starts",
      severity: "error",
      from: { path: "^(src|rules)/", pathNot: "^src/apps/" },
      to: { path: "^src/apps/" },
    },
    {
      name: "adapters-know-ports-only",
      comment: "an adapter brings the outside world to a port",
      severity: "error",
      from: { path: "^src/adapters/" },
      to: { path: "^(rules|src/(apps|reporters|analysis|model|kit))" },
    },
    {
      name: "world-stays-in-adapters",
      comment: "one place touches files, processes and sockets",
      severity: "error",
      from: { path: "^(src|rules)/", pathNot: "^src/(adapters|apps|syntax)/" },
      to: {
        path: "^(node:)?(fs|fs/promises|child_process|net|http|https|os|process|worker_threads)$",
      },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      conditionNames: ["source", "import", "node", "types", "default"],
      exportsFields: ["exports"],
    },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|test/fixtures|test/kernels|scratch)/" },
  },
};
