import { describe, expect, it } from "vitest";
import { startApp } from "./app.ts";
import { faulty, opened, sound, told } from "./hub.ts";

describe("a review by the App", () => {
  it("arrives for an opened pull request, at the line, with a check that tells", async () => {
    const app = await startApp({ environment: { RULE_PAGES: "https://docs.example/rules/" } });
    const pull = opened(app);
    expect(await app.github.tell(pull, "opened")).toBe(200);
    const check = await app.checked(pull);
    const { comments, reviews } = app.github.world;
    expect(comments.map(({ path, line }) => [path, line])).toEqual([["hub.go", 13]]);
    expect(comments[0]?.body).toContain("h.mu");
    expect(comments[0]?.body).toContain("https://docs.example/rules/go/missing-unlock.md");
    expect(reviews.map(({ state, commit }) => [state, commit])).toEqual([["COMMENTED", pull.head]]);
    expect(check.conclusion).toBe("neutral");
    expect(check.annotations).toHaveLength(1);
    expect(app.logged.join("")).not.toContain("h.mu");
    const reviewed = () => app.logged.find((line) => line.includes('"msg":"reviewed"'));
    await app.until(() => reviewed() !== undefined);
    expect(JSON.parse(reviewed() ?? "")).toMatchObject({
      repository: app.github.world.repositoryId,
      pull: pull.number,
      head: pull.head,
    });
  });

  it("says nothing about a change that is sound, but for a green check", async () => {
    const app = await startApp();
    const pull = opened(app, { "hub.go": sound("Hub") });
    await app.github.tell(pull, "opened");
    expect((await app.checked(pull)).conclusion).toBe("success");
    expect(app.github.world.reviews).toEqual([]);
  });

  it("speaks of what is new after a push, and takes back what is settled", async () => {
    const app = await startApp();
    const { world } = app.github;
    const pull = opened(app);
    await app.github.tell(pull, "opened");
    await app.checked(pull);
    const [first] = told(app);
    world.push(pull.branch, { "bus.go": faulty("Bus") });
    await app.github.tell(pull, "synchronize");
    await app.checked(pull);
    expect(world.comments.map(({ path }) => path)).toEqual(["hub.go", "bus.go"]);
    expect(told(app)).toContain(first);
    world.push(pull.branch, { "hub.go": sound("Hub") });
    await app.github.tell(pull, "synchronize");
    await app.checked(pull);
    expect(world.comments.map(({ path }) => path)).toEqual(["bus.go"]);
    expect(world.reviews).toHaveLength(2);
  });

  it("keeps what people answered, and says there that it is settled", async () => {
    const app = await startApp();
    const { world } = app.github;
    const pull = opened(app);
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
    world.push(pull.branch, { "hub.go": sound("Hub") });
    await app.github.tell(pull, "synchronize");
    await app.checked(pull);
    expect(comment.body).toContain(`Settled in ${pull.head.slice(0, 12)}`);
    expect(comment.isMinimized).toBe(true);
    expect(told(app)).toEqual([]);
  });

  it("comes once, however often GitHub delivers", async () => {
    const app = await startApp();
    const pull = opened(app);
    const guid = "0b4c6d52-1111-4222-8333-944444444444";
    await app.github.tell(pull, "opened", { guid });
    await app.checked(pull);
    await app.github.tell(pull, "opened", { guid });
    await app.github.tell(pull, "reopened");
    await app.until(() => app.logged.filter((line) => line.includes('"reviewed"')).length === 2);
    expect(app.github.world.comments).toHaveLength(1);
    expect(app.github.world.reviews).toHaveLength(1);
  });

  it("reads a fork through the repository itself, and leaves drafts alone", async () => {
    const app = await startApp();
    const fork = opened(app, undefined, { isFork: true, author: "stranger" });
    const draft = opened(app, { "bus.go": faulty("Bus") }, { isDraft: true });
    await app.github.tell(fork, "opened");
    await app.github.tell(draft, "opened");
    await app.checked(fork);
    expect((await app.checked(draft)).output.title).toBe("Not reviewed");
    expect(app.github.world.comments.map(({ path }) => path)).toEqual(["hub.go"]);
  });

  it("takes its configuration from the branch that the change goes into", async () => {
    const app = await startApp();
    const { world } = app.github;
    const pull = opened(app, {
      "hub.go": faulty("Hub"),
      ".chokepoint.yml": 'exclude: ["**"]\n',
    });
    await app.github.tell(pull, "opened");
    await app.checked(pull);
    expect(world.comments).toHaveLength(1);
    world.push("main", { ".chokepoint.yml": "review: { mode: silent, block: true }\n" });
    const other = opened(app, { "bus.go": faulty("Bus") });
    await app.github.tell(other, "opened");
    expect((await app.checked(other)).conclusion).toBe("failure");
    expect(world.comments).toHaveLength(1);
    world.push("main", { ".chokepoint.yml": "revew: {}\n" });
    const third = opened(app, { "net.go": faulty("Net") });
    await app.github.tell(third, "opened");
    const { conclusion, annotations } = await app.checked(third);
    expect(conclusion).toBe("failure");
    expect(annotations[0]).toMatchObject({ path: ".chokepoint.yml", start_line: 1 });
  });

  it("leaves alone what the configuration names, until it is something else", async () => {
    const app = await startApp();
    const { world } = app.github;
    const pull = opened(app, undefined, { title: "WIP: hub", labels: ["no review"] });
    world.push("main", {
      ".chokepoint.yml": "review: { ignore-titles: ['wip*'], ignore-labels: [no review] }\n",
    });
    await app.github.tell(pull, "opened");
    expect((await app.checked(pull)).output.title).toBe("Not reviewed");
    pull.title = "A hub";
    pull.labels = [];
    world.checkRuns.pop();
    await app.github.tell(pull, "unlabeled");
    expect((await app.checked(pull)).output.text).toContain("ignore-titles:\n    - wip*");
    expect(told(app)).toHaveLength(1);
  });

  it("tells code scanning where that is wanted and granted, and says where it is not", async () => {
    const app = await startApp();
    const { world, requests, deliveries } = app.github;
    const pull = opened(app);
    world.push("main", { ".chokepoint.yml": "review: { code-scanning: true }\n" });
    await app.github.tell(pull, "opened");
    expect((await app.checked(pull)).output.summary).toContain("security_events: write");
    world.permissions["security_events"] = "write";
    const installation = { id: world.installation };
    await deliveries.send("installation", { action: "new_permissions_accepted", installation });
    world.push(pull.branch, { "bus.go": faulty("Bus") });
    await app.github.tell(pull, "synchronize");
    await app.checked(pull);
    expect(world.scans).toMatchObject([{ commit: pull.head, ref: "refs/pull/1/head" }]);
    const [run] = world.scans[0]?.sarif.runs ?? [];
    expect(run?.results).toHaveLength(2);
    expect(run?.results[0]).toHaveProperty("partialFingerprints");
    // One for reviews, one for code scanning, one for `.github`; what is refused is remembered as well.
    const minted = () => requests.filter((one) => one.endsWith("/access_tokens")).length;
    const before = minted();
    world.push(pull.branch, { "net.go": "package hub\n" });
    await app.github.tell(pull, "synchronize");
    await app.checked(pull);
    expect([before, minted()]).toEqual([6, 6]);
  });

  it("resolves an answered thread that is settled, where that is wanted and granted", async () => {
    const app = await startApp();
    const { world } = app.github;
    world.permissions["contents"] = "write";
    const pull = opened(app);
    world.push("main", { ".chokepoint.yml": "review: { resolve-threads: true }\n" });
    await app.github.tell(pull, "opened");
    await app.checked(pull);
    const [comment] = world.comments;
    if (!comment) throw new Error("no comment");
    world.comments.push({ ...comment, id: 5, author: "octocat", inReplyTo: comment.id });
    world.push(pull.branch, { "hub.go": sound("Hub") });
    await app.github.tell(pull, "synchronize");
    await app.checked(pull);
    expect([...world.resolved]).toEqual([comment.id]);
  });

  it("shows what a change of the configuration would do, and what it silences itself", async () => {
    const app = await startApp();
    const { world } = app.github;
    const silenced = faulty("Bus").replace(
      "\t\treturn false",
      "\t\t// chokepoint:ignore go/missing-unlock -- the caller unlocks\n\t\treturn false",
    );
    const pull = opened(app, {
      "hub.go": faulty("Hub"),
      "bus.go": silenced,
      ".chokepoint.yml": "rules: { go/missing-unlock: off }\n",
    });
    await app.github.tell(pull, "opened");
    const { output } = await app.checked(pull);
    expect(world.comments.map(({ path }) => path)).toEqual(["hub.go"]);
    expect(output.summary).toMatch(/It would not say any more:\n\n- `hub\.go:13`/);
    const ignored =
      /Silenced by comments that this change adds:\n\n- `bus\.go:14` .*the caller unlocks/;
    expect(output.summary).toMatch(ignored);
    expect(world.reviews[0]?.body).toMatch(ignored);
    world.push(pull.branch, { ".chokepoint.yml": "rules: { go/missing-unlok: off }\n" });
    await app.github.tell(pull, "synchronize");
    const again = await app.checked(pull);
    expect(again.output.summary).toContain("cannot be used");
    expect(again.annotations.find(({ path }) => path === ".chokepoint.yml")).toMatchObject({
      start_line: 1,
    });
    expect(again.conclusion).toBe("neutral");
  });

  it("takes what the owner wants for all of theirs, where a repository has nothing else", async () => {
    const app = await startApp();
    const { world } = app.github;
    world.organizationConfig = "review: { block: true }\nrules: { go/missing-unlock: off }\n";
    const pull = opened(app);
    await app.github.tell(pull, "opened");
    expect((await app.checked(pull)).conclusion).toBe("success");
    world.push("main", {
      ".chokepoint.yml": "extends: organization\nrules: { go/missing-unlock: on }\n",
    });
    const other = opened(app, { "bus.go": faulty("Bus") });
    await app.github.tell(other, "opened");
    expect((await app.checked(other)).conclusion).toBe("failure");
    world.organizationConfig = "revew: {}\n";
    const third = opened(app, { "net.go": faulty("Net") });
    await app.github.tell(third, "opened");
    const { conclusion, output } = await app.checked(third);
    expect(conclusion).toBe("failure");
    expect(output.summary).toContain("organization:1");
  });

  it("reviews what GitHub lists of a huge change, and says that there is more", async () => {
    const app = await startApp();
    const { world } = app.github;
    const texts = Array.from({ length: 3_050 }, (_, index) => [`notes/${index}.txt`, "a note\n"]);
    const sources = Array.from({ length: 60 }, (_, index) => [
      `hub/part${index}.go`,
      (index === 7 ? faulty : sound)(`Part${index}`),
    ]);
    const pull = opened(app, Object.fromEntries([...texts, ...sources]));
    await app.github.tell(pull, "opened");
    const { output } = await app.checked(pull);
    expect(world.comments.map(({ path }) => path)).toEqual(["hub/part7.go"]);
    expect(output.summary).toContain("GitHub lists 3000 changed files, and no more");
    expect(app.github.requests.length).toBeLessThan(80);
  });

  it("keeps to the most comments, gives the check all findings, and leaves alone what nobody wrote", async () => {
    const app = await startApp();
    const { world, requests } = app.github;
    const numbers = Array.from({ length: 60 }, (_, index) => `hub/part${index}.go`);
    const pull = opened(app, {
      ...Object.fromEntries(numbers.map((name, index) => [name, faulty(`Part${index}`)])),
      "made.go": `// Code generated by a tool. DO NOT EDIT.\n\n${faulty("Made")}`,
      "vendor/example.com/x/x.go": faulty("Vendored"),
      "listed/by.go": faulty("Listed"),
      ".gitattributes": "listed/** linguist-generated\n",
    });
    await app.github.tell(pull, "opened");
    const { annotations } = await app.checked(pull);
    expect(world.comments).toHaveLength(10);
    const { body } = world.reviews[0] ?? { body: "" };
    expect(body).toMatch(/found 60 errors[\s\S]*Beyond the number of comments[\s\S]*and 20 more/);
    expect(body).toContain("- `vendor/example.com/x/x.go`: generated, vendored");
    expect(annotations.map(({ path }) => path).sort()).toEqual(numbers.sort());
    // GitHub takes fifty with one request.
    expect(requests.filter((one) => /^PATCH .*check-runs/.test(one))).toHaveLength(2);
  });

  it("follows imports, compares what GitHub gives no patch of, and lists what it cannot place", async () => {
    const app = await startApp();
    const { world } = app.github;
    world.withoutPatch.add("hub.go");
    world.unplaceable.add("bus.go");
    const pull = opened(app, { "hub.go": faulty("Hub"), "bus.go": faulty("Bus") });
    await app.github.tell(pull, "opened");
    await app.checked(pull);
    expect(world.comments.map(({ path }) => path)).toEqual(["hub.go"]);
    expect(world.reviews).toHaveLength(1);
    expect(world.reviews[0]?.body).toContain("`bus.go:13`");
    await app.github.tell(pull, "reopened");
    await app.until(() => app.logged.filter((line) => line.includes('"reviewed"')).length === 2);
    expect(world.reviews).toHaveLength(1);
  });

  it("speaks of an interface in a file that did not change, when its second implementation goes", async () => {
    const app = await startApp();
    const { world } = app.github;
    const type = (name: string) =>
      `package main\n\ntype ${name} struct{ n int }\n\nfunc (t *${name}) add(n int) { t.n += n }\n\nfunc (t *${name}) all() int { return t.n }\n`;
    const main = (...names: string[]) =>
      `package main\n\nfunc main() {\n${names.map((name) => `\tshow(&${name}{})\n`).join("")}}\n`;
    world.push("main", {
      "go.mod": "module example.com/sum\n\ngo 1.22\n",
      "sum.go":
        "package main\n\ntype sum interface {\n\tadd(n int)\n\tall() int\n}\n\nfunc show(s sum) {\n\ts.add(1)\n\tprintln(s.all())\n}\n",
      "plain.go": type("plain"),
      "double.go": type("double"),
      "main.go": main("plain", "double"),
    });
    world.push(
      "topic",
      { "double.go": "package main\n", "main.go": main("plain") },
      { from: "main" },
    );
    const pull = world.open("topic");
    await app.github.tell(pull, "opened");
    await app.checked(pull);
    expect(world.reviews).toHaveLength(1);
    expect(world.reviews[0]?.body).toContain("`sum.go:3`");
  });
});
