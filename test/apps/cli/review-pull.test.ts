import { describe, expect, it, vi } from "vitest";
import type { FakeGitHub } from "../../fake-github/fake-github.ts";
import { startFakeGitHub } from "../../fake-github/for-test.ts";
import { opened } from "../server/hub.ts";
import { chokepoint } from "./in-process.ts";

vi.setConfig({ testTimeout: 200_000 });

const review = (github: FakeGitHub, ...words: string[]) =>
  chokepoint("/", ["review", ...words], "", {
    GITHUB_TOKEN: github.personalToken,
    GITHUB_API_URL: github.url,
  });

describe("chokepoint review --pr", () => {
  it("posts the App's review with a token, and says what it did; once", async () => {
    const github = await startFakeGitHub();
    opened({ github });
    const dry = await review(github, "--pr", "octo/hub#1", "--dry-run");
    expect(dry.out).toContain("━━ hub.go:13 ━━");
    expect(github.world.reviews).toEqual([]);
    const first = await review(github, "--pr", "octo/hub#1");
    expect([first.code, first.said]).toEqual([1, "1 new comments, 0 kept, 0 settled\n"]);
    const again = await review(github, "--pr", "octo/hub#1");
    expect(again.said).toBe("0 new comments, 1 kept, 0 settled\n");
    expect(github.world.reviews).toHaveLength(1);
    // A person's token may open no check; nothing is lost by that.
    expect(github.world.checkRuns).toEqual([]);
  });

  it("says what is wrong with what it was given", async () => {
    const github = await startFakeGitHub();
    const wrong = await review(github, "--pr", "hub/7");
    expect([wrong.code, wrong.said]).toEqual([2, expect.stringContaining("owner/repository#")]);
    const config = await review(github, "--pr", "octo/hub#1", "--only", "go/double-lock");
    expect(config.said).toContain("leave out --only");
    const { said } = await chokepoint("/", ["review", "--pr", "octo/hub#1"]);
    expect(said).toContain("GITHUB_TOKEN");
  });
});
