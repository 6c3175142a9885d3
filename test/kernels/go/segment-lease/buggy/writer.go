package kernel

import "fmt"

type writer struct {
	catalog *catalog
	current int
	written int
}

func (w *writer) append(row []byte) error {
	seg, err := w.catalog.checkout(w.current)
	if err != nil {
		return err
	}
	if seg.sealed {
		return fmt.Errorf("append to %d: %w", seg.id, errSealed)
	}
	seg.rows = append(seg.rows, row)
	w.written += len(row)
	w.catalog.checkin(seg)
	return nil
}

func (w *writer) seal() (int, error) {
	seg, err := w.catalog.checkout(w.current)
	if err != nil {
		return 0, err
	}
	defer w.catalog.checkin(seg)
	seg.sealed = true
	return len(seg.rows), nil
}

// Run writes to a segment, seals it, and counts its rows once more.
func Run() {
	w := &writer{catalog: newCatalog(1, 2), current: 1}
	if err := w.append([]byte("a")); err != nil {
		return
	}
	if _, err := w.seal(); err != nil {
		return
	}
	_ = w.append([]byte("b"))
	_, _ = w.seal()
}
