import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/tokens.ts";

export function scenario({ AccessTokens }: typeof Twin): Scenario {
  return async (world) => {
    const used = new Map<string, number>();
    let made = 0;
    const server = {
      async refresh(refreshToken: string) {
        used.set(refreshToken, (used.get(refreshToken) ?? 0) + 1);
        made++;
        return await world.step({
          accessToken: `access ${made}`,
          refreshToken: `refresh ${made}`,
          expiresIn: 3_600,
        });
      },
    };
    const first = { accessToken: "access", refreshToken: "refresh", expiresIn: 0 };
    const tokens = new AccessTokens(server, first);
    await Promise.all([tokens.header(), tokens.header()]);
    return [...used.values()].some((times) => times > 1)
      ? "the refresh token was used twice"
      : undefined;
  };
}
