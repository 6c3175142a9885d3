import { defineAnalysis } from "../../../core/analysis.ts";
import type { FunctionHeader } from "../../../model/function.ts";
import { program } from "../../../model/program.ts";
import { goPackage } from "../go-analyses.ts";

/** What is given one of these is called for each request, message or connection. */
const HANDLER =
  /^func\s*\([^{}]*\b(?:context\.Context|http\.(?:ResponseWriter|Request)|net\.(?:Conn|Listener)|echo\.Context|gin\.Context|fiber\.Ctx)\b/;
/** As much of a literal as its parameters take. */
const SIGNATURE = 400;

/** Function literals outside of tests that handle something, by their parameters: `func(w http.ResponseWriter, r *http.Request)`. */
export const handlerLiterals = defineAnalysis("handler literals", (use): FunctionHeader[] => {
  const functions = use(program);
  const texts = new Map(use(goPackage).files.map(({ path, text }) => [path, text]));
  return functions.functions.filter(({ role, isTest, file, at }) => {
    if (role !== "closure" || isTest || !functions.isJudged(file)) return false;
    const text = texts.get(file)?.slice(at.start, at.start + SIGNATURE) ?? "";
    return HANDLER.test(text.split("{", 1)[0] ?? "");
  });
});
