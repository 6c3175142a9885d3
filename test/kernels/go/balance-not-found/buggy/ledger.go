package kernel

import (
	"errors"
	"fmt"
	"sync"
)

// ErrNoAccount is returned for accounts that were never opened.
var ErrNoAccount = errors.New("no such account")

type account struct {
	owner   string
	balance int64
	frozen  bool
}

// Ledger keeps the balances of all accounts.
type Ledger struct {
	mu       sync.Mutex
	accounts map[string]*account
	journal  []string
}

// NewLedger returns an empty ledger.
func NewLedger() *Ledger {
	return &Ledger{accounts: make(map[string]*account)}
}

// Open adds an account with a first deposit.
func (l *Ledger) Open(id, owner string, deposit int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.accounts[id] = &account{owner: owner, balance: deposit}
	l.journal = append(l.journal, fmt.Sprintf("open %s %d", id, deposit))
}

// Withdraw takes an amount from an account.
func (l *Ledger) Withdraw(id string, amount int64) error {
	l.mu.Lock()
	from, ok := l.accounts[id]
	if !ok {
		return ErrNoAccount
	}
	if from.frozen || from.balance < amount {
		l.mu.Unlock()
		return fmt.Errorf("%s cannot pay %d", from.owner, amount)
	}
	from.balance -= amount
	l.journal = append(l.journal, fmt.Sprintf("withdraw %s %d", id, amount))
	l.mu.Unlock()
	return nil
}

// Balance returns what an account holds.
func (l *Ledger) Balance(id string) int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	if found := l.accounts[id]; found != nil {
		return found.balance
	}
	return 0
}

// Run pays from an account that is not there, then from one that is.
func Run() {
	ledger := NewLedger()
	ledger.Open("a", "ann", 100)
	for _, id := range []string{"b", "a"} {
		if err := ledger.Withdraw(id, 10); err != nil {
			continue
		}
	}
	_ = ledger.Balance("a")
}
