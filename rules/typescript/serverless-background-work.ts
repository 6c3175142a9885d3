import { backgroundWork, defineRule, source } from "#kit";

export default defineRule({
  id: "ts/serverless-background-work",
  group: "promises",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bvoid\s|\.catch\(|\.then\(/,
  yieldsTo: ["ts/floating-promise"],

  docs: {
    summary:
      "Work that a serverless function leaves behind, which its platform stops with the answer",
    why: "The platform freezes or ends the function when it has answered: the work is done with the next request, or never.",
    instead:
      "Await it before the answer, or hand it to the platform: `ctx.waitUntil(work)`, `after(() => work)`.",
    bad: {
      "the record may never be written": source`
        import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";

        declare function record(event: unknown): Promise<void>;

        export async function handler(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
          void record(event); // want "nobody waits for record"
          return { statusCode: 204, body: "" };
        }
      `,
    },
    good: {
      awaited: source`
        import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";

        declare function record(event: unknown): Promise<void>;

        export async function handler(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
          await record(event);
          return { statusCode: 204, body: "" };
        }
      `,
    },
    limits: [
      "Handlers of AWS Lambda (exported and named so, in a file that imports its types), the fetch of a Cloudflare worker, and routes of Next that say that they run on such a platform.",
      "Promises that are dropped on purpose, by `void` or with a catch; those that are dropped by mistake are what ts/floating-promise is about.",
      "Silent where the file names waitUntil or after, or listens itself.",
    ],
  },

  *check({ use }) {
    for (const { at, work, keeper } of use(backgroundWork)) {
      yield {
        at,
        message: `nobody waits for ${work}: the platform may stop it with the answer (${keeper})`,
      };
    }
  },
});
