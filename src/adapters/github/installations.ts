import { createPrivateKey, sign } from "node:crypto";
import { type Client, createPacer, openClient, type Pacer, statusOf } from "./client.ts";
import { OWNERS_REPOSITORY } from "./organization-config.ts";

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
  /** With a token that is good for one repository, and no more than reviews need; with less where less is granted. */
  client(place: InstalledPlace): Promise<Client>;
  /** With a token for what only some installers grant, good for one repository; undefined where they did not. */
  clientWith(place: InstalledPlace, extra: Extra): Promise<Client | undefined>;
  /** With a token that may read the owner's `.github` alone; undefined where the App is not installed on that. */
  ownersClient(installation: number): Promise<Client | undefined>;
  /** What was granted has changed: tokens and refusals of an installation count no more. */
  forget(installation: number): void;
  /** What the App's own comments are signed with. */
  login(): Promise<string>;
}

const PERMISSIONS = {
  checks: "write",
  contents: "read",
  metadata: "read",
  pull_requests: "write",
} as const;

/** What reviews do without, and some ask for: code scanning, and resolving threads. */
export type Extra = "security_events: write" | "contents: write";

const EXTRAS = {
  "security_events: write": { metadata: "read", security_events: "write" },
  "contents: write": { contents: "write", metadata: "read", pull_requests: "write" },
} as const;

/** So long it is remembered that there is no such token. Milliseconds. */
const REFUSED = 10 * 60_000;

/** A token lives for an hour; one that has less left than this is not begun with. Milliseconds. */
const LEFT = 10 * 60_000;

type TokenRequest = NonNullable<
  Parameters<Client["rest"]["apps"]["createInstallationAccessToken"]>[0]
>;

interface Kept {
  readonly client: Client;
  readonly until: number;
}

/** Mints tokens when they are needed, and keeps them while they last, in memory alone. `pace`: see `createPacer`. */
export function createInstallations(app: AppCredentials, pace?: number): Installations {
  const { apiUrl } = app;
  const tokens = new Map<string, Promise<Kept>>();
  /** Tokens that GitHub does not give, and until when nobody asks again. */
  const refused = new Map<string, number>();
  const pacers = new Map<number, Pacer>();
  const own = createPacer(0);
  let login: Promise<string> | undefined;

  const asApp = () => openClient({ token: appToken(app, Date.now()), apiUrl, pacer: own });

  async function mint(
    installation: number,
    reach: Pick<TokenRequest, "repositories" | "repository_ids" | "permissions">,
  ): Promise<Kept> {
    const { data } = await asApp().rest.apps.createInstallationAccessToken({
      installation_id: installation,
      ...reach,
    });
    const pacer = pacers.get(installation) ?? createPacer(pace);
    pacers.set(installation, pacer);
    return {
      client: openClient({ token: data.token, apiUrl, pacer }),
      until: Date.parse(data.expires_at),
    };
  }

  /** For reviews; where the installer grants less than they need, with that: what fails for it then says what is missing. */
  async function mintForReviews({ installation, repository }: InstalledPlace): Promise<Kept> {
    const reach = { repository_ids: [repository] };
    try {
      return await mint(installation, { ...reach, permissions: PERMISSIONS });
    } catch (error) {
      if (statusOf(error) !== 422) throw error;
      const granted = await grantedOf(installation);
      // Then it was not for the permissions.
      if (Object.entries(PERMISSIONS).every(([name, level]) => granted[name] === level))
        throw error;
      return mint(installation, { ...reach, permissions: granted });
    }
  }

  /** What reviews need, as far as the installer grants it. */
  async function grantedOf(installation: number): Promise<Record<string, "read" | "write">> {
    const { data } = await asApp().rest.apps.getInstallation({ installation_id: installation });
    const has = new Map<string, unknown>(Object.entries(data.permissions));
    return Object.fromEntries(
      Object.entries(PERMISSIONS).flatMap(([name, level]) => {
        if (!has.has(name)) return [];
        return [[name, has.get(name) === "write" ? level : "read"]];
      }),
    );
  }

  /** One token for each purpose, while it lasts. Whoever asks while it is made waits for the same one. */
  async function kept(key: string, make: () => Promise<Kept>): Promise<Client> {
    const known = tokens.get(key);
    if (known && (await known).until - Date.now() > LEFT) return (await known).client;
    const made = tokens.get(key) === known ? make() : (tokens.get(key) ?? make());
    tokens.set(key, made);
    made.catch(() => tokens.get(key) === made && tokens.delete(key));
    return (await made).client;
  }

  /** Undefined where GitHub says that the installation does not reach so far. */
  async function granted(key: string, make: () => Promise<Kept>): Promise<Client | undefined> {
    if ((refused.get(key) ?? 0) > Date.now()) return undefined;
    try {
      return await kept(key, make);
    } catch (error) {
      if (statusOf(error) !== 422 && statusOf(error) !== 404) throw error;
      refused.set(key, Date.now() + REFUSED);
      return undefined;
    }
  }

  return {
    app: asApp,
    client: (place) =>
      kept(`${place.installation}/${place.repository}`, () => mintForReviews(place)),
    clientWith: ({ installation, repository }, extra) =>
      granted(`${installation}/${repository}/${extra}`, () =>
        mint(installation, { repository_ids: [repository], permissions: EXTRAS[extra] }),
      ),
    ownersClient: (installation) =>
      granted(`${installation}/owner`, () =>
        mint(installation, {
          repositories: [OWNERS_REPOSITORY],
          permissions: { contents: "read" },
        }),
      ),
    forget(installation) {
      for (const map of [tokens, refused])
        for (const key of map.keys()) if (key.startsWith(`${installation}/`)) map.delete(key);
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
