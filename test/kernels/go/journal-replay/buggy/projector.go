package kernel

import "sync"

// Projector builds a view of the newest body of each key.
type Projector struct {
	store Store
	feed  chan Entry
	wg    sync.WaitGroup

	mu   sync.RWMutex
	view map[string][]byte
	seq  int
}

// Open builds the view from what is stored, and keeps it up from then on.
func Open(store Store) (*Projector, error) {
	p := &Projector{store: store, feed: make(chan Entry), view: make(map[string][]byte)}
	for _, entry := range store.Load() {
		p.publish(entry)
	}
	p.wg.Add(1)
	go p.project()
	return p, nil
}

func (p *Projector) publish(entry Entry) {
	p.feed <- entry
}

func (p *Projector) project() {
	defer p.wg.Done()
	for entry := range p.feed {
		p.mu.Lock()
		p.view[entry.Key] = entry.Body
		if entry.Seq > p.seq {
			p.seq = entry.Seq
		}
		p.mu.Unlock()
	}
}

// Put stores a body and shows it soon.
func (p *Projector) Put(key string, body []byte) error {
	p.mu.RLock()
	next := p.seq + 1
	p.mu.RUnlock()
	entry := Entry{Seq: next, Key: key, Body: body}
	if err := p.store.Append(entry); err != nil {
		return err
	}
	p.publish(entry)
	return nil
}

// Get returns the body of a key.
func (p *Projector) Get(key string) ([]byte, bool) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	body, ok := p.view[key]
	return body, ok
}

// Close ends the projection.
func (p *Projector) Close() {
	close(p.feed)
	p.wg.Wait()
}

// Run opens a fresh store and one that has something in it.
func Run() {
	fresh, _ := Open(&memoryStore{})
	_ = fresh.Put("a", []byte("1"))
	fresh.Close()

	used, _ := Open(&memoryStore{entries: []Entry{{Seq: 1, Key: "a", Body: []byte("1")}}})
	_, _ = used.Get("a")
	used.Close()
}
