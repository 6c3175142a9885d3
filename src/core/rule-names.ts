import type { Rule } from "./rule.ts";

/** Finds the rules that a name means: an id of ours, or an alias from a peer. */
export interface RuleNames {
  /** Ids, none where nobody answers to the name. `no-await-in-loop` and `eslint/no-await-in-loop` are one name. */
  find(name: string): readonly string[];
  /** Ids whose names or aliases (in lower case, without a plugin) match. */
  findMatching(pattern: RegExp): readonly string[];
  readonly ids: readonly string[];
}

/** `ids` are all rules there are; aliases are known of those that are loaded. */
export function createRuleNames(
  ids: readonly string[],
  loaded: readonly Pick<Rule, "id" | "aliases">[],
): RuleNames {
  const byName = new Map<string, string[]>();
  const add = (name: string, id: string) => {
    const others = byName.get(name);
    if (!others) byName.set(name, [id]);
    else if (!others.includes(id)) others.push(id);
  };
  for (const id of ids) add(id, id);
  for (const { id, aliases = [] } of loaded) for (const alias of aliases) add(bare(alias), id);
  return {
    find: (name) => byName.get(name) ?? byName.get(bare(name)) ?? [],
    findMatching: (pattern) =>
      [...byName].filter(([name]) => pattern.test(name)).flatMap(([, found]) => found),
    ids,
  };
}

/** Without the plugin that a linter's configuration puts before a rule. */
function bare(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1).toLowerCase();
}
