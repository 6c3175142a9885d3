import { areMapWrites, capturedRaces, defineRule, source, threadRaces } from "#kit";

export default defineRule({
  id: "go/racy-map-write",
  group: "goroutines",
  severity: "error",
  since: "0.1.0",
  interest: /\bgo\b|\bGo\(|AfterFunc\(/,
  aliases: ["racy-write-to-map", "race_on_shared_map"],

  docs: {
    summary: "Map that goroutines write without a lock",
    why: "A map written by two goroutines at once ends the whole program: «concurrent map writes» cannot be recovered.",
    instead: "Hold a lock around the write, or let each goroutine hand its result over a channel.",
    bad: {
      "one goroutine for each key writes one map": source`
        func sizes(names []string, size func(string) int) map[string]int {
        	found := make(map[string]int)
        	var pending sync.WaitGroup
        	for _, name := range names {
        		pending.Add(1)
        		go func(name string) {
        			defer pending.Done()
        			found[name] = size(name) // want "map found is written by this goroutine while the goroutine of the next pass does the same"
        		}(name)
        	}
        	pending.Wait()
        	return found
        }
      `,
    },
    good: {
      "the write is locked": source`
        func sizes(names []string, size func(string) int) map[string]int {
        	found := make(map[string]int)
        	var mu sync.Mutex
        	var pending sync.WaitGroup
        	for _, name := range names {
        		pending.Add(1)
        		go func(name string) {
        			defer pending.Done()
        			n := size(name)
        			mu.Lock()
        			found[name] = n
        			mu.Unlock()
        		}(name)
        	}
        	pending.Wait()
        	return found
        }
      `,
    },
    limits: [
      "Silent where a lock is held, where the map belongs to the pass, and where the pass waits for its goroutine.",
      "A channel with room for one that the goroutine fills and empties counts as a lock.",
    ],
    references: ["https://go.dev/blog/maps"],
  },

  *check({ use }) {
    const told = new Set<string>();
    for (const race of use(capturedRaces)) {
      const { kind, access, by, at, otherAt, meanwhile, startedAt, trace } = race;
      if (kind !== "map") continue;
      told.add(`${at.file}:${at.start}`).add(`${otherAt.file}:${otherAt.start}`);
      const related = [{ at: startedAt, note: "the goroutine is started here" }];
      if (by !== "itself")
        related.push({ at: otherAt, note: "nothing orders this with the goroutine" });
      yield {
        at,
        message: `map ${access.path.text} is written by this goroutine while ${meanwhile}`,
        related,
        trace,
        about: [at, otherAt],
      };
    }
    for (const race of use(threadRaces)) {
      if (!areMapWrites(race)) continue;
      const { access, other, isOtherLocked, scope, trace } = race;
      const at = { file: access.model.file, ...access.operation.at };
      const theirs = { file: other.model.file, ...other.operation.at };
      if (told.has(`${at.file}:${at.start}`) || told.has(`${theirs.file}:${theirs.start}`))
        continue;
      const [one, it] = trace.threads;
      const who = one === it ? "another of its kind" : one;
      const does = isOtherLocked ? "does the same under a lock" : "does the same";
      yield {
        at,
        message: `map ${access.path.text} is written in ${it} while ${who} ${does}`,
        related: [{ at: theirs, note: "nothing orders this with the other" }],
        trace,
        about: [at, theirs],
        ...(isOtherLocked || scope.isTest ? { confidence: "low" } : {}),
      };
    }
  },
});
