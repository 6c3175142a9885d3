import { faulty, sound } from "../test/apps/server/hub.ts";
import type { Fault } from "../test/fake-github/fake-github.ts";
import type { Pull, World } from "../test/fake-github/world.ts";

/** Something that GitHub tells the App. */
export interface PullEvent {
  readonly pull: Pull;
  readonly action: "opened" | "synchronize";
}

/**
 * Opens pull requests, and pushes to half of them, one event at a time: files with a fault and files without, faults that are
 * repaired and others that come. A pull request has a package of its own, so that all are about equally large.
 */
export function* pullEvents(
  world: World,
  count: number,
  random: () => number,
): Generator<PullEvent, undefined> {
  world.push("main", { "go.mod": "module example.com/hub\n\ngo 1.22\n" });
  const write = (pull: number, name: string) =>
    ({ [`p${pull}/${name.toLowerCase()}.go`]: (random() < 0.5 ? faulty : sound)(name) }) as const;
  for (let done = 0; done < count; ) {
    const isPush = world.pulls.length > 4 && random() < 1 / 3;
    const pull = world.pulls[Math.floor(random() * world.pulls.length)];
    done++;
    if (isPush && pull) {
      world.push(pull.branch, write(pull.number, random() < 0.5 ? "Hub" : "Net"));
      yield { pull, action: "synchronize" };
    } else {
      const number = world.pulls.length + 1;
      const files = { ...write(number, "Hub"), ...write(number, "Bus") };
      world.push(`topic-${number}`, files, { from: "main" });
      yield { pull: world.open(`topic-${number}`), action: "opened" };
    }
  }
  return undefined;
}

const OPERATIONS = [
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
  "POST /repos/{owner}/{repo}/check-runs",
  "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}",
  "DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}",
  "GET /repos/{owner}/{repo}/pulls/{pull_number}",
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/comments",
  "GET /repos/{owner}/{repo}/compare/{basehead}",
] as const;

const FAULTS: readonly Omit<Fault, "operation">[] = [
  { kind: "lost" },
  { kind: "broken" },
  { kind: "refused" },
  { kind: "refused", status: 403, headers: { "retry-after": "1" } },
  { kind: "refused", status: 429, headers: { "retry-after": "1" } },
];

/** Something that goes wrong at the next request of a kind: a 502 after commit, a lost connection, a rate limit. Answers 1. */
export function addFault(faults: Fault[], random: () => number): number {
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item;
  return faults.push({ operation: pick(OPERATIONS), ...pick(FAULTS) }) && 1;
}
