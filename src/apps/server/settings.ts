import { readFileSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { DatabasePlace } from "../../adapters/queue/database.ts";
import { readRulePages } from "../rule-pages.ts";

/** What a server that knows its App needs. */
export interface Settings {
  readonly appId: number;
  readonly privateKey: string;
  /** The one in use; while they are exchanged the one before too. */
  readonly webhookSecrets: readonly string[];
  /** Of the REST API, without a slash at the end. */
  readonly apiUrl: string;
  readonly database: DatabasePlace;
  /** Opens the operator's page; without one the page is closed. */
  readonly operatorToken: string | undefined;
  /** Analyses at one time: each takes a processor for itself. */
  readonly reviewsAtOnce: number;
  /** Where `docs/rules` is published; comments then link to a rule's page. Without a slash at the end. */
  readonly rulePages: string | undefined;
  readonly host: string;
  readonly port: number;
  /** What an operator should know, and what does not keep the server from starting. */
  readonly warnings: readonly string[];
}

/** Where the setup page is shown, by a server that does not know its App yet. */
export type SetupSettings = Pick<Settings, "host" | "port" | "apiUrl">;

export type ReadSettings =
  | { readonly kind: "ready"; readonly settings: Settings }
  | { readonly kind: "setup"; readonly settings: SetupSettings }
  /** Each names the variable and the fix. */
  | { readonly kind: "wrong"; readonly problems: readonly string[] };

export type Environment = Readonly<Record<string, string | undefined>>;

/** GitHub's advice is a random string of high entropy; shorter than this is none. Bytes. */
const SHORTEST_SECRET = 20;
const MOST_AT_ONCE = 64;
const APP_KEYS = ["APP_ID", "PRIVATE_KEY", "PRIVATE_KEY_PATH", "WEBHOOK_SECRET"] as const;

/**
 * Reads the environment of `chokepoint serve`. With none of the App's variables it is a setup; with some of them, or wrong
 * ones, every problem is told at once. `isDevelopment` allows a weak or missing webhook secret.
 */
export function readSettings(
  environment: Environment,
  directory: string,
  isDevelopment: boolean,
): ReadSettings {
  const problems: string[] = [];
  const warnings: string[] = [];
  const place = {
    host: environment["HOST"] || "127.0.0.1",
    port: portOf(environment["PORT"], problems),
    apiUrl: apiUrlOf(environment["GITHUB_API_URL"], problems),
  };
  const isUnknown = APP_KEYS.every((key) => !environment[key]);
  if (isUnknown && problems.length === 0) return { kind: "setup", settings: place };
  const settings: Settings = {
    ...place,
    appId: appIdOf(environment["APP_ID"], problems),
    privateKey: privateKeyOf(environment, directory, { problems, warnings }),
    webhookSecrets: secretsOf(environment, isDevelopment, problems),
    database: databaseOf(environment, directory),
    operatorToken: operatorTokenOf(environment["OPERATOR_TOKEN"], problems),
    reviewsAtOnce: reviewsAtOnceOf(environment["REVIEWS_AT_ONCE"], problems),
    rulePages: pagesOf(environment["RULE_PAGES"], problems),
    warnings,
  };
  return problems.length > 0 ? { kind: "wrong", problems } : { kind: "ready", settings };
}

function portOf(text: string | undefined, problems: string[]): number {
  const port = Number(text || 3000);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  problems.push(`PORT is ${JSON.stringify(text)}: give a number from 0 to 65535`);
  return 0;
}

function apiUrlOf(text: string | undefined, problems: string[]): string {
  const url = parsed(text || "https://api.github.com");
  if (url && /^https?:$/.test(url.protocol)) return url.href.replace(/\/+$/, "");
  problems.push(
    `GITHUB_API_URL is ${JSON.stringify(text)}: give the API's address, on GitHub Enterprise Server https://HOST/api/v3`,
  );
  return "";
}

function parsed(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function appIdOf(text: string | undefined, problems: string[]): number {
  if (text && /^[1-9]\d{0,15}$/.test(text)) return Number(text);
  problems.push(
    `APP_ID is ${text ? JSON.stringify(text) : "missing"}: it is the number on the App's settings page`,
  );
  return 0;
}

interface Remarks {
  readonly problems: string[];
  readonly warnings: string[];
}

function privateKeyOf(environment: Environment, directory: string, remarks: Remarks): string {
  const { problems } = remarks;
  const { PRIVATE_KEY: inline, PRIVATE_KEY_PATH: path } = environment;
  if (!inline && !path) {
    problems.push("PRIVATE_KEY or PRIVATE_KEY_PATH is missing: generate a key on the App's page");
    return "";
  }
  const name = inline ? "PRIVATE_KEY" : "PRIVATE_KEY_PATH";
  const text = inline ? decoded(inline) : readKey(path ?? "", directory, remarks);
  if (text === undefined) return "";
  if (/-----BEGIN (RSA )?PRIVATE KEY-----[\s\S]+-----END (RSA )?PRIVATE KEY-----/.test(text))
    return text;
  problems.push(`${name} holds no private key: it begins with -----BEGIN RSA PRIVATE KEY-----`);
  return "";
}

/** Line breaks as `\n`, or the whole in base64, as environment files have them. */
function decoded(text: string): string {
  const unfolded = text.replaceAll("\\n", "\n").trim();
  return unfolded.includes("-----BEGIN")
    ? unfolded
    : Buffer.from(unfolded, "base64").toString("utf8");
}

function readKey(
  path: string,
  directory: string,
  { problems, warnings }: Remarks,
): string | undefined {
  const file = isAbsolute(path) ? path : join(directory, path);
  try {
    if ((statSync(file).mode & 0o077) !== 0)
      warnings.push(`PRIVATE_KEY_PATH: others can read ${file}: \`chmod 600\` keeps it to you`);
    return readFileSync(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? error.code : String(error);
    problems.push(`PRIVATE_KEY_PATH: ${file} cannot be read (${reason})`);
    return undefined;
  }
}

function secretsOf(
  { WEBHOOK_SECRET: secret, WEBHOOK_SECRET_BEFORE: before }: Environment,
  isDevelopment: boolean,
  problems: string[],
): readonly string[] {
  const isWeak = (text: string) => !isDevelopment && Buffer.byteLength(text) < SHORTEST_SECRET;
  if (isWeak(secret ?? ""))
    problems.push(
      `WEBHOOK_SECRET is ${secret ? "weak" : "missing"}: give at least ${SHORTEST_SECRET} random bytes, here and on the App's page (openssl rand -hex 32); --dev starts without`,
    );
  if (before && isWeak(before))
    problems.push(`WEBHOOK_SECRET_BEFORE is weak: remove it, and exchange the secret`);
  return [secret || "development", ...(before ? [before] : [])];
}

/** Where the server keeps its jobs. */
export function databaseOf(environment: Environment, directory: string): DatabasePlace {
  const { DATABASE_URL: url, DATA_DIR: place = "chokepoint-data" } = environment;
  if (url) return { url };
  return { dataDirectory: isAbsolute(place) ? place : join(directory, place) };
}

function operatorTokenOf(text: string | undefined, problems: string[]): string | undefined {
  if (text && Buffer.byteLength(text) < SHORTEST_SECRET)
    problems.push(`OPERATOR_TOKEN is weak: give at least ${SHORTEST_SECRET} random bytes`);
  return text || undefined;
}

function reviewsAtOnceOf(text: string | undefined, problems: string[]): number {
  const count = Number(text || 2);
  if (Number.isInteger(count) && count >= 1 && count <= MOST_AT_ONCE) return count;
  problems.push(
    `REVIEWS_AT_ONCE is ${JSON.stringify(text)}: give a number from 1 to ${MOST_AT_ONCE}`,
  );
  return 1;
}

function pagesOf(text: string | undefined, problems: string[]): string | undefined {
  const read = readRulePages(text);
  if ("pages" in read) return read.pages;
  problems.push(read.problem);
  return undefined;
}
