import { generateKeyPairSync } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { environmentOf } from "../../../src/apps/server/environment.ts";
import { readSettings } from "../../../src/apps/server/settings.ts";
import { writeEnvironment } from "../../../src/apps/server/write-environment.ts";

const pair = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "pkcs1", format: "pem" },
});
const privateKey = pair.privateKey.trim();
const SECRET = "0123456789abcdef0123456789abcdef";
const GOOD = { APP_ID: "7", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: SECRET };

function problemsOf(environment: Record<string, string>, isDevelopment = false): string {
  const read = readSettings(environment, "/", isDevelopment);
  return read.kind === "wrong" ? read.problems.join("\n") : "";
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "chokepoint-settings-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

describe("the settings of a server", () => {
  it("have defaults for all but the App", () => {
    expect(readSettings(GOOD, "/srv", false)).toEqual({
      kind: "ready",
      settings: {
        appId: 7,
        privateKey,
        webhookSecrets: [SECRET],
        apiUrl: "https://api.github.com",
        database: { dataDirectory: "/srv/chokepoint-data" },
        operatorToken: undefined,
        reviewsAtOnce: 2,
        rulePages: undefined,
        host: "127.0.0.1",
        port: 3000,
        warnings: [],
      },
    });
  });

  it("say so where others can read the key", () => {
    const directory = folder();
    const file = join(directory, "app.pem");
    const { PRIVATE_KEY, ...without } = GOOD;
    const warningsWith = (mode: number) => {
      writeFileSync(file, PRIVATE_KEY);
      chmodSync(file, mode);
      const read = readSettings({ ...without, PRIVATE_KEY_PATH: "app.pem" }, directory, false);
      return read.kind === "ready" ? read.settings.warnings : read;
    };
    expect(warningsWith(0o644)).toEqual([expect.stringContaining("chmod 600")]);
    expect(warningsWith(0o600)).toEqual([]);
  });

  it("are a setup where nothing is known of the App", () => {
    const read = readSettings({ PORT: "8080", GITHUB_API_URL: "https://ghe/api/v3/" }, "/", false);
    expect(read).toEqual({
      kind: "setup",
      settings: { host: "127.0.0.1", port: 8080, apiUrl: "https://ghe/api/v3" },
    });
  });

  it("take the key from a file, from one line, and from base64", () => {
    const directory = folder();
    writeFileSync(join(directory, "app.pem"), privateKey);
    const forms = [
      { PRIVATE_KEY_PATH: "app.pem" },
      { PRIVATE_KEY: privateKey.replaceAll("\n", "\\n") },
      { PRIVATE_KEY: Buffer.from(privateKey).toString("base64") },
    ];
    for (const form of forms) {
      const read = readSettings({ APP_ID: "7", WEBHOOK_SECRET: SECRET, ...form }, directory, false);
      if (read.kind !== "ready") throw new Error(JSON.stringify(read));
      expect(read.settings.privateKey.trim()).toBe(privateKey.trim());
    }
  });

  it("refuse a missing or weak webhook secret, but for development", () => {
    const { WEBHOOK_SECRET, ...without } = GOOD;
    expect(problemsOf(without)).toContain("WEBHOOK_SECRET is missing");
    expect(problemsOf({ ...GOOD, WEBHOOK_SECRET: "development" })).toContain("is weak");
    expect(problemsOf(without, true)).toBe("");
    expect(problemsOf({ ...GOOD, WEBHOOK_SECRET_BEFORE: "old" })).toContain("BEFORE is weak");
  });

  it("tell every problem at once, with the fix", () => {
    const problems = problemsOf({
      APP_ID: "chokepoint",
      PRIVATE_KEY: "secret",
      PORT: "80a",
      GITHUB_API_URL: "ftp://x",
      OPERATOR_TOKEN: "short",
      REVIEWS_AT_ONCE: "0",
      RULE_PAGES: "docs/rules",
    });
    for (const key of [
      "APP_ID",
      "PRIVATE_KEY",
      "WEBHOOK_SECRET",
      "PORT",
      "GITHUB_API_URL",
      "OPERATOR_TOKEN",
      "REVIEWS_AT_ONCE",
      "RULE_PAGES",
    ])
      expect(problems).toMatch(new RegExp(`^${key}`, "m"));
    expect(problems).not.toContain("secret\n");
    expect(problemsOf({ ...GOOD, PRIVATE_KEY: "", PRIVATE_KEY_PATH: "/no/key" })).toContain(
      "/no/key cannot be read (ENOENT)",
    );
  });

  it("survive being written to an environment file and read again", () => {
    const directory = folder();
    const file = join(directory, ".env");
    writeFileSync(file, "# mine\nOTHER=1\nAPP_ID=old\n");
    writeEnvironment(file, { APP_ID: "7", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: SECRET });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8")).toContain("# mine\nOTHER=1\n");
    expect(readFileSync(file, "utf8")).not.toContain("old");
    const before = { ...process.env };
    onTestFinished(() => {
      process.env = before;
    });
    const read = readSettings(environmentOf(directory), directory, false);
    expect(read.kind === "ready" && read.settings.privateKey.trim()).toBe(privateKey.trim());
  });
});
