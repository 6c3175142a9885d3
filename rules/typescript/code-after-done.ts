import { defineRule, secondResponses, source } from "#kit";

export default defineRule({
  id: "ts/code-after-done",
  group: "promises",
  severity: "warning",
  since: "0.1.0",
  interest: /\bres(?:ponse)?\b|\breply\b/,
  aliases: ["node/callback-return", "S6079"],

  docs: {
    summary: "Second answer to a request on the same way",
    why: "The first answer has ended the response: the second throws `ERR_HTTP_HEADERS_SENT` or is dropped, and what stands between them runs for a request that was refused.",
    instead: "Return after the answer.",
    bad: {
      "a missing return": source`
        declare const users: Map<string, object>;

        export function show(req: { params: { id: string } }, res: { status(code: number): { json(value: unknown): void }; json(value: unknown): void }): void {
          const user = users.get(req.params.id);
          if (!user) {
            res.status(404).json({ error: "not found" });
          }
          res.json(user); // want "the request is answered already"
        }
      `,
    },
    good: {
      "with a return": source`
        declare const users: Map<string, object>;

        export function show(req: { params: { id: string } }, res: { status(code: number): { json(value: unknown): void }; json(value: unknown): void }): void {
          const user = users.get(req.params.id);
          if (!user) {
            res.status(404).json({ error: "not found" });
            return;
          }
          res.json(user);
        }
      `,
    },
    limits: [
      "Functions with a parameter called res, response or reply; two answers in one block, the first perhaps at the end of an if without else.",
    ],
  },

  *check({ use }) {
    for (const { at, name, related, edits } of use(secondResponses)) {
      yield {
        at,
        message: `the request is answered already when the way comes to ${name}`,
        related: related.map((first) => ({ at: first, note: "answers it, and goes on" })),
        fixes:
          edits.length > 0
            ? [{ kind: "suggestion", description: "return after the first", edits }]
            : [],
      };
    }
  },
});
