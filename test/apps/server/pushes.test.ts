import { describe, expect, it } from "vitest";
import { startApp } from "./app.ts";
import { faulty, opened, sound, told } from "./hub.ts";

describe("a pull request over its life", () => {
  it("keeps its comments over a rebase and a force-push", async () => {
    const app = await startApp();
    const { world } = app.github;
    const pull = opened(app);
    await app.github.tell(pull, "opened");
    await app.checked(pull);
    const before = told(app);
    // The base goes on, and the branch is written anew on top of it, with lines before the fault.
    world.push("main", { "other.go": "package hub\n\nvar other = 1\n" });
    const moved = faulty("Hub").replace("import", "// a hub counts\n\nimport");
    world.push(pull.branch, { "hub.go": moved }, { from: "main", isForced: true });
    await app.github.tell(pull, "synchronize");
    await app.checked(pull);
    expect(told(app)).toEqual(before);
    expect(world.reviews).toHaveLength(1);
    world.push(pull.branch, { "hub.go": sound("Hub") }, { from: "main", isForced: true });
    await app.github.tell(pull, "synchronize");
    expect((await app.checked(pull)).conclusion).toBe("success");
    expect(told(app)).toEqual([]);
  });

  it("says once what moves with a renamed file, and nothing of a deleted one", async () => {
    const app = await startApp();
    const { world } = app.github;
    world.push("main", {
      "go.mod": "module example.com/hub\n\ngo 1.22\n",
      "old.go": faulty("Hub"),
    });
    world.push("topic", { "old.go": null, "new.go": faulty("Hub") }, { from: "main" });
    const pull = world.open("topic");
    await app.github.tell(pull, "opened");
    // The fault was there before: a new name brings none.
    expect((await app.checked(pull)).conclusion).toBe("success");
    world.push("topic", { "bus.go": faulty("Bus") });
    await app.github.tell(pull, "synchronize");
    await app.checked(pull);
    expect(told(app)).toHaveLength(1);
    world.push("topic", { "bus.go": null, "car.go": faulty("Bus") });
    await app.github.tell(pull, "synchronize");
    await app.checked(pull);
    expect(told(app)).toHaveLength(1);
    world.push("topic", { "car.go": null });
    await app.github.tell(pull, "synchronize");
    expect((await app.checked(pull)).conclusion).toBe("success");
    expect(told(app)).toEqual([]);
  });

  it("is left alone once it is closed, and looked at when it is opened again", async () => {
    const app = await startApp();
    const { world } = app.github;
    const pull = opened(app);
    pull.state = "closed";
    await app.github.tell(pull, "closed");
    await app.github.tell(pull, "synchronize");
    await app.until(() => app.logged.some((line) => line.includes('"outcome":"closed"')));
    expect([world.reviews, world.checkRuns]).toEqual([[], []]);
    pull.state = "open";
    await app.github.tell(pull, "reopened");
    await app.checked(pull);
    expect(told(app)).toHaveLength(1);
  });

  it("gets no body that GitHub refuses for its length", async () => {
    const app = await startApp();
    const { world } = app.github;
    const folder = `${"long/".repeat(40)}er`;
    const name = (index: number) => `${folder}/${"n".repeat(180)}${index}.go`;
    const files = Array.from({ length: 400 }, (_, index) => [
      name(index),
      "package er\n\nfunc (\n",
    ]);
    const pull = opened(app, { "hub.go": faulty("Hub"), ...Object.fromEntries(files) });
    await app.github.tell(pull, "opened");
    const { output } = await app.checked(pull);
    expect(told(app)).toHaveLength(1);
    expect(world.reviews[0]?.body.length).toBeLessThan(65_536);
    expect(output.summary).toContain("and 370 more");
  });
});
