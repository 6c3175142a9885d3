import { expect, it } from "vitest";
import { checkApp } from "../../../src/apps/server/check-app.ts";
import { websiteOf } from "../../../src/apps/server/website.ts";
import { startApp } from "./app.ts";
import { faulty, opened, sound, told } from "./hub.ts";

it("reviews for an Enterprise Server, whose API is below a path and GraphQL beside it", async () => {
  const app = await startApp({
    isEnterprise: true,
    environment: { OPERATOR_TOKEN: "x".repeat(20) },
  });
  const { github } = app;
  const { world } = github;
  const pull = opened(app, { "hub.go": faulty("Hub"), "bus.go": faulty("Bus") });
  await github.tell(pull, "opened");
  await app.checked(pull);
  expect(told(app)).toHaveLength(2);
  const [answered] = world.comments;
  if (!answered) throw new Error("no comment");
  const answer = { ...answered, id: 5, author: "octocat", body: "ok", inReplyTo: answered.id };
  world.comments.push(answer);
  world.push(pull.branch, { "hub.go": sound("Hub"), "bus.go": sound("Bus") });
  await github.tell(pull, "synchronize");
  await app.checked(pull);
  // One is deleted, by REST, and the other hidden, by GraphQL.
  expect(told(app)).toEqual([]);
  expect(answered.isMinimized).toBe(true);
  // What was lost is asked for, page by page.
  await app.stop();
  const late = opened(app);
  await github.tell(late, "opened", { isLost: true });
  for (let at = 0; at < 120; at++)
    await github.deliveries.send("ping", { zen: "Keep it logically awesome." }, { isLost: true });
  await app.start();
  await app.checked(late);
  const page = await fetch(`${app.url()}/operator`, {
    headers: { authorization: `Basic ${btoa(`x:${"x".repeat(20)}`)}` },
  });
  const website = new URL(github.url).origin;
  expect(await page.text()).toContain(`${website}/octo/hub/pull/${pull.number}`);
});

it("is looked through by doctor as any other", async () => {
  const { github, directory } = await startApp({ isEnterprise: true });
  const environment = {
    APP_ID: String(github.appId),
    PRIVATE_KEY: github.privateKey,
    WEBHOOK_SECRET: "0123456789abcdef0123456789abcdef",
    GITHUB_API_URL: github.url,
  };
  const checks = await checkApp(environment, directory);
  expect(checks.filter(({ isFine }) => !isFine)).toEqual([]);
});

it.each([
  ["https://api.github.com", "https://github.com"],
  ["https://api.octo.ghe.com", "https://octo.ghe.com"],
  ["https://hub.example.com:8443/api/v3", "https://hub.example.com:8443"],
])("knows that people look at what %s tells on %s", (api, website) => {
  expect(websiteOf(api)).toBe(website);
});
