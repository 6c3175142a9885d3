import { defineRule, expiredRefreshes, source } from "#kit";

export default defineRule({
  id: "ts/expired-refresh-race",
  group: "races",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /expir|valid|refresh|renew|stale/i,
  yieldsTo: ["ts/lazy-init-race"],

  docs: {
    summary: "Every caller that finds a token or lease expired renews it",
    why: "As long as the first renewal is on its way, each further caller finds the old time too and renews again. A refresh token that may be used once is refused the second time, the grant is revoked, or the slower answer overwrites the newer token.",
    instead:
      "Keep the promise of the renewal, and let all wait for it: `this.refreshing ??= this.refresh().finally(() => { this.refreshing = undefined })`.",
    bad: {
      "two requests use one refresh token": source`
        declare function renew(): Promise<{ token: string; lifetime: number }>;

        export class Session {
          private token = "";
          private expiresAt = 0;

          async header(): Promise<string> {
            if (this.expiresAt < Date.now()) {
              const { token, lifetime } = await renew();
              this.token = token;
              this.expiresAt = Date.now() + lifetime; // want "every call that finds this.expiresAt past calls renew"
            }
            return this.token;
          }
        }
      `,
    },
    good: {
      "all wait for one renewal": source`
        declare function renew(): Promise<{ token: string; lifetime: number }>;

        export class Session {
          private token = "";
          private expiresAt = 0;
          private renewal: Promise<void> | undefined;

          async header(): Promise<string> {
            if (this.expiresAt < Date.now()) {
              this.renewal ??= this.renew();
              await this.renewal;
            }
            return this.token;
          }

          private async renew(): Promise<void> {
            const { token, lifetime } = await renew();
            this.token = token;
            this.expiresAt = Date.now() + lifetime;
            this.renewal = undefined;
          }
        }
      `,
    },
    limits: [
      "The time is a field of this or a name from outside of the function that sounds like an end: expiresAt, validUntil; it is compared with the present time, and set after an await.",
      "Silent where anything shared is stored before the await, where a stored promise is awaited, and under a lock.",
    ],
  },

  *check({ use }) {
    for (const { expiry, testedAt, awaitedAt, writtenAt, renewed } of use(expiredRefreshes)) {
      yield {
        at: writtenAt,
        message: `every call that finds ${expiry} past calls ${renewed} again, as long as the first one waits`,
        related: [
          { at: testedAt, note: `${expiry} is looked at here` },
          { at: awaitedAt, note: "here further calls can begin" },
        ],
        trace: {
          threads: ["first call", "second call"],
          steps: [
            { thread: 0, at: testedAt, action: `finds ${expiry} past`, waits: false },
            { thread: 0, at: awaitedAt, action: `calls ${renewed}, and waits`, waits: false },
            { thread: 1, at: testedAt, action: `finds ${expiry} still past`, waits: false },
            { thread: 1, at: awaitedAt, action: `calls ${renewed} a second time`, waits: false },
            { thread: 0, at: writtenAt, action: `sets ${expiry}`, waits: false },
            { thread: 1, at: writtenAt, action: `sets ${expiry} again`, waits: false },
          ],
        },
        about: [writtenAt, testedAt],
      };
    }
  },
});
