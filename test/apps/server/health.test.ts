import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { createHealth } from "../../../src/apps/server/health.ts";

it("is not ready while its database does not answer, and lives all the same", async () => {
  const away = () => Promise.reject(new Error("the database is away"));
  const health = createHealth({ status: away, lastDelivery: away }, {
    reviews: { totals: away },
  } as unknown as Parameters<typeof createHealth>[1]);
  const server = createServer((request, response) => void health(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const status = async (path: string) => (await fetch(`${url}${path}`)).status;
  expect([await status("/healthz"), await status("/readyz"), await status("/metrics")]).toEqual([
    200, 503, 503,
  ]);
});
