import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { startApp } from "./app.ts";
import { faulty, told } from "./hub.ts";

/** A server that nobody shall ask: what was asked of it. */
async function bait(): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** Every address in a payload leads to the bait, with the same path. */
function redirected(value: unknown, to: string): unknown {
  if (typeof value === "string") return value.replace(/^https?:\/\/[^/]+/, to);
  if (Array.isArray(value)) return value.map((one) => redirected(one, to));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, redirected(one, to)]));
}

/** Files with an address wherever a tool might follow one. */
const filesWith = (url: string): Record<string, string> => ({
  "hub.go": faulty("Hub"),
  ".chokepoint.yml": `extends: ${url}/config.yml\n`,
  ".gitmodules": `[submodule "x"]\n\tpath = x\n\turl = ${url}/x.git\n`,
  ".gitattributes": "*.bin filter=lfs\n",
  ".lfsconfig": `[lfs]\n\turl = ${url}/lfs\n`,
  ".npmrc": `registry=${url}/\n`,
  "package.json": JSON.stringify({ dependencies: { evil: `${url}/evil.tgz` } }),
  "tsconfig.json": JSON.stringify({ $schema: `${url}/schema`, extends: `${url}/tsconfig.json` }),
  "page.ts": `/// <reference path="${url}/types.d.ts" />
import { run } from "${url}/run.ts";
import "./near.ts";
export const page = () => run("${url}/api");
//# ${"source"}MappingURL=${url}/page.js.map
`,
  "near.ts": `export * from "${url}/near.ts";\n`,
});

it("asks nobody but the API that the operator named, whatever address a delivery, a configuration or the code gives", async () => {
  const { url, asked } = await bait();
  const app = await startApp();
  const { github } = app;
  const { world } = github;
  const base = {
    "go.mod": `module example.com/hub\n\ngo 1.22\n\nreplace example.com/x => ${url}/x v1.0.0\n`,
  };
  world.push("main", base);
  world.organizationConfig = `extends: ${url}/organization.yml\n`;
  world.push("topic", filesWith(url), { from: "main" });
  const pull = world.open("topic");

  async function reviewed(): Promise<string> {
    const { pull_request: change, ...more } = github.payload(pull, "synchronize");
    const installation = { id: world.installation, access_tokens_url: `${url}/tokens` };
    const places = { diff_url: `${url}/1.diff`, comments_url: `${url}/comments` };
    const payload = { ...more, pull_request: { ...(change as object), ...places }, installation };
    const status = await github.tell(pull, "synchronize", {
      payload: redirected(payload, url) as typeof more,
    });
    expect(status).toBe(200);
    return (await app.checked(pull)).output.title ?? "";
  }
  expect(await reviewed()).toBe("The configuration cannot be used");
  for (const [text, title] of [
    [`extends: ${url}/base.yml\n`, "The configuration cannot be used"],
    ["include: ['**']\n", "1 error"],
  ] as const) {
    world.push("main", { ".chokepoint.yml": text });
    world.push("topic", { [`${text.length}.md`]: url });
    expect(await reviewed()).toBe(title);
  }
  expect(told(app)).toHaveLength(1);
  expect(asked).toEqual([]);
});
