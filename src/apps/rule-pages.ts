/** What the variable `RULE_PAGES` says: where `docs/rules` is published, without a slash at the end, or what is wrong with it. */
export type RulePages = { readonly pages: string | undefined } | { readonly problem: string };

/** Reads `RULE_PAGES`; it may be missing. */
export function readRulePages(text: string | undefined): RulePages {
  if (!text) return { pages: undefined };
  const isAddress = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  if (isAddress) return { pages: text.replace(/\/+$/, "") };
  return {
    problem:
      "RULE_PAGES is no address: give the one where docs/rules is published, https://…/docs/rules",
  };
}

/** The page of a rule there: `https://…/docs/rules/go/missing-unlock.md`. */
export function rulePage(pages: string | undefined, rule: string): string | undefined {
  return pages && `${pages}/${rule}.md`;
}
