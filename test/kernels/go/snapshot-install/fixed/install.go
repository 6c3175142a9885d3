package kernel

import "errors"

type installer struct {
	applied uint64
	size    int
}

func (in *installer) install(s *source) error {
	h, ok := <-s.head
	if !ok {
		return s.err
	}
	if h.index < in.applied {
		for range s.chunks {
		}
		return errors.New("stale snapshot")
	}
	got := 0
	for c := range s.chunks {
		in.size += len(c)
		got++
	}
	if got != h.parts {
		return errors.New("short snapshot")
	}
	in.applied = h.index
	return nil
}

type follower struct {
	in   installer
	disk map[string][][]byte
}

func (f *follower) restore(ids ...string) error {
	var last error
	for _, id := range ids {
		if err := f.in.install(newSource(id, fromDisk(f.disk))); err != nil {
			last = err
			continue
		}
	}
	return last
}

// Run restores a follower from a list of snapshots.
func Run() {
	f := &follower{disk: map[string][][]byte{
		"snap-1":  {[]byte("a"), []byte("b")},
		"snap-10": {[]byte("abc")},
	}}
	_ = f.restore("snap-1", "snap-10")
	_ = f.restore("snap-1", "snap-11", "snap-10")
}
