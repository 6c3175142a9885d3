import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { Octokit } from "@octokit/rest";
import { parse } from "yaml";
import { ownDirectory } from "../own-package.ts";
import { type Html, html } from "./html.ts";
import { type Handler, pathOf, WEBHOOK_PATH } from "./intake.ts";
import type { SetupSettings } from "./settings.ts";
import { websiteOf } from "./website.ts";

/** What GitHub hands out once for a new App. */
export interface NewApp {
  readonly id: number;
  readonly pem: string;
  readonly webhookSecret: string;
  readonly page: string;
}

/** Of a form that was shown; GitHub's page is open for an hour. */
const STATES_KEPT = 100;

/**
 * The setup page: `/` shows a button that takes app.yml to GitHub, where the App is made with one click, and `/setup`
 * gets what GitHub hands out. `keep` writes it down. The `state` of the form comes back, so that nobody else's App is set up.
 */
export function createSetupPage(
  { apiUrl }: Pick<SetupSettings, "apiUrl">,
  keep: (app: NewApp) => Promise<void>,
): Handler {
  const states = new Set<string>();
  return async (incoming, response) => {
    const path = pathOf(incoming);
    if (incoming.method !== "GET" || (path !== "/" && path !== "/setup")) return false;
    const answer = (status: number, body: Html) =>
      response
        .writeHead(status, {
          "content-type": "text/html; charset=utf-8",
          "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; form-action *",
        })
        .end(page(body).text);
    const query = new URLSearchParams(incoming.url?.split("?")[1] ?? "");
    if (path === "/") {
      const state = randomBytes(24).toString("base64url");
      states.add(state);
      if (states.size > STATES_KEPT)
        for (const oldest of [...states].slice(0, 1)) states.delete(oldest);
      const [organization] = /^[\w-]{1,100}$/.exec(query.get("organization") ?? "") ?? [];
      answer(200, form(baseUrlOf(incoming), websiteOf(apiUrl), { state, organization }));
      return true;
    }
    const code = query.get("code") ?? "";
    if (!states.delete(query.get("state") ?? "") || !/^[\w-]{1,200}$/.test(code)) {
      answer(
        400,
        html`<p>This link was not made by this page, or was used. <a href="/">Start again</a>.</p>`,
      );
      return true;
    }
    let app: NewApp;
    try {
      app = await convert(apiUrl, code);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      answer(
        502,
        html`<p>GitHub did not hand out the App: ${why}. <a href="/">Start again</a>.</p>`,
      );
      return true;
    }
    await keep(app);
    answer(
      200,
      html`<p>The App is made and written to <code>.env</code>. Restart <code>chokepoint serve</code>, then <a href="${app.page}/installations/new">install the App</a> on a repository.</p>`,
    );
    return true;
  };
}

async function convert(apiUrl: string, code: string): Promise<NewApp> {
  const { data } = await new Octokit({ baseUrl: apiUrl }).rest.apps.createFromManifest({ code });
  const { id, pem, webhook_secret: webhookSecret, html_url: page } = data;
  if (!webhookSecret) throw new Error("GitHub gave the new App no webhook secret");
  return { id, pem, webhookSecret, page };
}

interface Wanted {
  readonly state: string;
  /** Whose App it will be; undefined: of the person who presses the button. */
  readonly organization: string | undefined;
}

function form(baseUrl: string, website: string, { state, organization }: Wanted): Html {
  const owner = organization === undefined ? website : `${website}/organizations/${organization}`;
  const manifest = {
    ...(parse(readFileSync(join(ownDirectory(), "app.yml"), "utf8")) as object),
    redirect_url: `${baseUrl}/setup`,
    hook_attributes: { url: `${baseUrl}${WEBHOOK_PATH}`, active: true },
  };
  return html`<p>This server has no GitHub App yet. The button takes you to GitHub with everything filled in; you give it a name.</p>
<form method="post" action="${owner}/settings/apps/new?state=${state}">
<input type="hidden" name="manifest" value="${JSON.stringify(manifest)}">
<button>Make the App${organization === undefined ? "" : ` of ${organization}`}</button></form>
<form><p>It can be installed where its owner's repositories are. For an organisation: <input name="organization" placeholder="its name" required> <button>Fill in</button></p></form>
<p>With an App that is there already: <code>docs/setup.md</code>.</p>`;
}

function page(body: Html): Html {
  return html`<!doctype html><html lang="en"><meta charset="utf-8"><title>Chokepoint: setup</title>
<style>body{font:16px/1.5 system-ui;max-width:40rem;margin:4rem auto;padding:0 1rem}button{font:inherit;padding:.5rem 1rem}</style>
<h1>Chokepoint</h1>${body}</html>`;
}

function baseUrlOf(incoming: IncomingMessage): string {
  const forwarded = incoming.headers["x-forwarded-proto"];
  const protocol = forwarded === "https" ? "https" : "http";
  return `${protocol}://${incoming.headers["x-forwarded-host"] ?? incoming.headers.host ?? "localhost"}`;
}
