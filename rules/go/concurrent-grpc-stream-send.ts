import { defineRule, sharedUses, source } from "#kit";

export default defineRule({
  id: "go/concurrent-grpc-stream-send",
  group: "goroutines",
  severity: "error",
  since: "0.1.0",
  interest: /\.(?:Send|SendMsg|Recv|RecvMsg)\(/,

  docs: {
    summary: "Two goroutines that send on one gRPC stream, or receive from it",
    why: "A stream supports one sender and one receiver. Two sends at once mix up the messages on the wire or race inside the transport, and the peer ends the connection.",
    instead: "Let one goroutine send what the others give it through a channel, or hold a lock.",
    bad: {
      "each item is sent by a goroutine of its own": source`
        import "google.golang.org/grpc"

        func list(names []string, stream grpc.ServerStream) {
        	for _, name := range names {
        		go func() {
        			stream.SendMsg(name) // want "stream takes one Send at a time"
        		}()
        	}
        }
      `,
    },
    good: {
      "one sends, one receives": source`
        import "google.golang.org/grpc"

        func talk(stream grpc.ClientStream, out <-chan string) error {
        	go func() {
        		for text := range out {
        			stream.SendMsg(text)
        		}
        	}()
        	for {
        		var text string
        		if err := stream.RecvMsg(&text); err != nil {
        			return err
        		}
        	}
        }
      `,
    },
    limits: [
      "Streams that are a variable of the function, by their generated type (Chat_TalkServer) or that of the grpc package, in goroutines that are function literals.",
    ],
    references: ["https://github.com/grpc/grpc-go/blob/master/Documentation/concurrency.md"],
  },

  *check({ use }) {
    for (const { kind, at, call, object, by, otherAt, startedAt } of use(sharedUses)) {
      if (kind !== "stream") continue;
      const verb = /Recv/.test(call) ? "Recv" : "Send";
      yield {
        at,
        message: `${object} takes one ${verb} at a time, and this one may meet ${by === "next pass" ? "that of the next pass" : "another"}`,
        related: [
          { at: startedAt, note: "the goroutine is started here" },
          ...(by === "next pass" ? [] : [{ at: otherAt, note: "the other call" }]),
        ],
        about: [at],
      };
    }
  },
});
