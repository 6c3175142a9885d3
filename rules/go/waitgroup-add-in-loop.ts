import { addsInLoops, defineRule, source } from "#kit";

export default defineRule({
  id: "go/waitgroup-add-in-loop",
  group: "waitgroups",
  stage: "trial",
  severity: "info",
  since: "0.1.0",
  interest: /\.Add\(1\)/,
  aliases: ["waitgroup_add_inside_loop"],

  docs: {
    summary: "WaitGroup.Add(1) in each pass of a loop whose length is known",
    why: "It says one at a time what is known at once; whoever reads it has to look for passes that start nothing.",
    instead: "Call Add with the length before the loop.",
    bad: {
      "one at a time": source`
        func runAll(jobs []func()) {
        	var group sync.WaitGroup
        	for _, job := range jobs {
        		group.Add(1) // want "group.Add.1. in each pass over jobs"
        		go func() {
        			defer group.Done()
        			job()
        		}()
        	}
        	group.Wait()
        }
      `,
    },
    good: {
      "all at once": source`
        func runAll(jobs []func()) {
        	var group sync.WaitGroup
        	group.Add(len(jobs))
        	for _, job := range jobs {
        		go func() {
        			defer group.Done()
        			job()
        		}()
        	}
        	group.Wait()
        }
      `,
    },
    limits: [
      "Range loops over a slice, array or map that start one goroutine in each pass, directly in their body.",
      "Loops that leave a pass or themselves early start fewer than there are elements.",
      "Opt-in: both forms are right.",
    ],
  },

  *check({ use }) {
    for (const { at, group, over, edits } of use(addsInLoops)) {
      yield {
        at,
        message: `${group}.Add(1) in each pass over ${over}, whose length is known`,
        fixes: [{ kind: "suggestion", description: "count them all before the loop", edits }],
      };
    }
  },
});
