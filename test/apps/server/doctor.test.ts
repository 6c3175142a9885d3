import { expect, it, vi } from "vitest";
import { checkApp } from "../../../src/apps/server/check-app.ts";
import { startFakeGitHub } from "../../fake-github/for-test.ts";

// It tries an analysis, which is a process of its own.
vi.setConfig({ testTimeout: 200_000 });

it("asks GitHub about the App: its key, what it was granted, whether deliveries arrive", async () => {
  const github = await startFakeGitHub();
  const environment = {
    APP_ID: String(github.appId),
    PRIVATE_KEY: github.privateKey,
    WEBHOOK_SECRET: "0123456789abcdef0123456789abcdef",
    GITHUB_API_URL: github.url,
  };
  github.world.permissions["checks"] = "read";
  github.world.events.shift();
  await github.deliveries.send("ping", {});
  const checks = await checkApp(environment, "/");
  expect(checks.map(({ name, isFine }) => [name, isFine])).toEqual([
    ["App", true],
    ["App permissions", false],
    ["App deliveries", false],
    ["App box", true],
  ]);
  expect(checks[1]?.says).toContain("checks: write, check_run;");
  github.world.isInstalled = false;
  const [nowhere] = await checkApp(environment, "/");
  expect(nowhere).toMatchObject({
    isFine: false,
    says: expect.stringMatching(
      /installed nowhere yet: https:.*\/apps\/chokepoint-test\/installations\/new$/,
    ),
  });
  expect(await checkApp({}, "/")).toEqual([]);
  const [wrong] = await checkApp({ ...environment, WEBHOOK_SECRET: "x" }, "/");
  expect(wrong).toMatchObject({ isFine: false, says: expect.stringContaining("WEBHOOK_SECRET") });
});
