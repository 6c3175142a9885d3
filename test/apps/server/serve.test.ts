import { createHmac, generateKeyPairSync, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { DatabaseAwayError } from "../../../src/adapters/queue/database.ts";
import { createLogger } from "../../../src/apps/server/logger.ts";
import { type RunningServer, SettingsError, serve } from "../../../src/apps/server/serve.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "pkcs1", format: "pem" },
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "chokepoint-serve-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function start(environment: Record<string, string>, directory = folder()) {
  const server = await serve({
    environment: { PORT: "0", ...environment },
    directory,
    isDevelopment: false,
    work: false,
    log: createLogger({ write: (line) => void logged.push(line) }),
  });
  let isStopped = false;
  const stop = async () => {
    if (!isStopped) await server.stop();
    isStopped = true;
  };
  onTestFinished(stop);
  return { ...server, stop };
}

/** Lines that the servers of this file have logged. */
const logged: string[] = [];

const APP = { APP_ID: "7", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: SECRET };

function deliver(
  server: RunningServer,
  payload: object,
  {
    secret = SECRET,
    id = randomUUID() as string,
    event = "pull_request",
    sign = (body: string) =>
      `sha256=${createHmac("sha256", secret).update(body).digest("hex")}` as string,
  } = {},
): Promise<Response> {
  const body = JSON.stringify(payload);
  return fetch(`${server.url}/api/github/webhooks`, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-github-event": event,
      "x-github-delivery": id,
      "x-hub-signature-256": sign(body),
    },
  });
}

const OPENED = {
  action: "opened",
  installation: { id: 7 },
  repository: { id: 11, name: "hub", owner: { login: "octo" } },
  pull_request: { number: 3, head: { sha: "abc" }, title: "a secret plan" },
};

async function waiting(server: RunningServer): Promise<number> {
  const ready = (await (await fetch(`${server.url}/readyz`)).json()) as {
    queue: { deliveries: { waiting: number } };
  };
  return ready.queue.deliveries.waiting;
}

describe("a server that knows its App", () => {
  it("keeps a signed delivery once, also over a restart, and nothing that people wrote", async () => {
    const directory = folder();
    const server = await start(APP, directory);
    const id = randomUUID();
    expect((await deliver(server, OPENED, { id })).status).toBe(200);
    expect((await deliver(server, OPENED, { id })).status).toBe(200);
    expect(await waiting(server)).toBe(1);
    expect(logged.join("")).toContain(`"delivery":"${id}","event":"pull_request"`);
    await server.stop();
    const again = await start(APP, directory);
    expect(await waiting(again)).toBe(1);
  });

  it("refuses what is not signed with its secret, and keeps nothing of it", async () => {
    const server = await start(APP);
    expect((await deliver(server, OPENED, { secret: "x".repeat(32) })).status).toBe(401);
    expect(logged.join("")).toContain("signature does not match");
    expect(logged.join("")).not.toContain("a secret plan");
    expect(await waiting(server)).toBe(0);
  });

  it("refuses every signature that is not the body's own", async () => {
    const server = await start(APP);
    const digest = (body: string) => createHmac("sha256", SECRET).update(body).digest("hex");
    const forgeries: ((body: string) => string)[] = [
      () => "",
      () => "sha256=",
      (body) => `sha256=${digest(body).slice(1)}`,
      (body) => `sha256=${digest(body)}00`,
      (body) => `sha1=${digest(body)}`,
      (body) => `sha256=${digest(body).toUpperCase()}`,
      (body) => `sha256=${digest(`${body} `)}`,
      () => `sha256=${"0".repeat(64)}`,
    ];
    for (const sign of forgeries)
      expect((await deliver(server, OPENED, { sign })).status).toBe(401);
    expect(await waiting(server)).toBe(0);
  });

  it("takes the secret before as well, while the two are exchanged", async () => {
    const before = "fedcba9876543210fedcba9876543210";
    const server = await start({ ...APP, WEBHOOK_SECRET_BEFORE: before });
    for (const secret of [SECRET, before])
      expect((await deliver(server, OPENED, { secret })).status).toBe(200);
    expect((await deliver(server, OPENED, { secret: "development" })).status).toBe(401);
    expect(await waiting(server)).toBe(2);
  });

  it("keeps a hundred that come at once, and none of them twice", async () => {
    const server = await start(APP);
    const ids = Array.from({ length: 50 }, () => randomUUID());
    const answers = await Promise.all(
      [...ids, ...ids].map((id) => deliver(server, OPENED, { id })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await waiting(server)).toBe(50);
  });

  it("answers events that ask for nothing", async () => {
    const server = await start(APP);
    expect((await deliver(server, { ...OPENED, action: "labeled" })).status).toBe(200);
    expect((await deliver(server, { zen: "x" }, { event: "ping" })).status).toBe(200);
    expect(await waiting(server)).toBe(0);
  });

  it("reads no body over the cap, announced or not", async () => {
    const server = await start(APP);
    const send = (headers: Record<string, string | number>, megabytes: number) =>
      new Promise<number>((resolve, reject) => {
        const outgoing = request(
          `${server.url}/api/github/webhooks`,
          { method: "POST", headers: { "content-type": "application/json", ...headers } },
          (response) => resolve(response.resume().statusCode ?? 0),
        );
        // The server may close before everything is written.
        outgoing.on("error", (error: NodeJS.ErrnoException) =>
          error.code === "EPIPE" || error.code === "ECONNRESET" ? undefined : reject(error),
        );
        for (let sent = 0; sent < megabytes; sent++) outgoing.write(Buffer.alloc(1024 * 1024, "x"));
        outgoing.end();
      });
    expect(await send({ "content-length": 40 * 1024 * 1024 }, 1)).toBe(413);
    expect(await send({ "transfer-encoding": "chunked" }, 26)).toBe(413);
  });

  it("tells its health without a token", async () => {
    const server = await start(APP);
    expect(await (await fetch(`${server.url}/healthz`)).text()).toBe("ok\n");
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toContain('chokepoint_jobs{queue="reviews",state="waiting"} 0');
    expect(metrics).not.toMatch(/^chokepoint_last_delivery_seconds /m);
    await deliver(server, OPENED);
    const ready = await (await fetch(`${server.url}/readyz`)).json();
    expect(ready).toMatchObject({ ready: true, lastDeliverySeconds: expect.any(Number) });
    expect((await fetch(`${server.url}/nothing`)).status).toBe(404);
  });

  it("does not start in a data directory that another one has, nor with half an App", async () => {
    const directory = folder();
    await start(APP, directory);
    await expect(start(APP, directory)).rejects.toThrow(/one server uses a data directory/);
    await expect(start({ APP_ID: "7" })).rejects.toThrow(SettingsError);
  });
});

describe("a server that cannot start", () => {
  it("says which setting is to be changed, where its address or its database is not to be had", async () => {
    const { port } = new URL((await start({})).url);
    await expect(start({ PORT: port })).rejects.toThrow(SettingsError);
    await expect(start({ PORT: port })).rejects.toThrow(/^another program listens there/);
    await expect(start({ HOST: "203.0.113.7" })).rejects.toThrow(/set another HOST/);
    const away = { ...APP, DATABASE_URL: "postgresql://somebody:a-password@127.0.0.1:1/x" };
    const failure: unknown = await start(away).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DatabaseAwayError);
    expect(String(failure)).toContain("DATABASE_URL");
    expect(String(failure)).not.toContain("a-password");
  });
});

