package kernel

import "sync"

type address string

type account struct {
	addr    address
	nonce   uint64
	balance uint64
}

type stateDB struct {
	mu       sync.RWMutex
	accounts map[address]*account
	root     uint64
}

func newStateDB() *stateDB {
	return &stateDB{accounts: map[address]*account{}}
}

func (s *stateDB) view() *stateView {
	return &stateView{db: s, guard: s.mu.RLocker()}
}

func (s *stateDB) commit(changes []account) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range changes {
		cp := c
		s.accounts[c.addr] = &cp
		s.root += c.balance
	}
}

func (s *stateDB) forEach(fn func(account) bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, a := range s.accounts {
		if !fn(*a) {
			return
		}
	}
}
