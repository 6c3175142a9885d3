import { defineRule, sharedUses, source } from "#kit";

export default defineRule({
  id: "go/concurrent-websocket-write",
  group: "goroutines",
  severity: "error",
  since: "0.1.0",
  interest: /\bwebsocket\.Conn\b|\.Write(?:Message|JSON)\(/,

  docs: {
    summary: "Two goroutines that write to one websocket connection",
    why: "A connection of gorilla/websocket supports one writer. When two write at once, the frames are mixed up, or the package panics with `concurrent write to websocket connection`.",
    instead: "Let one goroutine write what the others send it through a channel, or hold a lock.",
    bad: {
      "pings and events meet": source`
        import (
        	"time"

        	"github.com/gorilla/websocket"
        )

        func serve(conn *websocket.Conn, events []string) error {
        	go func() {
        		for {
        			time.Sleep(time.Second)
        			conn.WriteMessage(websocket.TextMessage, []byte("ping")) // want "conn takes one writer at a time"
        		}
        	}()
        	for _, event := range events {
        		if err := conn.WriteJSON(event); err != nil {
        			return err
        		}
        	}
        	return nil
        }
      `,
    },
    good: {
      "one goroutine writes": source`
        import "github.com/gorilla/websocket"

        func serve(conn *websocket.Conn, events <-chan string) {
        	go func() {
        		for event := range events {
        			if err := conn.WriteJSON(event); err != nil {
        				return
        			}
        		}
        	}()
        }
      `,
    },
    limits: [
      "Connections of gorilla/websocket and fasthttp/websocket that are a variable of the function, in goroutines that are function literals.",
      "WriteControl and Close may be called at any time, and are not looked at.",
    ],
    references: ["https://pkg.go.dev/github.com/gorilla/websocket#hdr-Concurrency"],
  },

  *check({ use }) {
    for (const { kind, at, call, object, by, otherAt, startedAt } of use(sharedUses)) {
      if (kind !== "websocket") continue;
      yield {
        at,
        message: `${object} takes one writer at a time, and ${call} in a goroutine may meet ${by === "next pass" ? "the one of the next pass" : "another write"}`,
        related: [
          { at: startedAt, note: "the goroutine is started here" },
          ...(by === "next pass" ? [] : [{ at: otherAt, note: "the other write" }]),
        ],
        about: [at],
      };
    }
  },
});
