import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/playlist.ts";

export function scenario({ PlaylistEditor }: typeof Twin): Scenario {
  return async (world) => {
    const tracks = ["a", "b", "c"].map((id) => ({ id, title: id }));
    const editor = new PlaylistEditor({ removeTrack: () => world.step(undefined) }, "mix", tracks);
    await Promise.all([editor.remove("a"), editor.remove("b")]);
    return editor.titles.join() === "c" ? undefined : "the wrong track was removed";
  };
}
