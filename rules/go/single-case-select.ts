import { defineRule, loopFaults, source } from "#kit";

export default defineRule({
  id: "go/single-case-select",
  group: "channels",
  severity: "info",
  since: "0.1.0",
  interest: /\bselect\b/,
  aliases: ["S1000"],

  docs: {
    summary: "Select with a single case and no default",
    why: "It does what the operation alone does, and makes readers look for the other case.",
    instead: "Write the operation without the select.",
    bad: {
      "nothing to choose": source`
        func last(results <-chan int) int {
        	select {
        	case result := <-results: // want "a select with one case"
        		return result
        	}
        }
      `,
    },
    good: {
      "the receive alone": source`
        func last(results <-chan int) int {
        	return <-results
        }
      `,
    },
    limits: ["A select with a default has a choice."],
  },

  *check({ use }) {
    for (const { at } of use(loopFaults).singleCases)
      yield { at, message: "a select with one case and no default is the operation alone" };
  },
});
