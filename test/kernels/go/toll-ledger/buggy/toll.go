package kernel

import (
	"errors"
	"sync"
)

var errBlocked = errors.New("toll: account is blocked")

type account struct {
	cents   int64
	blocked bool
}

type ledger struct {
	mu       sync.Mutex
	accounts map[string]*account
	refused  []string
}

type passage struct {
	plate string
	cents int64
}

func (l *ledger) charge(batch []passage) (int64, error) {
	var sum int64
	for _, p := range batch {
		l.mu.Lock()
		acc, ok := l.accounts[p.plate]
		if !ok {
			l.refused = append(l.refused, p.plate)
			l.mu.Unlock()
			continue
		}
		switch {
		case acc.blocked:
			return sum, errBlocked
		case acc.cents < p.cents:
			l.refused = append(l.refused, p.plate)
		default:
			acc.cents -= p.cents
			sum += p.cents
		}
		l.mu.Unlock()
	}
	return sum, nil
}

func (l *ledger) block(plate string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if acc := l.accounts[plate]; acc != nil {
		acc.blocked = true
	}
}

// Run charges two cars, one of them blocked.
func Run() {
	l := &ledger{accounts: map[string]*account{"AB 1": {cents: 500}, "CD 2": {cents: 20}}}
	l.block("CD 2")
	if _, err := l.charge([]passage{{"XX 0", 1}, {"AB 1", 100}, {"CD 2", 10}}); !errors.Is(err, errBlocked) {
		panic("charged a blocked account")
	}
	_, _ = l.charge([]passage{{"AB 1", 100}})
}
