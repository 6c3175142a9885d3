import { defineRule, independentAwaits, source } from "#kit";

export default defineRule({
  id: "ts/sequential-independent-awaits",
  group: "promises",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  stage: "trial",
  interest: /\bawait\b/,

  docs: {
    summary: "Two reads in a row, the second of which needs nothing of the first",
    why: "The second starts only when the first is done, so that the caller waits for the sum of both.",
    instead: "Start both, and wait for them together: `const [a, b] = await Promise.all([…, …])`.",
    bad: {
      "one after the other": source`
        declare function loadUser(id: string): Promise<string>;
        declare function loadPosts(id: string): Promise<string[]>;

        export async function page(id: string): Promise<string> {
          const user = await loadUser(id);
          const posts = await loadPosts(id); // want "loadPosts\\(\\) needs nothing of what is awaited before"
          return user + posts.join();
        }
      `,
    },
    good: {
      together: source`
        declare function loadUser(id: string): Promise<string>;
        declare function loadPosts(id: string): Promise<string[]>;

        export async function page(id: string): Promise<string> {
          const [user, posts] = await Promise.all([loadUser(id), loadPosts(id)]);
          return user + posts.join();
        }
      `,
    },
    limits: [
      "Only two constants in a row, both of calls that read by their names.",
      "Silent inside of try, in tests, and where the call mentions a connection, client, session or transaction.",
    ],
    whenNotToUse: "Where both use one connection, which answers one question at a time.",
  },

  *check({ use }) {
    for (const { at, kind, name, related } of use(independentAwaits)) {
      if (kind !== "pair") continue;
      yield {
        at,
        message: `${name} needs nothing of what is awaited before it: they could run side by side`,
        related: related.map((first) => ({ at: first, note: "awaited first" })),
      };
    }
  },
});
