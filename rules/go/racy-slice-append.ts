import { capturedRaces, defineRule, source } from "#kit";

export default defineRule({
  id: "go/racy-slice-append",
  group: "goroutines",
  severity: "error",
  since: "0.1.0",
  interest: /\bappend\(/,
  aliases: ["racy-append-to-slice", "shared_slice_append_race"],

  docs: {
    summary: "Slice that goroutines append to without a lock",
    why: "Two appends at once write the same element and the same length: results are lost, now and then, under load.",
    instead:
      "Make the slice as long as the work and let each goroutine set its own element, or hold a lock around the append.",
    bad: {
      "every goroutine appends to one slice": source`
        func fetchAll(urls []string, fetch func(string) string) []string {
        	var bodies []string
        	var pending sync.WaitGroup
        	for _, url := range urls {
        		pending.Add(1)
        		go func(url string) {
        			defer pending.Done()
        			bodies = append(bodies, fetch(url)) // want "bodies is appended to by this goroutine while the goroutine of the next pass does the same"
        		}(url)
        	}
        	pending.Wait()
        	return bodies
        }
      `,
    },
    good: {
      "every goroutine has an element of its own": source`
        func fetchAll(urls []string, fetch func(string) string) []string {
        	bodies := make([]string, len(urls))
        	var pending sync.WaitGroup
        	for i, url := range urls {
        		pending.Add(1)
        		go func(i int, url string) {
        			defer pending.Done()
        			bodies[i] = fetch(url)
        		}(i, url)
        	}
        	pending.Wait()
        	return bodies
        }
      `,
    },
    limits: [
      "Silent where a lock is held, where the slice belongs to the pass, and where the pass waits for its goroutine.",
      "A channel with room for one that the goroutine fills and empties counts as a lock.",
    ],
    references: ["https://go.dev/ref/mem"],
  },

  *check({ use }) {
    for (const race of use(capturedRaces)) {
      const { kind, access, by, at, otherAt, meanwhile, startedAt, trace } = race;
      if (kind !== "append") continue;
      const related = [{ at: startedAt, note: "the goroutine is started here" }];
      if (by !== "itself")
        related.push({ at: otherAt, note: "nothing orders this with the goroutine" });
      yield {
        at,
        message: `${access.path.text} is appended to by this goroutine while ${meanwhile}`,
        related,
        trace,
        about: [at, otherAt],
      };
    }
  },
});
