package kernel

import (
	"sync"
	"time"
)

type stream struct {
	id      uint32
	session *session

	mu     sync.Mutex
	window int
	failed error
	sent   []byte
}

func (st *stream) write(p []byte) (int, error) {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.failed != nil {
		return 0, st.failed
	}
	if err := st.reserve(len(p)); err != nil {
		return 0, st.fail(err)
	}
	st.sent = append(st.sent, p...)
	return len(p), nil
}

func (st *stream) reserve(n int) error {
	if n > st.window {
		time.Sleep(time.Millisecond)
		return errReset
	}
	st.window -= n
	return nil
}

func (st *stream) fail(err error) error {
	st.failed = err
	st.session.remove(st.id)
	return err
}

func (st *stream) abort(err error) {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.failed == nil {
		st.failed = err
	}
}

func pump(st *stream, done *sync.WaitGroup) {
	defer done.Done()
	frame := make([]byte, 10)
	for {
		if _, err := st.write(frame); err != nil {
			return
		}
	}
}

// Run closes sessions while their streams write.
func Run() {
	for i := 0; i < 40; i++ {
		s := newSession()
		var wg sync.WaitGroup
		for j := 0; j < 4; j++ {
			st, err := s.open()
			if err != nil {
				break
			}
			wg.Add(1)
			go pump(st, &wg)
		}
		time.Sleep(500 * time.Microsecond)
		_ = s.close()
		wg.Wait()
	}
}
