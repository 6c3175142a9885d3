import type { BlockId, FunctionModel } from "../model/function.ts";
import { reaches } from "../model/reaches.ts";
import { successors } from "../model/successors.ts";
import type { StuckThread } from "./explorer/explore.ts";

/**
 * Whether a thread is stuck with what it has sent before, in a loop that reads on until its source ends and sends what it finds on
 * the way. How often a stream says such a thing is its protocol's affair:
 *
 *     for lines.Scan() {
 *         if port, ok := portIn(lines.Text()); ok {
 *             ready <- port        // a buffer of one, and one line of the kind
 *         }
 *     }
 *
 * An error may come each time, and what ranges over a collection finds as many as there are.
 */
export function isAnnouncedBefore(stuck: StuckThread): boolean {
  const { thread, events, waitsFor, function: model } = stuck;
  const [send] = waitsFor;
  if (send?.kind !== "send") return false;
  const told = `sends on ${send.channel.text}`;
  if (!events.some((one) => one.thread === thread && one.action === told)) return false;
  const goal = model.blocks.findIndex(({ operations }) => operations.includes(send));
  return goal >= 0 && isChosenOnTheWay(model, goal);
}

/** Whether the nearest loop around a block is one of a condition, and a branch inside of it may pass the block by. */
function isChosenOnTheWay({ blocks }: FunctionModel, goal: BlockId): boolean {
  const heads = blocks.flatMap(({ kind, end }, head) =>
    kind === "for-head" && end.kind === "branch" && reaches(blocks, goal, head) ? [head] : [],
  );
  const around = heads.filter((head) => reaches(blocks, head, goal));
  if (around.length === 0) return false;
  return around.every((head) =>
    blocks.some(({ end }, at) => {
      if (at === head || end.kind !== "branch" || end.condition?.isErrorTest) return false;
      const isInLoop = reaches(blocks, head, at) && reaches(blocks, at, head);
      return (
        isInLoop &&
        leadsTo(at, goal, head) &&
        successors(end).some((to) => !leadsTo(to, goal, head))
      );
    }),
  );

  function leadsTo(from: BlockId, to: BlockId, without: BlockId): boolean {
    return from === to || (from !== without && reaches(blocks, from, to, without));
  }
}
