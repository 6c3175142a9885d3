import { expect, onTestFinished } from "vitest";
import { type FakeGitHub, openFakeGitHub } from "./fake-github.ts";

/** A GitHub for one test; at its end it stops, and holds that nothing was asked or answered that GitHub's API has not. */
export async function startFakeGitHub(
  ...options: Parameters<typeof openFakeGitHub>
): Promise<FakeGitHub> {
  const github = await openFakeGitHub(...options);
  onTestFinished(async () => {
    expect(await github.stop()).toEqual([]);
  });
  return github;
}
