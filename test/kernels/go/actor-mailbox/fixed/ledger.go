package kernel

type journal struct {
	lines []string
}

func (j *journal) append(kind string) { j.lines = append(j.lines, kind) }

type ledgerActor struct {
	actor
	journal *journal
	balance int
}

func newLedgerActor(opening int) *ledgerActor {
	l := &ledgerActor{journal: &journal{}}
	l.self = l
	l.spawn(4)
	l.tell(envelope{"open", opening})
	return l
}

func (l *ledgerActor) receive(e envelope) {
	switch e.kind {
	case "open":
		l.balance = e.body
	case "credit":
		l.balance += e.body
	case "debit":
		if l.balance < e.body {
			return
		}
		l.balance -= e.body
	}
	if l.journal != nil {
		l.journal.append(e.kind)
	}
}

// Run credits and debits a ledger.
func Run() {
	l := newLedgerActor(10)
	l.tell(envelope{"credit", 5})
	l.tell(envelope{"debit", 30})
	l.tell(envelope{"debit", 3})
	l.halt()
}
