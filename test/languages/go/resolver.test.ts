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
	case int, string: { _ = kind }
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
    ["kind", "_ = kind }", "any"],
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
  ])("%s in `%s` is %s", (text, around, type) => {
    expect(typeOf(text, around)).toBe(type);
  });
});

describe("selections", () => {
  const go = openGo(`package m

import (
	"net/http"
	"sync"

	"example.org/ext"
)

type Inner struct {
	sync.Mutex
	depth int
}

func (i *Inner) Deep() int { return i.depth }

type Middle struct {
	*Inner
	Name string
}

type Left struct{ Name, Both string }
type Right struct{ Both string }

type Outer struct {
	Middle
	Left
	Right
	Name int
}

type Elsewhere struct {
	ext.Base
	own string
}

type TwoElsewhere struct {
	ext.Base
	other.Base2
}

type Shadowed struct {
	ext.Base
	Middle
}

type Client struct{ *http.Client }

type Shape interface {
	Area() float64
	error
	http.Handler
}

type Alias = Outer

type Defined Outer

type List[T any] struct {
	next *List[T]
	item T
}

func (l *List[E]) Item() E { return l.item }

type Numbers struct{ List[int] }

func f(o Outer, e Elsewhere, t TwoElsewhere, s Shadowed, c Client, shape Shape, a Alias, d Defined, n Numbers) {
	use(o.Lock, o.depth, o.Deep, o.Name, o.Both, o.Missing)
	use(e.own, e.Thing, t.Thing, s.Deep)
	use(c.Do, c.Timeout, shape.Area, shape.Error, shape.ServeHTTP)
	use(a.Deep, d.Name, d.Deep, n.Item, n.next, n.item, Outer.Deep)
}
`);

  /** The way, kind and name of what a selector selects. */
  function selection(text: string): string | undefined {
    const { file, node } = go.find(text, text);
    const found = go.resolver.selectionAt(file.path, node);
    if (!found) return undefined;
    const { through, target } = found;
    const name = target.kind === "method" ? target.declaration.name : target.name;
    return [target.kind, ...through, name].join(" ");
  }

  it.each([
    ["o.Lock", "external Middle Inner Mutex Lock"],
    ["o.depth", "field Middle Inner depth"],
    ["o.Deep", "method Middle Inner Deep"],
    ["o.Name", "field Name"],
    ["o.Both", undefined],
    ["o.Missing", undefined],
    ["e.own", "field own"],
    ["e.Thing", "external Base Thing"],
    ["t.Thing", undefined],
    ["s.Deep", undefined],
    ["c.Do", "external Client Do"],
    ["c.Timeout", "external Client Timeout"],
    ["shape.Area", "interface-method Area"],
    ["shape.Error", "interface-method Error"],
    ["shape.ServeHTTP", "external ServeHTTP"],
    ["a.Deep", "method Middle Inner Deep"],
    ["d.Name", "field Name"],
    ["d.Deep", "method Middle Inner Deep"],
    ["n.Item", "method List Item"],
    ["n.next", "field List next"],
    ["Outer.Deep", "method Middle Inner Deep"],
  ])("%s is %s", (text, expected) => expect(selection(text)).toBe(expected));

  it.each([
    ["n.Item", "func() int"],
    ["n.next", "*example.com/m.List[int]"],
    ["c.Timeout", "time.Duration"],
    ["c.Do", "func(*net/http.Request) (*net/http.Response, error)"],
    ["Outer.Deep", "func(example.com/m.Outer) int"],
  ])("%s has type %s", (text, expected) => expect(go.typeOf(text)).toBe(expected));
});

