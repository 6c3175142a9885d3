import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { boxWalls } from "../../adapters/box.ts";
import { statusOf } from "../../adapters/github/client.ts";
import { createInstallations, type Installations } from "../../adapters/github/installations.ts";
import { ownDirectory } from "../own-package.ts";
import { ownBox } from "./serve.ts";
import { type Environment, readSettings } from "./settings.ts";

/** Something that `doctor` looked at. */
export interface AppCheck {
  readonly name: string;
  readonly says: string;
  readonly isFine: boolean;
}

interface Manifest {
  readonly default_permissions: Readonly<Record<string, string>>;
  readonly default_events: readonly string[];
}

/** Whether the App can work: its settings, what GitHub says to its key, what it was granted, whether deliveries arrive. */
export async function checkApp(environment: Environment, directory: string): Promise<AppCheck[]> {
  const read = readSettings(environment, directory, false);
  if (read.kind === "setup") return [];
  if (read.kind === "wrong")
    return read.problems.map((says) => ({ name: "App settings", says, isFine: false }));
  const installations = createInstallations(read.settings);
  return [
    ...read.settings.warnings.map((says) => ({ name: "App settings", says, isFine: false })),
    ...(await credentials(installations, read.settings.apiUrl)),
    await boxCheck(),
  ];
}

/** No change at all, to see whether an analysis comes to its end here. */
const NOTHING = {
  before: [],
  after: [],
  config: [],
  changes: [],
  pull: { isDraft: false, author: "", title: "", labels: [], into: "" },
};

async function boxCheck(): Promise<AppCheck> {
  const name = "App box";
  const analysis = ownBox().open(NOTHING);
  try {
    await analysis.look(new Map(), true);
  } catch (error) {
    const says = `no analysis comes to its end: ${error instanceof Error ? error.message : error}`;
    return { name, says, isFine: false };
  } finally {
    analysis.close();
  }
  const says = boxWalls().network
    ? "analyses run without a network"
    : "analyses could reach the network: this system does not let us close it (unshare -rn)";
  return { name, says, isFine: true };
}

async function credentials(installations: Installations, apiUrl: string): Promise<AppCheck[]> {
  try {
    const client = installations.app();
    const { data: app } = await client.rest.apps.getAuthenticated();
    const { data: places } = await client.rest.apps.listInstallations({ per_page: 100 });
    const { data: deliveries } = await client.rest.apps.listWebhookDeliveries({ per_page: 100 });
    const failed = deliveries.filter(({ status_code }) => status_code < 200 || status_code > 299);
    const missing = lacking(app?.permissions ?? {}, app?.events ?? []);
    return [
      {
        name: "App",
        says: `${app?.slug} at ${apiUrl}, ${installedAt(places.length, app?.html_url ?? "")}`,
        isFine: places.length > 0,
      },
      {
        name: "App permissions",
        says:
          missing.length === 0
            ? "as in app.yml"
            : `missing: ${missing.join(", ")}; grant them on the App's page`,
        isFine: missing.length === 0,
      },
      {
        name: "App deliveries",
        says: `${deliveries.length} lately, ${failed.length} of them failed${failed.length > 0 ? ": is the webhook's address right?" : ""}`,
        isFine: deliveries.length === 0 || failed.length < deliveries.length,
      },
    ];
  } catch (error) {
    const status = statusOf(error);
    const says =
      status === 401
        ? "GitHub does not take the key: are APP_ID and PRIVATE_KEY of the same App, and is the clock right?"
        : `${apiUrl} answers ${status ?? "nothing"}: ${error instanceof Error ? error.message : String(error)}`;
    return [{ name: "App", says, isFine: false }];
  }
}

function installedAt(places: number, page: string): string {
  if (places === 0) return `installed nowhere yet: ${page}/installations/new`;
  return places === 1 ? "installed once" : `installed ${places} times`;
}

/** What app.yml asks for, and the App has not. */
function lacking(permissions: object, events: readonly string[]): string[] {
  const manifest = parse(readFileSync(join(ownDirectory(), "app.yml"), "utf8")) as Manifest;
  const has = new Map<string, unknown>(Object.entries(permissions));
  const wanted = Object.entries(manifest.default_permissions).filter(
    ([name, level]) => has.get(name) !== level && has.get(name) !== "write",
  );
  return [
    ...wanted.map(([name, level]) => `${name}: ${level}`),
    ...manifest.default_events.filter((event) => !events.includes(event)),
  ];
}
