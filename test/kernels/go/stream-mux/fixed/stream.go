package kernel

import "sync"

type muxStream struct {
	id      uint32
	onClose func(uint32)

	mu       sync.Mutex
	buf      [][]byte
	sentFin  bool
	recvDone chan struct{}
}

func newMuxStream(id uint32, onClose func(uint32)) *muxStream {
	return &muxStream{id: id, onClose: onClose, recvDone: make(chan struct{})}
}

func (st *muxStream) push(p []byte) {
	st.mu.Lock()
	defer st.mu.Unlock()
	if len(p) == 0 {
		st.finish()
		return
	}
	st.buf = append(st.buf, p)
}

func (st *muxStream) abort() {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.sentFin = true
	st.finish()
}

func (st *muxStream) Close() error {
	st.mu.Lock()
	st.sentFin = true
	st.mu.Unlock()
	st.onClose(st.id)
	return nil
}

func (st *muxStream) finish() {
	select {
	case <-st.recvDone:
	default:
		close(st.recvDone)
	}
}

func (st *muxStream) readAll() int {
	<-st.recvDone
	st.mu.Lock()
	defer st.mu.Unlock()
	return len(st.buf)
}

// Run opens two streams, of which one is ended by the peer, and terminates the session.
func Run() {
	s := newMuxSession()
	a, _ := s.open()
	b, _ := s.open()
	s.deliver(a.id, []byte("x"))
	s.deliver(a.id, nil)
	a.readAll()
	s.deliver(b.id, []byte("y"))
	go s.terminate()
	b.readAll()
	_ = a.Close()
	_ = b.Close()
}
