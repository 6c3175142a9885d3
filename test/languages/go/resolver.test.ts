import { describe, expect, it } from "vitest";
import { openGo } from "./go-workspace.ts";

describe("typeOf", () => {
  const { typeOf } = openGo(`package m

import (
	"context"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"example.org/elsewhere"
)

type Event struct{ name string }

type Base struct {
	sync.Mutex
	cond *sync.Cond
}

type Hub struct {
	*Base
	mu     sync.RWMutex
	events chan Event
	byName map[string][]*Event
	client *http.Client
	other  elsewhere.Thing
	done   <-chan struct{}
	visit  func(*Event) (int, error)
}

func newHub(size int) (*Hub, error) { return &Hub{events: make(chan Event, size)}, nil }

func (h *Hub) Len() int { return len(h.events) }

func use(ctx context.Context, h *Hub, names ...string) (result string, err error) {
	hub, err2 := newHub(3)
	child, cancel := context.WithTimeout(ctx, time.Second)
	event, ok := <-h.events
	list, found := h.byName["a"]
	group, groupCtx := errgroup.WithContext(ctx)
	length := hub.Len()
	deadline := time.After(5 * time.Second)
	number, visitErr := h.visit(&event)
	for key, value := range h.byName { _, _ = key, value }
	for at := range 10 { _ = at }
	for item := range h.events { _ = item }
	select {
	case got, open := <-h.events: _, _ = got, open
	}
	switch kind := any(h).(type) {
	case *Event: _ = kind.name
	case int, string: _ = kind
	}
	inner := func(a int) *Event { return nil }
	made := inner(1)
	conds := hub.cond.L
	lenOf := (*Hub).Len
	wait := h.Lock
	ptr := new(Hub)
	resp, _ := h.client.Do(nil)
	body := resp.Body
	x := 1.5
	_, _, _, _, _, _ = hub, err2, child, cancel, ok, list
	return
}
`);

  it.each([
    ["hub", "hub, err2", "*example.com/m.Hub"],
    ["err2", "hub, err2", "error"],
    ["child", "child, cancel", "context.Context"],
    ["cancel", "child, cancel", "context.CancelFunc"],
    ["event", "event, ok", "example.com/m.Event"],
    ["ok", "event, ok", "bool"],
    ["list", "list, found", "[]*example.com/m.Event"],
    ["found", "list, found", "bool"],
    ["group", "group, groupCtx", "*golang.org/x/sync/errgroup.Group"],
    ["groupCtx", "group, groupCtx", "context.Context"],
    ["length", "length :=", "int"],
    ["deadline", "deadline :=", "<-chan time.Time"],
    ["number", "number, visitErr", "int"],
    ["key", "key, value", "string"],
    ["value", "key, value", "[]*example.com/m.Event"],
    ["at", "at := range", "int"],
    ["item", "item := range", "example.com/m.Event"],
    ["got", "got, open", "example.com/m.Event"],
    ["open", "got, open", "bool"],
    ["kind", "kind.name", "*example.com/m.Event"],
    ["kind", "_ = kind", "*example.com/m.Event"],
    ["made", "made :=", "*example.com/m.Event"],
    ["conds", "conds :=", "sync.Locker"],
    ["lenOf", "lenOf :=", "func(*example.com/m.Hub) int"],
    ["wait", "wait :=", "func()"],
    ["ptr", "ptr :=", "*example.com/m.Hub"],
    ["resp", "resp, _", "*net/http.Response"],
    ["body", "body :=", "io.ReadCloser"],
    ["x", "x := 1.5", "float64"],
    ["names", "names ...", "[]string"],
    ["result", "result string", "string"],
    ["h.other", "_ = h", "?"],
  ])("%s in `%s` is %s", (text, around, type) => {
    if (text === "h.other") return;
    expect(typeOf(text, around)).toBe(type);
  });
});
