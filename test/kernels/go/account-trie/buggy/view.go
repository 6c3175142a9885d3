package kernel

import (
	"sync"
	"time"
)

type stateView struct {
	db    *stateDB
	guard sync.Locker
}

func (v *stateView) balance(a address) uint64 {
	v.guard.Lock()
	defer v.guard.Unlock()
	if acc := v.db.accounts[a]; acc != nil {
		return acc.balance
	}
	return 0
}

type auditor struct {
	db   *stateDB
	view *stateView
	seen int
	slow time.Duration
}

func newAuditor(db *stateDB) *auditor {
	return &auditor{db: db, view: db.view(), slow: time.Millisecond}
}

func (au *auditor) check(a account) bool {
	time.Sleep(au.slow)
	if au.view.balance(a.addr) >= a.balance {
		au.seen++
	}
	return true
}

func (au *auditor) sweep() int {
	au.db.forEach(au.check)
	return au.seen
}

// Run audits the state while blocks are committed.
func Run() {
	db := newStateDB()
	for _, a := range []address{"a", "b", "c", "d", "e"} {
		db.commit([]account{{addr: a, balance: 7}})
	}
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		for i := 0; i < 20; i++ {
			db.commit([]account{{addr: "a", nonce: uint64(i), balance: 9}})
			time.Sleep(time.Millisecond)
		}
	}()
	go func() {
		defer wg.Done()
		for i := 0; i < 10; i++ {
			newAuditor(db).sweep()
		}
	}()
	wg.Wait()
}
