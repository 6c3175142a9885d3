import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

type Files = Readonly<Record<string, string>>;

/**
 * Makes a small git repository of an order service in Go with a client in TypeScript, in an empty folder: a first commit on
 * `main`, and a branch `change` with planted faults beside harmless twins. Review it with `main...change`.
 */
export function makeExampleRepository(folder: string): void {
  const git = (...command: readonly string[]): void => {
    const author = [
      "-c",
      "user.name=Example",
      "-c",
      "user.email=example@example.invalid",
      "-c",
      "commit.gpgsign=false",
    ];
    execFileSync("git", ["-C", folder, ...author, ...command], { stdio: "pipe" });
  };
  git("init", "--quiet", "--initial-branch", "main");
  write(folder, BEFORE);
  git("add", ".");
  git("commit", "--quiet", "--message", "An order service");
  git("checkout", "--quiet", "-b", "change");
  write(folder, AFTER);
  git("add", ".");
  git("commit", "--quiet", "--message", "Tell subscribers about orders, and look prices up");
}

function write(folder: string, files: Files): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}

const HUB_BEFORE = `package orders

import "sync"

// Event is what subscribers are told.
type Event struct {
	Order string
	Total int
}

// Hub hands events to its subscribers, one after the other.
type Hub struct {
	mu     sync.Mutex
	totals map[string]int
	events chan Event
}

// NewHub starts a hub.
func NewHub() *Hub {
	h := &Hub{totals: make(map[string]int), events: make(chan Event)}
	go h.run()
	return h
}

func (h *Hub) run() {
	for event := range h.events {
		h.mu.Lock()
		h.totals[event.Order] += event.Total
		h.mu.Unlock()
	}
}
`;

const HUB_AFTER = `${HUB_BEFORE}
// Publish tells the subscribers about an order.
func (h *Hub) Publish(event Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, known := h.totals[event.Order]; !known {
		h.totals[event.Order] = 0
	}
	h.events <- event
}

// PublishLater does the same, with the lock released before it waits.
func (h *Hub) PublishLater(event Event) {
	h.mu.Lock()
	h.totals[event.Order] += 0
	h.mu.Unlock()
	h.events <- event
}
`;

const STORE_BEFORE = `package orders

import (
	"errors"
	"sync"
)

// ErrUnknown is returned for orders that were never stored.
var ErrUnknown = errors.New("unknown order")

// Store keeps orders in memory.
type Store struct {
	mu     sync.RWMutex
	orders map[string]int
}

// Total returns the total of an order.
func (s *Store) Total(order string) (int, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	total, ok := s.orders[order]
	if !ok {
		return 0, ErrUnknown
	}
	return total, nil
}
`;

const STORE_AFTER = `${STORE_BEFORE}
// Add raises the total of an order.
func (s *Store) Add(order string, amount int) error {
	s.mu.Lock()
	total, ok := s.orders[order]
	if !ok {
		return ErrUnknown
	}
	s.orders[order] = total + amount
	s.mu.Unlock()
	return nil
}

// Double raises the total of an order by itself.
func (s *Store) Double(order string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	total, err := s.Total(order)
	if err != nil {
		return err
	}
	s.orders[order] = 2 * total
	return nil
}
`;

const PRICES_AFTER = `package orders

import (
	"context"
	"time"
)

// Price asks the shop for a price, and gives up after a second.
func Price(ctx context.Context, ask func(string) int, item string) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	answer := make(chan int)
	go func() {
		answer <- ask(item)
	}()
	select {
	case price := <-answer:
		return price, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// PriceBuffered does the same; its answer has a place to go when nobody waits for it.
func PriceBuffered(ctx context.Context, ask func(string) int, item string) (int, error) {
	answer := make(chan int, 1)
	go func() {
		answer <- ask(item)
	}()
	select {
	case price := <-answer:
		return price, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}
`;

const CLIENT_BEFORE = `export interface Connection {
  send(order: string, total: number): Promise<void>;
  close(): Promise<void>;
}

export async function connect(url: string): Promise<Connection> {
  const response = await fetch(url);
  if (!response.ok) throw new Error("no connection to " + url);
  return { send: async () => {}, close: async () => {} };
}
`;

const SENDER_AFTER = `import { connect, type Connection } from "./client.js";

export class Sender {
  private connection: Connection | undefined;
  private connecting: Promise<Connection> | undefined;

  constructor(private readonly url: string) {}

  async open(): Promise<Connection> {
    if (!this.connection) {
      this.connection = await connect(this.url);
    }
    return this.connection;
  }

  openOnce(): Promise<Connection> {
    this.connecting ??= connect(this.url).catch((error: unknown) => this.forget(error));
    return this.connecting;
  }

  async send(order: string, total: number): Promise<void> {
    const connection = await this.open();
    connection.send(order, total);
  }

  async trySend(order: string, total: number): Promise<void> {
    try {
      return this.send(order, total);
    } catch (error) {
      console.error("not sent", error);
    }
  }

  private forget(error: unknown): never {
    this.connecting = undefined;
    throw error;
  }
}
`;

const BEFORE: Files = {
  "go.mod": "module example.invalid/orders\n\ngo 1.22\n",
  "hub.go": HUB_BEFORE,
  "store.go": STORE_BEFORE,
  "client/package.json": '{ "name": "orders-client", "type": "module" }\n',
  "client/src/client.ts": CLIENT_BEFORE,
};

const AFTER: Files = {
  "hub.go": HUB_AFTER,
  "store.go": STORE_AFTER,
  "price.go": PRICES_AFTER,
  "client/src/sender.ts": SENDER_AFTER,
};
