export interface Grant {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** In seconds. */
  readonly expiresIn: number;
}

export interface AuthorizationServer {
  refresh(refreshToken: string): Promise<Grant>;
}

const EARLY = 30_000;

/** Hands out an access token that is valid for a while yet. */
export class AccessTokens {
  readonly #server: AuthorizationServer;
  readonly #now: () => number;
  #accessToken: string;
  #refreshToken: string;
  #expiresAt: number;

  constructor(server: AuthorizationServer, grant: Grant, now: () => number = Date.now) {
    this.#server = server;
    this.#now = now;
    this.#accessToken = grant.accessToken;
    this.#refreshToken = grant.refreshToken;
    this.#expiresAt = now() + grant.expiresIn * 1_000;
  }

  async header(): Promise<Record<string, string>> {
    if (this.#expiresAt - EARLY < this.#now()) {
      const grant = await this.#server.refresh(this.#refreshToken);
      this.#accessToken = grant.accessToken;
      this.#refreshToken = grant.refreshToken;
      this.#expiresAt = this.#now() + grant.expiresIn * 1_000;
    }
    return { authorization: `Bearer ${this.#accessToken}` };
  }
}
