import { defineRule, oneWayChannels, source } from "#kit";

export default defineRule({
  id: "go/missing-channel-direction",
  group: "channels",
  severity: "info",
  since: "0.1.0",
  interest: /\bchan\s+\w/,

  docs: {
    summary: "Channel parameter that goes one way, and whose type does not say so",
    why: "The type says that the function may send, receive and close. With the direction the head tells who does what, and the compiler holds everybody to it.",
    instead: "Write `chan<- T` where the function sends, `<-chan T` where it receives.",
    bad: {
      "it only receives": source`
        func drain(results chan int) (sum int) { // want "drain only receives from results: .-chan int says so"
        	for result := range results {
        		sum += result
        	}
        	return sum
        }
      `,
    },
    good: {
      "the type says so": source`
        func drain(results <-chan int) (sum int) {
        	for result := range results {
        		sum += result
        	}
        	return sum
        }
      `,
    },
    limits: [
      "Functions that are not exported and only called: others have to fit a function type.",
      "A channel that is handed on, stored or compared is left alone, and so are two parameters that share one type.",
    ],
    references: ["https://google.github.io/styleguide/go/decisions#channel-direction"],
  },

  *check({ use }) {
    for (const { at, name, does, type, function: of } of use(oneWayChannels)) {
      const way = does === "sends" ? `only sends to ${name}` : `only receives from ${name}`;
      yield {
        at,
        message: `${of} ${way}: ${type} says so`,
        fixes: [
          {
            kind: "safe",
            description: `make it ${type}`,
            edits: [{ ...at, text: type }],
          },
        ],
      };
    }
  },
});
