import { channelSizes, defineRule, source } from "#kit";

export default defineRule({
  id: "go/channel-size",
  group: "channels",
  stage: "trial",
  severity: "info",
  since: "0.1.0",
  interest: /\bchan\b/,
  aliases: ["channelSize"],

  docs: {
    summary: "Channel with a buffer of a bare number beyond one",
    why: "Nobody knows why it is that many, and what happens when it is full.",
    instead:
      "Use a buffer of one, or none; or give the number a name, or a comment that says what it is the most of.",
    bad: {
      "why so many": source`
        func newEvents() chan string {
        	return make(chan string, 64) // want "a buffer of 64"
        }
      `,
    },
    good: {
      "as many as there are workers": source`
        func results(workers int) chan string {
        	return make(chan string, workers)
        }
      `,
    },
    limits: [
      "Numbers written in the call; constants and what is computed have a reason.",
      "Silent where a comment stands above, and in tests.",
      "Opt-in: the style of one guide.",
    ],
    references: ["https://github.com/uber-go/guide: Channel Size is One or None"],
  },

  *check({ use }) {
    for (const { at, size } of use(channelSizes)) {
      yield { at, message: `a buffer of ${size}, for no reason that is to be seen` };
    }
  },
});