describe("generic functions", () => {
  const { typeOf } = openGo(`package m

import (
	"maps"
	"slices"
	"sync"
	"sync/atomic"
)

type Pair[K comparable, V any] struct {
	key   K
	value V
}

type Set[T comparable] = map[T]struct{}

func Map[T, U any](items []T, by func(T) U) []U { return nil }
func First[S ~[]E, E any](s S) E                { return s[0] }
func Make[T any]() (chan T, error)              { return nil, nil }
func Of[K comparable, V any](k K, v ...V) *Pair[K, V] { return nil }

type Names []string

func use(names Names, ages map[string]uint8) {
	lengths := Map(names, func(s string) int { return len(s) })
	first := First(names)
	made, _ := Make[error]()
	pair := Of("a", 1.5)
	key := pair.key
	keys := slices.Sorted(maps.Keys(ages))
	once := sync.OnceValue(func() *Pair[int, bool] { return nil })
	value := once().value
	set := Set[int]{}
	var pointer atomic.Pointer[Names]
	loaded := pointer.Load()
	for at, name := range slices.Backward(names) { _, _ = at, name }
	cloned := slices.Clone(names)
	unknown := Make()
}
`);

  it.each([
    ["lengths", "[]int"],
    ["first", "string"],
    ["made", "chan error"],
    ["pair", "*example.com/m.Pair[string,float64]"],
    ["key", "string"],
    ["keys", "[]string"],
    ["value", "bool"],
    ["set", "map[int]struct{}"],
    ["loaded", "*example.com/m.Names"],
    ["cloned", "example.com/m.Names"],
    ["unknown", "?"],
  ])("%s is %s", (name, type) => {
    const around = name === "made" ? "made, _ :=" : `${name} :=`;
    expect(typeOf(name, around)).toBe(type);
  });

  it("a range over an iterator function gives what it yields", () => {
    expect(typeOf("at", "at, name :=")).toBe("int");
    expect(typeOf("name", "name := range")).toBe("string");
  });
});

describe("what cannot be known", () => {
  it.each([
    ["a cycle of variables", "var a = b\nvar b = a\n\nfunc f() { use(a) }", "use(a)"],
    ["a type that is itself", "type T T\n\nvar a T\n\nfunc f() { use(a.x) }", "use(a.x)"],
    ["a cycle of aliases", "type A = B\ntype B = A\n\nfunc f(a A) { use(a.x) }", "use(a.x)"],
    ["a struct that embeds itself", "type T struct{ *T }\n\nfunc f(a T) { use(a.x) }", "use(a.x)"],
    ["an undeclared name", "func f() { use(a) }", "use(a)"],
    ["an external result", 'import "example.org/a"\n\nfunc f() { use(a.B()) }', "use(a.B())"],
    ["one name of two values", "var a, b = 1\n\nfunc f() { use(a.x) }", "use(a.x)"],
  ])("%s is unknown", (_name, text, around) => {
    const { typeOf } = openGo(`package m\n\n${text}\n`);
    expect(typeOf(around.slice(4, -1), around)).toBe("?");
  });

  it.each([
    ["parentheses", (n: number) => `var a = ${"(".repeat(n)}1${")".repeat(n)}`],
    ["operators", (n: number) => `var a = 1${" + 1".repeat(n)}`],
    ["selectors", (n: number) => `var a = b${".c".repeat(n)}`],
    ["calls", (n: number) => `var a = b${"()".repeat(n)}`],
    ["unary operators", (n: number) => `var a = ${"!".repeat(n)}true`],
    ["pointers", (n: number) => `var a ${"*".repeat(n)}int`],
    ["literals", (n: number) => `var a = [][]int{${"{".repeat(n)}${"}".repeat(n)}}`],
    ["functions", (n: number) => `var a = ${"func() { _ = ".repeat(n)}1${" }".repeat(n)}`],
    ["else ifs", (n: number) => `func a() { if x {}${" else if x {}".repeat(n)} }`],
    [
      "initialisers",
      (n: number) =>
        `func a() { v0 := 1\n${Array.from({ length: n }, (_, at) => `v${at + 1} := v${at}`).join("\n")} }`,
    ],
  ])("20,000 nested %s are answered", (_name, write) => {
    const { own, resolver } = openGo(`package m\n\n${write(20_000)}\n`);
    const [file] = own.files;
    const tree = file?.tree;
    if (!file || !tree) throw new Error("the file is there");
    for (let node = 0; node < tree.size; node += 97) resolver.typeOf(file.path, node);
    for (let node = 0; node < tree.size; node++) resolver.symbolAt(file.path, node);
    expect(tree.size).toBeGreaterThan(20_000);
  });
});
