package kernel

// Entry is one change that was made.
type Entry struct {
	Seq  int
	Key  string
	Body []byte
}

// Store keeps entries across restarts.
type Store interface {
	Load() []Entry
	Append(Entry) error
}

type memoryStore struct{ entries []Entry }

func (m *memoryStore) Load() []Entry { return append([]Entry(nil), m.entries...) }

func (m *memoryStore) Append(e Entry) error {
	m.entries = append(m.entries, e)
	return nil
}
