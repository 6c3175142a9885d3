import type { Logger } from "pino";
import { checkId, closeCheck } from "../../adapters/github/check.ts";
import type { Installations } from "../../adapters/github/installations.ts";
import type { Store } from "../../adapters/queue/store.ts";
import { plainReport } from "../../review/check-report.ts";

/** What waits, runs or is tried again has a job; what has none for so long is left behind. */
const MINUTES = 15;

const LEFT = plainReport(
  "The review came to no end",
  "`chokepoint review` in a comment, or the button of this check, tries once more.",
);

/** Ends checks that say that they run while nobody works at them any more; answers how many. */
export async function reapChecks(
  { reviews }: Pick<Store, "reviews">,
  installations: Pick<Installations, "client">,
  log: Logger,
): Promise<number> {
  const stuck = await reviews.stuck(MINUTES);
  for (const { id, owner, name, pull, head, ...place } of stuck) {
    const client = await installations.client(place);
    await closeCheck(client, { owner, repo: name }, head, checkId(pull), LEFT);
    await reviews.giveUp(id);
    log.warn(
      { repository: place.repository, pull, head },
      "a check that nobody works at is closed",
    );
  }
  return stuck.length;
}
