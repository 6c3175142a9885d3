import { describe, expect, it } from "vitest";
import { readMarker } from "../../../src/review/marker.ts";
import { type RunningApp, startApp } from "./app.ts";

const GO_MOD = "module example.com/hub\n\ngo 1.22\n";
/** Line 12 sends while the mutex is held, and unlocks on one path alone. */
const faulty = (name: string) => `package hub

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
const sound = (name: string) =>
  faulty(name).replace("\t\treturn false", "\t\th.mu.Unlock()\n\t\treturn false");

/** A pull request that adds a file with a fault. */
async function opened(
  app: RunningApp,
  files: Record<string, string> = { "hub.go": faulty("Hub") },
) {
  const { world } = app.github;
  world.push("main", { "go.mod": GO_MOD, "other.go": "package hub\n" });
  world.push("topic", files, { from: "main" });
  const pull = world.open("topic");
  return pull;
}

/** Each fingerprint that a visible comment carries, in order. */
function told({ github }: RunningApp): string[] {
  return github.world
    .visible()
    .flatMap(({ body }) => readMarker(body) ?? [])
    .sort();
}

describe("a review by the App", () => {
  it("arrives for an opened pull request, at the line, with a check that tells", async () => {
    const app = await startApp();
    const pull = await opened(app);
    expect(await app.github.tell(pull, "opened")).toBe(200);
    const check = await app.checked(pull);
    const { comments, reviews } = app.github.world;
    expect(comments.map(({ path, line }) => [path, line])).toEqual([["hub.go", 13]]);
    expect(comments[0]?.body).toContain("h.mu");
    expect(reviews.map(({ state, commit }) => [state, commit])).toEqual([["COMMENTED", pull.head]]);
    expect(check.conclusion).toBe("neutral");
    expect(check.annotations).toHaveLength(1);
    expect(app.logged.join("")).not.toContain("h.mu");
  });

  it("says nothing about a change that is sound, but for a green check", async () => {
    const app = await startApp();
    const pull = await opened(app, { "hub.go": sound("Hub") });
    await app.github.tell(pull, "opened");
    expect((await app.checked(pull)).conclusion).toBe("success");
    expect(app.github.world.reviews).toEqual([]);
  });

  it("speaks of what is new after a push, and takes back what is settled", async () => {
    const app = await startApp();
    const { world } = app.github;
    const pull = await opened(app);
    await app.github.tell(pull, "opened");
    await app.checked(pull);
    const [first] = told(app);
    world.push("topic", { "bus.go": faulty("Bus") });
    await app.github.tell(pull, "synchronize");
    await app.checked(pull);
    expect(world.comments.map(({ path }) => path)).toEqual(["hub.go", "bus.go"]);
    expect(told(app)).toContain(first);
    world.push("topic", { "hub.go": sound("Hub") });
    await app.github.tell(pull, "synchronize");
    await app.checked(pull);
    expect(world.comments.map(({ path }) => path)).toEqual(["bus.go"]);
    expect(world.reviews).toHaveLength(2);
  });

  it("keeps what people answered, and says there that it is settled", async () => {
    const app = await startApp();
    const { world } = app.github;
    const pull = await opened(app);
    await app.github.tell(pull, "opened");
    await app.checked(pull);
    const [comment] = world.comments;
    if (!comment) throw new Error("no comment");
    world.comments.push({
      ...comment,
      id: 5,
      author: "octocat",
      body: "ok",
      inReplyTo: comment.id,
    });
    world.push("topic", { "hub.go": sound("Hub") });
    await app.github.tell(pull, "synchronize");
    await app.checked(pull);
    expect(comment.body).toContain(`Settled in ${pull.head.slice(0, 12)}`);
    expect(comment.isMinimized).toBe(true);
    expect(told(app)).toEqual([]);
  });

  it("comes once, however often GitHub delivers", async () => {
    const app = await startApp();
    const pull = await opened(app);
    const guid = "0b4c6d52-1111-4222-8333-944444444444";
    await app.github.tell(pull, "opened", { guid });
    await app.checked(pull);
    await app.github.tell(pull, "opened", { guid });
    await app.github.tell(pull, "reopened");
    await app.until(() => app.logged.filter((line) => line.includes('"reviewed"')).length === 2);
    expect(app.github.world.comments).toHaveLength(1);
    expect(app.github.world.reviews).toHaveLength(1);
  });
});
