import { readMarker } from "../../../src/review/marker.ts";
import type { Pull } from "../../fake-github/world.ts";
import type { RunningApp } from "./app.ts";

const GO_MOD = "module example.com/hub\n\ngo 1.22\n";

/** A file whose method keeps its mutex on one path: line 13. */
export const faulty = (name: string) => `package hub

import "sync"

type ${name} struct {
	mu sync.Mutex
	n  int
}

func (h *${name}) add(n int) bool {
	h.mu.Lock()
	if n < 0 {
		return false
	}
	h.n += n
	h.mu.Unlock()
	return true
}
`;

export const sound = (name: string) =>
  faulty(name).replace("\t\treturn false", "\t\th.mu.Unlock()\n\t\treturn false");

/** A pull request that adds files, by default one with a fault. */
export function opened(
  { github: { world } }: Pick<RunningApp, "github">,
  files: Record<string, string> = { "hub.go": faulty("Hub") },
  more: Partial<Pull> = {},
): Pull {
  if (world.pulls.length === 0)
    world.push("main", { "go.mod": GO_MOD, "other.go": "package hub\n" });
  const branch = `topic-${world.pulls.length + 1}`;
  world.push(branch, files, { from: "main" });
  return world.open(branch, more);
}

/** Each fingerprint that a visible comment carries, in order. */
export function told({ github }: Pick<RunningApp, "github">): string[] {
  return github.world
    .visible()
    .flatMap(({ body }) => readMarker(body) ?? [])
    .sort();
}
