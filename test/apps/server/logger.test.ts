import { Octokit } from "@octokit/rest";
import { describe, expect, it } from "vitest";
import { createLogger } from "../../../src/apps/server/logger.ts";
import { startApp } from "./app.ts";
import { opened } from "./hub.ts";

const TOKEN = "ghs_16C7e42F292c6912E7710c838347Ae178B4a";
const SECRETS = [TOKEN, "-----BEGIN", "what somebody wrote"];

function written(log: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  log(createLogger({ write: (line) => void lines.push(line) }));
  return lines.join("");
}

describe("the log", () => {
  it("tells of a failed request its kind and status, and no header or body", async () => {
    const request = { fetch: async () => Response.json({ message: "Oops" }, { status: 500 }) };
    const quiet = () => undefined;
    const silent = { debug: quiet, info: quiet, warn: quiet, error: quiet };
    const octokit = new Octokit({ auth: TOKEN, request, log: silent });
    const failure = await octokit.rest.checks
      .create({ owner: "octo", repo: "hub", name: "what somebody wrote", head_sha: "1" })
      .catch((error: unknown) => error);
    const text = written((log) => {
      log.error({ err: failure }, "a review failed");
      log.error({ error: failure, event: failure }, "another way to tell");
      log.error(failure as Error);
    });
    expect(text.match(/"status":500/g)?.length).toBeGreaterThanOrEqual(3);
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  });

  it("tells of a delivery its number and name, as Probot logs it, and nothing that it carries", () => {
    const payload = { comment: { body: "what somebody wrote" }, token: TOKEN };
    const headers = { authorization: `bearer ${TOKEN}`, cookie: TOKEN };
    const text = written((log) => {
      log.info({ event: { id: "1-2", name: "push", payload } }, "Webhook received");
      log.info({ payload, delivery: { payload } }, "a payload");
      log.info({ req: { headers }, request: { headers }, of: { headers } }, "requests");
    });
    expect(text).toContain('"event":{"id":"1-2","name":"push"}');
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  });

  it("of a server that has trouble with GitHub tells no key, token, secret or text of the repository", async () => {
    const app = await startApp({ environment: { OPERATOR_TOKEN: "an operator's own token" } });
    const { faults, privateKey, world } = app.github;
    const pull = opened(app, undefined, { title: "what somebody wrote" });
    const compare = "GET /repos/{owner}/{repo}/compare/{basehead}";
    for (const operation of [
      "POST /app/installations/{installation_id}/access_tokens",
      "POST /repos/{owner}/{repo}/check-runs",
      compare,
      compare,
      compare,
    ])
      faults.push({ operation, kind: "refused" });
    await app.github.deliveries.send("pull_request", { what: "somebody wrote" });
    await fetch(`${app.url()}/operator`, { headers: { authorization: `Bearer ${TOKEN}` } });
    await app.github.tell(pull, "opened");
    await app.checked(pull);
    const text = app.logged.join("");
    expect(text).toContain("a review failed");
    expect(world.minted.length).toBeGreaterThan(0);
    const [, key = ""] = privateKey.split("\n");
    const secret = "0123456789abcdef0123456789abcdef";
    for (const one of [
      key,
      secret,
      "ghs_",
      "bearer",
      "an operator's own token",
      "h.mu",
      ...SECRETS,
    ])
      expect(text.toLowerCase()).not.toContain(one.toLowerCase());
  });
});