describe("a server that knows no App", () => {
  /** GitHub's answer to the code of a new App, as its API description has it. */
  async function github(): Promise<{ url: string; asked: string[] }> {
    const asked: string[] = [];
    const server = createServer((incoming, response) => {
      asked.push(`${incoming.method} ${incoming.url}`);
      response.writeHead(201, { "content-type": "application/json" });
      response.end(
        JSON.stringify({
          id: 42,
          pem: privateKey,
          webhook_secret: SECRET,
          html_url: "https://github.example/apps/mine",
        }),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
  }

  it("leads through making one, and starts with it the next time", async () => {
    const directory = folder();
    const { url, asked } = await github();
    const setup = await start({ GITHUB_API_URL: url }, directory);
    expect(setup.mode).toBe("setup");
    const page = await (await fetch(setup.url)).text();
    const state = /state=([\w-]+)/.exec(page)?.[1] ?? "";
    expect(page).toContain("&quot;pull_requests&quot;:&quot;write&quot;");
    expect(page).toContain("/api/github/webhooks");
    const ofWhom = async (name: string) =>
      /action="([^"?]+)/.exec(
        await (await fetch(`${setup.url}/?organization=${name}`)).text(),
      )?.[1];
    expect(await ofWhom("octo-org")).toMatch(/\/organizations\/octo-org\/settings\/apps\/new$/);
    expect(await ofWhom("..%2Fx")).not.toContain("organizations");
    const answer = await fetch(`${setup.url}/setup?code=abc123&state=${state}`);
    expect(await answer.text()).toContain("https://github.example/apps/mine/installations/new");
    expect(asked).toEqual(["POST /app-manifests/abc123/conversions"]);
    expect(readFileSync(join(directory, ".env"), "utf8")).toContain('APP_ID="42"');
  });

  it("takes a code from nobody but GitHub's answer to its own form, once", async () => {
    const { url, asked } = await github();
    const setup = await start({ GITHUB_API_URL: url });
    const page = await (await fetch(setup.url)).text();
    const state = /state=([\w-]+)/.exec(page)?.[1] ?? "";
    expect((await fetch(`${setup.url}/setup?code=abc`)).status).toBe(400);
    expect((await fetch(`${setup.url}/setup?code=abc&state=forged`)).status).toBe(400);
    expect((await fetch(`${setup.url}/setup?code=a/../b&state=${state}`)).status).toBe(400);
    expect((await fetch(`${setup.url}/setup?code=abc&state=${state}`)).status).toBe(400);
    expect(asked).toEqual([]);
  });
});
