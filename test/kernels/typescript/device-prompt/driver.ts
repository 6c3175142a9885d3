import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/prompt.ts";

export function scenario({ askAll }: typeof Twin): Scenario {
  return async (world) => {
    let listener: (line: string) => void = () => undefined;
    const device = {
      onAnswer(heard: (line: string) => void) {
        listener = heard;
      },
      write: () => world.happens(() => listener("OK")),
    };
    const answers = await askAll(device, ["VER", " ", "ID"]);
    return answers.length === 3 ? undefined : "an answer is missing";
  };
}
