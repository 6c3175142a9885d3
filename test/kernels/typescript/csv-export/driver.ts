import { Writable } from "node:stream";
import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/export.ts";

const LINES = 20;

export function scenario({ exportCsv }: typeof Twin): Scenario {
  return async (world) => {
    let most = 0;
    let waiting = 0;
    const target = new Writable({
      highWaterMark: 8,
      write(_chunk, _encoding, done) {
        world.happens(() => {
          waiting--;
          done();
        });
      },
    });
    const write = target.write.bind(target);
    target.write = ((chunk: string) => {
      waiting++;
      most = Math.max(most, waiting);
      return write(chunk);
    }) as typeof target.write;
    async function* measurements(): AsyncIterable<Twin.Measurement> {
      for (let at = 0; at < LINES; at++) yield { sensor: "s", at, value: 1 };
    }
    await exportCsv(measurements(), target, { header: false });
    return most < 4 ? undefined : `${most} lines waited in memory`;
  };
}
