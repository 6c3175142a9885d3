/**
 * A GitHub to try the App with, on this machine alone: `node dist/bench/fake-github.js [--port 4000]`. It makes an App by the
 * button of the setup page, and opens a pull request with a fault when it is told to; docs/setup.md has the steps.
 */
import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { faulty } from "../test/apps/server/hub.ts";
import { openFakeGitHub } from "../test/fake-github/fake-github.ts";
import type { Pull } from "../test/fake-github/world.ts";
import { helpIfAsked } from "./help.ts";

helpIfAsked(import.meta.url);
const { values } = parseArgs({ options: { port: { type: "string", default: "4000" } } });
const url = `http://127.0.0.1:${Number(values.port)}`;
const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };
const SECRET = "a webhook secret of the fake GitHub";
const github = await openFakeGitHub();
const { world, deliveries } = github;
world.push("main", { "go.mod": "module example.com/hub\n\ngo 1.22\n" });

interface Answer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The page behind the button: a person would give the App a name there. */
function makeApp(state: string, form: URLSearchParams): Answer {
  const manifest = JSON.parse(form.get("manifest") ?? "{}");
  deliveries.target = { url: manifest.hook_attributes.url, secret: SECRET };
  return { status: 302, headers: { location: `${manifest.redirect_url}?code=one&state=${state}` } };
}

function newApp(): Answer {
  const app = {
    id: github.appId,
    pem: github.privateKey,
    webhook_secret: SECRET,
    html_url: `${url}/apps/${world.slug}`,
  };
  return { status: 201, body: JSON.stringify(app), headers: JSON_TYPE };
}

/** Opens a pull request, waits for its check, and shows what was said. */
async function openPull(): Promise<Answer> {
  const number = world.pulls.length + 1;
  world.push(`topic-${number}`, { [`p${number}/hub.go`]: faulty("Hub") }, { from: "main" });
  const pull = world.open(`topic-${number}`);
  const status = await github.tell(pull, "opened");
  if (status !== 200)
    return { status: 502, body: `the App's server answered ${status || "nothing"}\n` };
  for (let waited = 0; waited < 600 && !checkOf(pull); waited++) await pause(100);
  const check = checkOf(pull);
  if (!check) return { status: 504, body: "no review within a minute: see the server's log\n" };
  const comments = world.comments.filter(({ commit }) => commit === pull.head);
  const said = comments.map(({ path, line, body }) => `${path}:${line}\n\n${body}`);
  return { status: 200, body: `check: ${check.output.title}\n\n${said.join("\n")}` };
}

function checkOf({ head }: Pull) {
  return world.checkRuns.find((run) => run.head === head && run.status === "completed");
}

async function passOn(request: IncomingMessage): Promise<Answer> {
  const { method = "GET" } = request;
  const headers = { authorization: request.headers.authorization ?? "" };
  const body = method === "GET" ? undefined : await text(request);
  const path = (request.url ?? "/").replace(/^\/api\/v3/, "");
  const answer = await fetch(`${github.url}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body }),
  });
  const link = answer.headers.get("link");
  const links = link ? { link: link.replaceAll(github.url, url) } : {};
  return {
    status: answer.status,
    body: await answer.text(),
    headers: { ...JSON_TYPE, ...links },
  };
}

async function answer(request: IncomingMessage): Promise<Answer> {
  const { pathname, searchParams } = new URL(request.url ?? "/", url);
  const asked = `${request.method} ${pathname}`;
  if (asked === "POST /settings/apps/new")
    return makeApp(searchParams.get("state") ?? "", new URLSearchParams(await text(request)));
  if (asked === "POST /app-manifests/one/conversions") return newApp();
  if (asked === "POST /open") return openPull();
  if (asked === `GET /apps/${world.slug}/installations/new`)
    return { status: 200, body: `It is installed on ${world.owner}/${world.name} already.\n` };
  return passOn(request);
}

createServer((request, response) => {
  answer(request).then(
    ({ status, body, headers }) => response.writeHead(status, headers).end(body),
    (error: unknown) => response.writeHead(500).end(`${String(error)}\n`),
  );
}).listen(Number(values.port), "127.0.0.1", () => {
  console.log(`A GitHub for trying: GITHUB_API_URL=${url}`);
  console.log(`When the App's server runs: curl -X POST ${url}/open`);
  console.log(`For a review without a server: GITHUB_TOKEN=${github.personalToken}`);
});
