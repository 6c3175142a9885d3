import { createPublicKey, generateKeyPairSync, randomUUID, verify } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { OWNERS_REPOSITORY } from "../../src/adapters/github/organization-config.ts";
import { type Json, matchOperation } from "./contract.ts";
import { Deliveries } from "./deliveries.ts";
import { answerGraphql } from "./graphql.ts";
import { handlers, type Reach } from "./handlers.ts";
import { allows } from "./permissions.ts";
import { Refusal } from "./refusal.ts";
import { pullOf, userOf } from "./representations.ts";
import { WriteCounter } from "./secondary-limit.ts";
import { type Pull, World } from "./world.ts";

/** What goes wrong once, at the next request that it is for. */
export interface Fault {
  /** `METHOD /path/with/{names}`, as GitHub's description has it. */
  readonly operation: string;
  /**
   * lost: done, and the answer is a 502. broken: done, and the connection ends. refused: not done. silent: done, and never
   * answered. held: done and answered once `until` is settled.
   */
  readonly kind: "lost" | "broken" | "refused" | "silent" | "held";
  readonly until?: Promise<unknown>;
  /** Called when the request has come, before it is answered. */
  readonly onReached?: () => void;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Telling {
  readonly guid?: string;
  readonly payload?: Json;
  readonly isLost?: boolean;
}

interface Token {
  /** Login of who has it. */
  readonly caller: string;
  readonly permissions: Json;
  readonly repositories: Reach;
}

const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "pkcs1", format: "pem" },
});

/** A GitHub over real HTTP: held to GitHub's own API description, with a real git repository behind it. */
export interface FakeGitHub {
  readonly url: string;
  readonly world: World;
  readonly deliveries: Deliveries;
  /** Of the App. */
  readonly privateKey: string;
  readonly appId: number;
  /** A person's token. */
  readonly personalToken: string;
  /** `METHOD /path` of each request, in order. */
  readonly requests: string[];
  readonly faults: Fault[];
  /** Tells the App of a pull request, with a signature; answers the status. What is lost on the way has none: 0. */
  tell(pull: Pull, action: string, more?: Telling): Promise<number>;
  /** A payload's repository and installation. */
  place(): Json;
  /** What it tells of a pull request. */
  payload(pull: Pull, action: string): Json;
  /** Stops; answers what was asked or answered that GitHub's API has not. */
  stop(): Promise<readonly string[]>;
}

/** Below this an Enterprise Server has its REST API, and beside it GraphQL. */
const ENTERPRISE = { rest: "/api/v3", graphql: "/api/graphql" };

