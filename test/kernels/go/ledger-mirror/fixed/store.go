package kernel

import (
	"errors"
	"sync"
)

var errUnknown = errors.New("unknown account")

// Account is one line of the ledger.
type Account struct {
	ID      string
	Branch  string
	Balance int64
}

// Store owns the accounts.
type Store struct {
	mu       sync.Mutex
	accounts map[string]*Account
	index    *BranchIndex
}

// NewStore returns an empty store with its index.
func NewStore() *Store {
	s := &Store{accounts: make(map[string]*Account)}
	s.index = newBranchIndex(s)
	return s
}

// Put adds an account or moves it to another branch.
func (s *Store) Put(id, branch string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	account, ok := s.accounts[id]
	if !ok {
		account = &Account{ID: id}
		s.accounts[id] = account
	}
	account.Branch = branch
	s.index.add(branch, id)
}

// Post changes a balance.
func (s *Store) Post(id string, amount int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	account, ok := s.accounts[id]
	if !ok {
		return errUnknown
	}
	account.Balance += amount
	return nil
}

// Balance looks a balance up.
func (s *Store) Balance(id string) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	account, ok := s.accounts[id]
	if !ok {
		return 0, errUnknown
	}
	return account.Balance, nil
}

// Branches is the index of the store.
func (s *Store) Branches() *BranchIndex { return s.index }
