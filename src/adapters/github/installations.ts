import { createPrivateKey, sign } from "node:crypto";
import { type Client, createPacer, openClient, type Pacer } from "./client.ts";

/** An App, and where its GitHub is. */
export interface AppCredentials {
  readonly appId: number;
  readonly privateKey: string;
  /** Of the REST API, without a slash at the end. */
  readonly apiUrl: string;
}

/** A repository that the App is installed on. */
export interface InstalledPlace {
  readonly installation: number;
  /** Its number. */
  readonly repository: number;
}

/** The App's doors: itself, and each repository that it is installed on. */
export interface Installations {
  /** As the App itself: its settings and its deliveries. */
  app(): Client;
  /** With a token that is good for one repository, and no more than reviews need. */
  client(place: InstalledPlace): Promise<Client>;
  /** What the App's own comments are signed with. */
  login(): Promise<string>;
}

const PERMISSIONS = {
  checks: "write",
  contents: "read",
  metadata: "read",
  pull_requests: "write",
} as const;

/** A token lives for an hour; one that has less left than this is not begun with. Milliseconds. */
const LEFT = 10 * 60_000;

interface Kept {
  readonly client: Client;
  readonly until: number;
}

/** Mints tokens when they are needed, and keeps them while they last, in memory alone. `pace`: see `createPacer`. */
export function createInstallations(app: AppCredentials, pace?: number): Installations {
  const { apiUrl } = app;
  const kept = new Map<string, Promise<Kept>>();
  const pacers = new Map<number, Pacer>();
  const own = createPacer(0);
  let login: Promise<string> | undefined;

  const asApp = () => openClient({ token: appToken(app, Date.now()), apiUrl, pacer: own });

  async function mint({ installation, repository }: InstalledPlace): Promise<Kept> {
    const { data } = await asApp().rest.apps.createInstallationAccessToken({
      installation_id: installation,
      repository_ids: [repository],
      permissions: PERMISSIONS,
    });
    const pacer = pacers.get(installation) ?? createPacer(pace);
    pacers.set(installation, pacer);
    return {
      client: openClient({ token: data.token, apiUrl, pacer }),
      until: Date.parse(data.expires_at),
    };
  }

  return {
    app: asApp,
    async client(place) {
      const key = `${place.installation}/${place.repository}`;
      const known = kept.get(key);
      if (known && (await known).until - Date.now() > LEFT) return (await known).client;
      // Whoever asks meanwhile waits for the same one.
      const made = kept.get(key) === known ? mint(place) : (kept.get(key) ?? mint(place));
      kept.set(key, made);
      made.catch(() => kept.get(key) === made && kept.delete(key));
      return (await made).client;
    },
    login() {
      login ??= asApp()
        .rest.apps.getAuthenticated()
        .then(({ data }) => `${data?.slug}[bot]`);
      login.catch(() => {
        login = undefined;
      });
      return login;
    },
  };
}

/** Signed with the App's key, good for some minutes; a minute earlier, for clocks that differ. */
function appToken({ appId, privateKey }: AppCredentials, now: number): string {
  const seconds = Math.floor(now / 1000);
  const claims = { iat: seconds - 60, exp: seconds + 9 * 60, iss: String(appId) };
  const encoded = [{ alg: "RS256", typ: "JWT" }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString("base64url"),
  );
  const text = encoded.join(".");
  const signature = sign("RSA-SHA256", Buffer.from(text), createPrivateKey(privateKey));
  return `${text}.${signature.toString("base64url")}`;
}
