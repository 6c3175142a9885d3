import { defineRule, source, unboundedStarts } from "#kit";

export default defineRule({
  id: "go/unbounded-goroutines",
  group: "goroutines",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bgo\s+[\w(]|\.Go\(/,
  aliases: ["goroutine_spawn_in_loop", "errgroup_fanout_without_limit_in_handler"],

  docs: {
    summary:
      "Goroutine for each line, row or entry of something without a bound, with nothing that limits how many run at once",
    why: "A large input starts as many goroutines as it has elements: memory, connections and file handles run out, where a small one went well.",
    instead:
      "Give the group a limit (`group.SetLimit(n)`), or hand the elements to a fixed number of workers.",
    bad: {
      "one request a row, all at once": source`
        package example

        import (
        	"context"
        	"database/sql"

        	"golang.org/x/sync/errgroup"
        )

        func notifyAll(ctx context.Context, rows *sql.Rows, notify func(context.Context, string) error) error {
        	group, ctx := errgroup.WithContext(ctx)
        	for rows.Next() {
        		var address string
        		if err := rows.Scan(&address); err != nil {
        			return err
        		}
        		group.Go(func() error { // want "a goroutine for each pass of rows.Next"
        			return notify(ctx, address)
        		})
        	}
        	return group.Wait()
        }
      `,
    },
    good: {
      "ten at a time": source`
        package example

        import (
        	"context"
        	"database/sql"

        	"golang.org/x/sync/errgroup"
        )

        func notifyAll(ctx context.Context, rows *sql.Rows, notify func(context.Context, string) error) error {
        	group, ctx := errgroup.WithContext(ctx)
        	group.SetLimit(10)
        	for rows.Next() {
        		var address string
        		if err := rows.Scan(&address); err != nil {
        			return err
        		}
        		group.Go(func() error {
        			return notify(ctx, address)
        		})
        	}
        	return group.Wait()
        }
      `,
    },
    limits: [
      "Loops over what bufio.Scanner, sql.Rows or a json.Decoder yield, and over lists of os.ReadDir, filepath.Glob and csv's ReadAll.",
      "Loops over slices, maps and channels that come from elsewhere are left alone: how long they are is not to be seen. So are accept loops.",
      "Silent where the function names a limit, semaphore, token, pool, worker or slot, and where a pass sends, receives or waits.",
      "Tests are left out.",
    ],
    references: ["https://pkg.go.dev/golang.org/x/sync/errgroup#Group.SetLimit"],
  },

  *check({ use }) {
    for (const { at, source, loopAt, limit, group } of use(unboundedStarts)) {
      yield {
        at,
        message: `a goroutine for each pass of ${source}, however many there are`,
        related: [{ at: loopAt, note: "nothing bounds the passes of this loop" }],
        ...(limit && {
          fixes: [
            {
              kind: "suggestion" as const,
              description: `let ${group} run ten at a time`,
              edits: [limit],
            },
          ],
        }),
      };
    }
  },
});
