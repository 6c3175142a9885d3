import { defineRule, mapCheckThenActs, source } from "#kit";

export default defineRule({
  id: "go/syncmap-check-then-act",
  group: "atomics",
  severity: "warning",
  since: "0.1.0",
  interest: /\bsync\.Map\b/,
  aliases: ["syncMapLoadAndDelete"],

  docs: {
    summary: "sync.Map that is asked and changed in two steps",
    why: "Each call is atomic, the two together are not. Between them another goroutine gets the same answer: both take the entry out and close it, or each goes on with an entry of its own.",
    instead: "Use LoadAndDelete, LoadOrStore or CompareAndSwap, which do both in one step.",
    bad: {
      "two goroutines close one connection": source`
        type Registry struct{ conns sync.Map }

        func (r *Registry) Drop(id string) {
        	conn, ok := r.conns.Load(id)
        	if !ok {
        		return
        	}
        	r.conns.Delete(id) // want "between Load and Delete another goroutine may take the entry of id in r.conns"
        	conn.(net.Conn).Close()
        }
      `,
      "two goroutines lock two rooms": source`
        type Hub struct{ rooms sync.Map }

        type Room struct {
        	mu      sync.Mutex
        	members []string
        }

        func (h *Hub) Room(name string) *Room {
        	if room, ok := h.rooms.Load(name); ok {
        		return room.(*Room)
        	}
        	room := &Room{}
        	h.rooms.Store(name, room) // want "between Load and Store another goroutine may have stored its own"
        	return room
        }
      `,
    },
    good: {
      "one of them gets it": source`
        type Registry struct{ conns sync.Map }

        func (r *Registry) Drop(id string) {
        	if conn, ok := r.conns.LoadAndDelete(id); ok {
        		conn.(net.Conn).Close()
        	}
        }
      `,
    },
    limits: [
      "Both calls stand in one function, with the same words for map and key.",
      "A stored value is reported where it has an identity: a channel, or a struct with a lock, channel or atomic in it; and where it is a sum with what was loaded. To store a computed value twice does no harm.",
      "Silent where a lock is taken before.",
    ],
    references: ["https://pkg.go.dev/sync#Map"],
  },

  *check({ use }) {
    for (const { kind, at, map, key, loadAt } of use(mapCheckThenActs))
      yield {
        at,
        message: {
          delete: `between Load and Delete another goroutine may take the entry of ${key} in ${map} as well: both go on with it`,
          store: `between Load and Store another goroutine may have stored its own for ${key} in ${map}: each goes on with another one`,
          update: `between Load and Store another goroutine may change the entry of ${key} in ${map}, and its change is lost`,
        }[kind],
        related: [{ at: loadAt, note: "the entry is looked up here" }],
        about: [at],
      };
  },
});
