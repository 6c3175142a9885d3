import { readMarker } from "../src/review/marker.ts";
import type { Pull, World } from "../test/fake-github/world.ts";

/** What a run came to. All but the first three are to be zero. */
export interface Verdict {
  readonly pulls: number;
  readonly comments: number;
  readonly reviews: number;
  /** Faults without a comment. */
  readonly missing: number;
  /** Comments about something that another comment says as well. */
  readonly doubled: number;
  /** Comments about what is not there. */
  readonly wrong: number;
  /** Newest commits without a check that is done. */
  readonly unchecked: number;
  /** Checks that still say that they run. */
  readonly leftOpen: number;
}

/** Compares what GitHub shows with what the repository holds: one comment for each fault at the newest commit, no other. */
export function judge(world: World): Verdict {
  const sums = { missing: 0, doubled: 0, wrong: 0, unchecked: 0 };
  const visible = world.visible();
  const reviewOf = new Map(world.reviews.map(({ id, pull }) => [id, pull]));
  for (const pull of world.pulls) {
    const comments = visible.filter(({ review }) => reviewOf.get(review ?? 0) === pull.number);
    const faulty = faultyFiles(world, pull);
    const told = comments.map(({ path }) => path);
    const fingerprints = comments.flatMap(({ body }) => readMarker(body) ?? []);
    sums.missing += [...faulty].filter((path) => !told.includes(path)).length;
    sums.wrong += told.filter((path) => !faulty.has(path)).length;
    sums.doubled += fingerprints.length - new Set(fingerprints).size;
    sums.unchecked += world.checkRuns.some(
      ({ head, status }) => head === pull.head && status === "completed",
    )
      ? 0
      : 1;
  }
  return {
    ...sums,
    pulls: world.pulls.length,
    comments: visible.length,
    reviews: world.reviews.length,
    leftOpen: world.checkRuns.filter(({ status }) => status !== "completed").length,
  };
}

/** Files that `faulty` of the tests wrote: they return with the lock held. */
function faultyFiles({ git }: World, { head }: Pull): Set<string> {
  const files = git.tree(head, true)?.entries ?? [];
  return new Set(
    files
      .filter(({ sha, type }) => type === "blob" && /\{\n\t\treturn/.test(String(git.blob(sha))))
      .map(({ path }) => path),
  );
}
