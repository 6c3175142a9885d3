import fc from "fast-check";
import type { Edits } from "../../fake-github/git-repository.ts";

/** A type of its own, whose method forgets its mutex on one path, or does not. */
export interface Unit {
  /** Tells it from all others: the receiver is called so, and our message names it. */
  readonly id: number;
  readonly isFaulty: boolean;
}

/** A file by its path: lines of comment above, and what stands in it. */
export type Files = ReadonlyMap<string, { readonly lead: number; readonly units: readonly Unit[] }>;

/** What somebody does to a branch. Indices are taken modulo what there is, so that whatever is left out, the rest holds. */
export type Step =
  /** Writes another unit, into a file that is there or a new one. */
  | { readonly kind: "add"; readonly path: number; readonly isFaulty: boolean }
  | { readonly kind: "turn" | "remove"; readonly file: number; readonly unit: number }
  | { readonly kind: "lead"; readonly file: number; readonly lines: number }
  | { readonly kind: "rename"; readonly file: number; readonly path: number }
  | { readonly kind: "delete"; readonly file: number }
  /** Goes back to what one of the commits before had. */
  | { readonly kind: "revert"; readonly commit: number }
  /** The branch that it goes into goes on, elsewhere. */
  | { readonly kind: "base" };

export interface Push {
  readonly steps: readonly Step[];
  /** The branch is written anew, on top of the newest base. */
  readonly isForced: boolean;
  /** Somebody answers a comment of ours before. */
  readonly isAnswered: boolean;
  /** What goes wrong at the review. */
  readonly faults: readonly (
    | "lost-review"
    | "broken-review"
    | "lost-deletion"
    | "refused-listing"
  )[];
}

const PATHS = ["hub.go", "bus.go", "sub/net.go", "sub/deep/car.go"] as const;
const at = fc.nat(7);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("add"), path: at, isFaulty: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("turn"), file: at, unit: at }) },
  fc.record({ kind: fc.constant("remove"), file: at, unit: at }),
  fc.record({ kind: fc.constant("lead"), file: at, lines: fc.nat(12) }),
  fc.record({ kind: fc.constant("rename"), file: at, path: at }),
  fc.record({ kind: fc.constant("delete"), file: at }),
  fc.record({ kind: fc.constant("revert"), commit: at }),
  fc.record({ kind: fc.constant("base") }),
) as fc.Arbitrary<Step>;

/** A sequence of pushes to one pull request; the first opens it. */
export const pushes: fc.Arbitrary<readonly Push[]> = fc.array(
  fc.record({
    steps: fc.array(step, { minLength: 1, maxLength: 4 }),
    isForced: fc.boolean(),
    isAnswered: fc.boolean(),
    faults: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      fc.array(
        fc.constantFrom("lost-review", "broken-review", "lost-deletion", "refused-listing"),
        { minLength: 1, maxLength: 2 },
      ),
    ),
  }) as fc.Arbitrary<Push>,
  { minLength: 1, maxLength: 6 },
);

/** At the beginning: in the branch that it goes into there is a fault, which is nobody's to hear of, and what may become one. */
export const OLD: Files = new Map([
  [
    "old.go",
    {
      lead: 2,
      units: [
        { id: 1, isFaulty: true },
        { id: 2, isFaulty: false },
      ],
    },
  ],
]);
/** More would not all get a comment of their own. */
const MOST_UNITS = 8;

/** What a branch's files are after a step. `id` is for a unit that is new. */
export function after(files: Files, step: Step, history: readonly Files[], id: number): Files {
  const next = new Map(files);
  const path = [...files.keys()][("file" in step ? step.file : 0) % Math.max(1, files.size)];
  const file = path === undefined ? undefined : files.get(path);
  const units = file?.units ?? [];
  const unit = "unit" in step ? units[step.unit % Math.max(1, units.length)] : undefined;
  switch (step.kind) {
    case "add": {
      const target = PATHS[step.path % PATHS.length] ?? PATHS[0];
      const known = files.get(target) ?? { lead: 0, units: [] };
      const count = [...files.values()].reduce((sum, one) => sum + one.units.length, 0);
      if (count < MOST_UNITS)
        next.set(target, { ...known, units: [...known.units, { id, isFaulty: step.isFaulty }] });
      return next;
    }
    case "revert":
      return history[step.commit % history.length] ?? files;
    case "base":
      return files;
  }
  if (path === undefined || !file) return files;
  switch (step.kind) {
    case "turn":
      next.set(path, {
        ...file,
        units: units.map((one) => (one === unit ? { ...one, isFaulty: !one.isFaulty } : one)),
      });
      return next;
    case "remove":
      next.set(path, { ...file, units: units.filter((one) => one !== unit) });
      return next;
    case "lead":
      next.set(path, { ...file, lead: step.lines });
      return next;
    case "rename": {
      const target = PATHS[step.path % PATHS.length] ?? PATHS[0];
      if (files.has(target)) return files;
      next.delete(path);
      next.set(target, file);
      return next;
    }
    case "delete":
      next.delete(path);
      return next;
  }
}

/** Numbers of the units that are faulty. */
export function faultsOf(files: Files): Set<number> {
  const units = [...files.values()].flatMap((file) => file.units);
  return new Set(units.filter(({ isFaulty }) => isFaulty).map(({ id }) => id));
}

/** What makes one state of a branch into another. */
export function edits(from: Files, to: Files): Edits {
  const gone = [...from.keys()].filter((path) => !to.has(path));
  return {
    ...Object.fromEntries(gone.map((path) => [path, null])),
    ...Object.fromEntries([...to].map(([path, { lead, units }]) => [path, written(lead, units)])),
  };
}

function written(lead: number, units: readonly Unit[]): string {
  const above = Array.from({ length: lead }, (_, index) => `// line ${index}\n`).join("");
  const types = units.map(({ id, isFaulty }) => {
    const forgotten = isFaulty ? "" : `\t\th${id}.mu.Unlock()\n`;
    return `
type Hub${id} struct {
	mu sync.Mutex
	n  int
}

func (h${id} *Hub${id}) add(n int) bool {
	h${id}.mu.Lock()
	if n < 0 {
${forgotten}		return false
	}
	h${id}.n += n
	h${id}.mu.Unlock()
	return true
}
`;
  });
  const imports = units.length > 0 ? '\nimport "sync"\n' : "";
  return `${above}package hub\n${imports}${types.join("")}`;
}
