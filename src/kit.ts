/** The one door for rule authors: everything a file in `rules/` may import. */
export { type Analysis, defineAnalysis, type Use } from "./core/analysis.ts";
export type { Confidence, Fix, Problem, Related, Trace, TraceStep } from "./core/finding.ts";
export type { Place, Span } from "./core/position.ts";
export { defineRule, type Rule } from "./core/rule.ts";
export { source } from "./core/source.ts";
