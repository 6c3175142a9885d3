import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { chokepoint } from "../cli/in-process.ts";
import { newDirectory, startApp } from "./app.ts";
import { opened, told } from "./hub.ts";

const TOKEN = "an operator's token, long enough";

describe("who runs the App", () => {
  it("loses no delivery to an outage: GitHub is asked to send it again", async () => {
    const app = await startApp();
    const pull = opened(app);
    await app.stop();
    expect(await app.github.tell(pull, "opened")).toBe(0);
    await app.start();
    await app.checked(pull);
    expect(told(app)).toHaveLength(1);
    const { log } = app.github.deliveries;
    expect(log[0]).toMatchObject({ status: 0, isRedelivery: false });
    expect(log.at(-1)).toMatchObject({ status: 200, isRedelivery: true });
  });

  it("sees the queue from the command line, of a server that runs and of one that does not", async () => {
    const directory = await newDirectory();
    const { code, out } = await chokepoint(directory, ["queue", "status"]);
    expect([code, out]).toEqual([0, expect.stringContaining("reviews      0 waiting")]);
    const app = await startApp({ environment: { OPERATOR_TOKEN: TOKEN } });
    const { port } = new URL(app.url());
    writeFileSync(join(app.directory, ".env"), `PORT=${port}\nOPERATOR_TOKEN=${TOKEN}\n`);
    const redriven = await chokepoint(app.directory, ["queue", "redrive"]);
    expect([redriven.code, redriven.out]).toEqual([0, "0 put back into the queue\n"]);
    const closed = await fetch(`${app.url()}/operator/queue`);
    expect(closed.status).toBe(401);
  });
});
