import { defineRule, source, staleChecks, unfilledMaps } from "#kit";

/** Two of what such a loader makes are one too many: connections, servers, processes. */
const MAKES_A_RESOURCE =
  /(^|\.)_?(create|connect|open|start|launch|listen|init|spawn|acquire|register|establish|setup|boot|subscribe|login)/i;

/** Keys that the platform works out: twice the same, in no time. */
const IS_CHEAP = /(^|\.)(importKey|deriveKey|deriveBits|digest)$/;
/** What a global names as being loaded is loaded alone: others could not tell to which their part belongs. */
const NAMES_THE_CURRENT = /(^|\.)_?(set|enter|begin)\w*Current/;

export default defineRule({
  id: "ts/cache-stampede",
  group: "races",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bawait\b|\bnew Map\b/,
  yieldsTo: ["ts/lazy-init-race"],

  docs: {
    summary:
      "A cache is filled after waiting for the loader, so that every caller of that time loads",
    why: "As long as the first load runs, each further caller misses too and loads the same again. Under load, and just after a restart, the backend gets many times the requests that the cache was to spare it.",
    instead:
      "Keep the promise in the map instead of the value (and delete it when it rejects), or keep a map of loads in flight.",
    bad: {
      "each caller of the first second loads": source`
        interface User { id: string }
        declare function fetchUser(id: string): Promise<User>;

        const users = new Map<string, User>();

        export async function userOf(id: string): Promise<User> {
          const known = users.get(id);
          if (known) return known;
          const user = await fetchUser(id);
          users.set(id, user); // want "every call of userOf with the same key loads again"
          return user;
        }
      `,
    },
    good: {
      "the promise is kept": source`
        interface User { id: string }
        declare function fetchUser(id: string): Promise<User>;

        const users = new Map<string, Promise<User>>();

        export function userOf(id: string): Promise<User> {
          let user = users.get(id);
          if (!user) {
            user = fetchUser(id);
            user.catch(() => users.delete(id));
            users.set(id, user);
          }
          return user;
        }
      `,
    },
    limits: [
      "The cache is a map or record of the module, of an outer function or of this, and the key is the same expression in the test and in the write.",
      "Also maps that are asked and never filled: private fields and names of a module, of which no use hands them on.",
      "Silent where a promise, or an entry of a map of loads in flight, is stored before the await, and under a lock.",
    ],
    whenNotToUse: "Where loading is cheap, or callers come one at a time.",
  },

  *check({ use }) {
    for (const { function: model, target, isCache, made, ...race } of use(staleChecks)) {
      if (!isCache || IS_CHEAP.test(made[0] ?? "")) continue;
      if (made.some((name) => NAMES_THE_CURRENT.test(name))) continue;
      const isResource = MAKES_A_RESOURCE.test(made[0] ?? "");
      yield {
        severity: isResource ? "warning" : "info",
        at: race.writtenAt,
        message: `every call of ${model.name} with the same key ${isResource ? `makes another one` : "loads again"} as long as the first one waits: ${target.text} is filled only after the await`,
        related: [
          { at: race.testedAt, note: "the cache is asked here" },
          { at: race.awaitedAt, note: "here further calls can begin" },
        ],
        trace: race.trace,
        about: [race.writtenAt, race.testedAt],
      };
    }
    for (const { at, name, askedAt } of use(unfilledMaps)) {
      yield {
        severity: "warning",
        at,
        message: `nobody puts anything into ${name}: whoever asks it finds nothing`,
        related: [{ at: askedAt, note: "it is asked here" }],
      };
    }
  },
});
