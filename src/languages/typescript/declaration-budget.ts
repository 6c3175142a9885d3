import type { Workspace } from "../language.ts";

/** What a run may still read of declaration files in node_modules: enough for what a project uses, not for all that it installs. */
interface Budget {
  /** Granted before. */
  readonly granted: Set<string>;
  characters: number;
}

const MOST_DECLARATION_FILES = 1_500;
const MOST_CHARACTERS = 24_000_000;
const LARGEST_DECLARATION_FILE = 1_500_000;

const budgets = new WeakMap<Workspace, Budget>();

/** That of a run. */
export function budgetOf(workspace: Workspace): Budget {
  let budget = budgets.get(workspace);
  if (!budget) {
    budget = { granted: new Set(), characters: MOST_CHARACTERS };
    budgets.set(workspace, budget);
  }
  return budget;
}

export type MayRead = "yes" | "too large" | "too much";

/** Whether a file may be read: in node_modules only up to a size, and while something is left of what may be read there. */
export function mayRead(path: string, { snapshot }: Workspace, budget: Budget): MayRead {
  if (!path.includes("node_modules/") || budget.granted.has(path)) return "yes";
  const size = snapshot.read(path)?.length ?? 0;
  if (size > LARGEST_DECLARATION_FILE) return "too large";
  if (budget.granted.size === MOST_DECLARATION_FILES || size > budget.characters) return "too much";
  budget.granted.add(path);
  budget.characters -= size;
  return "yes";
}
