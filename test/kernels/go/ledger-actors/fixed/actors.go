package kernel

import "sync"

// Transfer moves cents from one account to another.
type Transfer struct {
	Cents int
	Hops  int
}

// Account is an actor: it alone touches its balance.
type Account struct {
	name    string
	inbox   chan Transfer
	partner *Account
	balance int
	seen    int
}

func newAccount(name string) *Account {
	return &Account{name: name, inbox: make(chan Transfer, 64)}
}

func (a *Account) run(left int, done *sync.WaitGroup) {
	defer done.Done()
	for t := range a.inbox {
		a.balance += t.Cents
		a.seen++
		if t.Hops > 0 {
			a.forward(t)
		}
		if a.seen == left {
			return
		}
	}
}

func (a *Account) forward(t Transfer) {
	half := t.Cents / 2
	a.balance -= half
	a.partner.inbox <- Transfer{Cents: half, Hops: t.Hops - 1}
}

// Bank has two accounts that pass money on.
type Bank struct {
	left, right *Account
	done        sync.WaitGroup
}

// NewBank opens the accounts.
func NewBank() *Bank {
	b := &Bank{left: newAccount("left"), right: newAccount("right")}
	b.left.partner, b.right.partner = b.right, b.left
	return b
}

// Settle passes the amounts to both accounts and waits until all have been passed on.
func (b *Bank) Settle(cents ...int) {
	b.done.Add(2)
	go b.left.run(2*len(cents), &b.done)
	go b.right.run(2*len(cents), &b.done)
	for _, c := range cents {
		b.left.inbox <- Transfer{Cents: c, Hops: 1}
		b.right.inbox <- Transfer{Cents: c, Hops: 1}
	}
	b.done.Wait()
}

// Run settles many amounts.
func Run() {
	for i := 0; i < 300; i++ {
		NewBank().Settle(10, 20, 30, 40, 50, 60, 70, 80)
	}
}
