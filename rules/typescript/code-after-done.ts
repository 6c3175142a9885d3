import { defineRule, droppedAnswers, secondResponses, source } from "#kit";

export default defineRule({
  id: "ts/code-after-done",
  group: "promises",
  severity: "warning",
  since: "0.1.0",
  interest: /\bres(?:ponse)?\b|\breply\b|["'@]hono\b/,
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
      "Functions with a parameter called res, response or reply; two answers in one block, or a call of next and an answer, the first perhaps at the end of an if without else or of a catch.",
      "In files that import Hono: answers that are made as a statement, by the first parameter called c, ctx or context.",
    ],
  },

  *check({ use }) {
    for (const { at, kind, name, related, edits } of use(secondResponses)) {
      const isHandedOn = kind === "hand on";
      yield {
        at,
        message: isHandedOn
          ? `the request is handed on already when the way comes to ${name}`
          : `the request is answered already when the way comes to ${name}`,
        related: related.map((first) => ({
          at: first,
          note: isHandedOn ? "hands it on, and goes on" : "answers it, and goes on",
        })),
        fixes:
          edits.length > 0
            ? [{ kind: "suggestion", description: "return after the first", edits }]
            : [],
      };
    }
    for (const { at, name, edits } of use(droppedAnswers))
      yield {
        at,
        message: `what ${name} makes is dropped: only what the handler returns is sent`,
        fixes: [{ kind: "suggestion", description: "return it", edits }],
      };
  },
});
