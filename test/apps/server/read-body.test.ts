import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { RequestError, readBody } from "../../../src/apps/server/read-body.ts";

it("waits for no body for longer than it may, and takes none that is cut off", async () => {
  const read: Promise<unknown>[] = [];
  const server = createServer((incoming) => {
    read.push(readBody(incoming, { patience: 200 }).catch((error: unknown) => error));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const begun = () => {
    const outgoing = request({ port, host: "127.0.0.1", method: "POST" });
    outgoing.on("error", () => undefined);
    outgoing.write("a drop");
    return outgoing;
  };
  begun();
  while (read.length < 1) await new Promise((resolve) => setTimeout(resolve, 10));
  const [slow] = await Promise.all(read);
  expect(slow).toBeInstanceOf(RequestError);
  expect(slow).toMatchObject({ status: 408 });
  const cut = begun();
  while (read.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  cut.destroy();
  expect(await read[1]).toMatchObject({ status: 400 });
});
