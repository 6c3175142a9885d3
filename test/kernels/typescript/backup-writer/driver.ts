import type { Scenario } from "../../../harness/every-order.ts";
import { Readable, Writable } from "node:stream";
import type * as Twin from "./fixed/backup.ts";

export function scenario({ BackupWriter }: typeof Twin): Scenario {
  return async (world) => {
    const dump = new Readable({ read() {} });
    const file = new Writable({ write: (_chunk, _encoding, done) => done() });
    const writer = new BackupWriter({ create: () => file }, { info() {}, warn() {} });
    dump.push("rows");
    world.happens(() => {
      if (!dump.destroyed) dump.push(null);
    });
    world.happens(() => {
      if (!dump.readableEnded) dump.destroy(new Error("the server went away"));
    });
    await writer.write("nightly", dump).catch(() => {});
    return undefined;
  };
}