/** Starts it. Tests have their own start, in `for-test.ts`. */
export async function openFakeGitHub({
  isEnterprise = false,
}: {
  readonly isEnterprise?: boolean;
} = {}): Promise<FakeGitHub> {
  const world = new World();
  const deliveries = new Deliveries();
  const tokens = new Map<string, Token>();
  const requests: string[] = [];
  const faults: Fault[] = [];
  const violations: string[] = [];
  const writes = new WriteCounter();
  const personalToken = `ghp_${randomUUID()}`;
  tokens.set(personalToken, {
    caller: "octocat",
    permissions: { contents: "write", pull_requests: "write", checks: "read" },
    repositories: undefined,
  });

  function whoIs(request: IncomingMessage): Token | undefined {
    const [, token = ""] =
      /^(?:token|bearer) (.+)$/i.exec(request.headers.authorization ?? "") ?? [];
    if (isOfTheApp(token)) return { caller: "app", permissions: {}, repositories: undefined };
    return tokens.get(token);
  }

  function mintToken(repositories: Reach, wanted: Json | undefined): Json {
    if (repositories?.includes(OWNERS_REPOSITORY) && world.organizationConfig === undefined)
      throw new Refusal(422, "There is at least one repository that does not exist.");
    const permissions = wanted ?? world.permissions;
    for (const [name, level] of Object.entries(permissions)) {
      const granted = world.permissions[name];
      if (granted !== "write" && granted !== level)
        throw new Refusal(422, "The permissions requested are not granted to this installation.");
    }
    const token = `ghs_${randomUUID()}`;
    world.minted.push({ repositories, permissions: wanted });
    tokens.set(token, { caller: `${world.slug}[bot]`, permissions, repositories });
    return { token, expires_at: "2099-01-01T00:00:00Z", permissions };
  }

  /** A page that is full has another behind it. Deliveries are counted on from the last one, everything else by number. */
  function nextPage(path: string, query: URLSearchParams, answer: unknown): Record<string, string> {
    const size = Number(query.get("per_page") ?? 30);
    const page = (answer as Json | undefined)?.["check_runs"] ?? answer;
    if (!Array.isArray(page) || page.length < size) return {};
    const next = new URLSearchParams(query);
    if (path === "/app/hook/deliveries") next.set("cursor", String(page.at(-1).id));
    else next.set("page", String(Number(query.get("page") ?? 1) + 1));
    return { link: `<${address()}${path}?${next}>; rel="next"` };
  }

  /** An operation's path, wherever this GitHub has it. */
  function pathOf(path: string): string {
    if (!isEnterprise) return path;
    if (path === ENTERPRISE.graphql) return "/graphql";
    return path.startsWith(`${ENTERPRISE.rest}/`)
      ? path.slice(ENTERPRISE.rest.length)
      : `beside the API: ${path}`;
  }

  function answer(request: IncomingMessage, path: string, query: URLSearchParams, body: Json) {
    const method = request.method ?? "GET";
    const token = whoIs(request);
    if (!token) throw new Refusal(401, "Bad credentials");
    if (method === "POST" && path === "/graphql")
      return { status: 200, body: answerGraphql(world, body, token.permissions), headers: {} };
    const operation = matchOperation(method, path);
    const handler = operation && handlers[operation.name];
    if (!operation || !handler) {
      violations.push(`${method} ${path}: nobody said that we call this`);
      throw new Refusal(501, "not in the fake");
    }
    const { name, parameters, status } = operation;
    const { repo } = parameters;
    if (repo !== undefined && repo !== world.name && repo !== OWNERS_REPOSITORY)
      throw new Refusal(404, "Not Found");
    if (token.repositories?.includes(OWNERS_REPOSITORY) && repo !== OWNERS_REPOSITORY)
      throw new Refusal(404, "Not Found");
    if (!allows(name, token.caller === "app" ? "app" : token.permissions, world.permissions))
      throw new Refusal(403, "Resource not accessible by integration");
    const wrong = operation.check(query, body);
    if (wrong.length > 0) {
      violations.push(`${method} ${path}: ${wrong.join("; ")}`);
      throw new Refusal(422, wrong.join("; "));
    }
    const { caller } = token;
    if (method !== "GET" && caller !== "app" && world.secondaryLimit)
      writes.count(world.secondaryLimit);
    const call = { world, deliveries, caller, parameters, query, body, mintToken };
    const values = handler(call);
    if (values === undefined) return { status, body: undefined, headers: {} };
    const filled = operation.fill(values);
    const unlike = operation.checkAnswer(filled);
    if (unlike.length > 0) violations.push(`answer of ${name}: ${unlike.join("; ")}`);
    return { status, body: filled, headers: nextPage(path, query, filled) };
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://fake");
    const path = pathOf(url.pathname);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    requests.push(`${request.method} ${path}`);
    const name =
      path === "/graphql" ? "POST /graphql" : matchOperation(request.method ?? "", path)?.name;
    const at = faults.findIndex(({ operation }) => operation === name);
    const fault = at === -1 ? undefined : faults.splice(at, 1)[0];
    const send = (status: number, body: unknown, headers = {}) => {
      response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    if (fault?.kind === "refused")
      return send(fault.status ?? 500, { message: "a fault" }, fault.headers);
    try {
      const { status, body, headers } = answer(
        request,
        path,
        url.searchParams,
        text === "" ? {} : (JSON.parse(text) as Json),
      );
      fault?.onReached?.();
      await fault?.until;
      if (fault?.kind === "silent") return;
      if (fault?.kind === "broken") request.socket.destroy();
      else if (fault?.kind === "lost") send(fault.status ?? 502, { message: "Bad gateway" });
      else send(status, body, headers);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, message, headers } = error;
      send(status, { message, documentation_url: "https://docs.github.example" }, headers);
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      violations.push(`${request.method} ${request.url}: ${String(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = () =>
    `http://127.0.0.1:${(server.address() as AddressInfo).port}${isEnterprise ? ENTERPRISE.rest : ""}`;
  const place = () => ({
    installation: { id: world.installation },
    repository: { id: world.repositoryId, name: world.name, owner: userOf(world.owner) },
  });
  const payload = (pull: Pull, action: string): Json => ({
    action,
    number: pull.number,
    pull_request: pullOf(world, pull),
    ...place(),
  });
  return {
    url: address(),
    world,
    deliveries,
    privateKey,
    appId: 42,
    personalToken,
    requests,
    faults,
    place,
    async stop() {
      server.closeAllConnections();
      server.close();
      await deliveries.settled();
      world.git.remove();
      return violations;
    },
    payload,
    tell: (pull, action, { payload: more = {}, ...how } = {}) =>
      deliveries.send("pull_request", { ...payload(pull, action), ...more }, how),
  };
}

/** A JSON web token that the App's key has signed. */
function isOfTheApp(token: string): boolean {
  const [header, payload, signature] = token.split(".");
  if (!header || !payload || !signature) return false;
  return verify(
    "RSA-SHA256",
    Buffer.from(`${header}.${payload}`),
    createPublicKey(publicKey),
    Buffer.from(signature, "base64url"),
  );
}
