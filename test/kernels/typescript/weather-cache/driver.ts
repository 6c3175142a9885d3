import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/weather.ts";

export function scenario({ WeatherCache }: typeof Twin): Scenario {
  return async (world) => {
    let calls = 0;
    const cache = new WeatherCache({
      async forecast(city) {
        calls++;
        if (calls === 1) return await world.fails(new Error("service is down"));
        return await world.step({ city, celsius: 20 });
      },
    });
    await Promise.allSettled([cache.forecast("Bern")]);
    const [second] = await Promise.allSettled([cache.forecast("Bern")]);
    return second.status === "fulfilled" ? undefined : "one failure is served for ever";
  };
}
