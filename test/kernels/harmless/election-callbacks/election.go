package kernel

import (
	"sync"
)

// State is what a candidate is at the moment.
type State int

const (
	follower State = iota
	candidate
	leader
)

// Callbacks are called when the state changes.
type Callbacks struct {
	OnChange func(from, to State)
	OnTerm   func(term int)
}

// Elector votes and counts votes.
type Elector struct {
	mu        sync.Mutex
	state     State
	term      int
	votes     map[string]bool
	quorum    int
	callbacks Callbacks
}

// NewElector returns a follower.
func NewElector(quorum int) *Elector {
	return &Elector{quorum: quorum, votes: make(map[string]bool)}
}

// SetCallbacks replaces the callbacks.
func (e *Elector) SetCallbacks(c Callbacks) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.callbacks = c
}

// Campaign starts a new term.
func (e *Elector) Campaign() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.term++
	e.votes = make(map[string]bool)
	e.becomeLocked(candidate)
}

// Vote counts a vote for a term.
func (e *Elector) Vote(from string, term int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if term != e.term || e.state != candidate {
		return
	}
	e.votes[from] = true
	if len(e.votes) >= e.quorum {
		e.becomeLocked(leader)
	}
}

// becomeLocked is called with the lock held and lets go of it for the callbacks.
func (e *Elector) becomeLocked(to State) {
	from := e.state
	if from == to {
		return
	}
	e.state = to
	term, c := e.term, e.callbacks
	e.mu.Unlock()
	defer e.mu.Lock()
	if c.OnChange != nil {
		c.OnChange(from, to)
	}
	if c.OnTerm != nil {
		c.OnTerm(term)
	}
}

// Current returns the state and the term.
func (e *Elector) Current() (State, int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.state, e.term
}

type recorder struct {
	elector *Elector

	mu   sync.Mutex
	seen []State
}

func (r *recorder) changed(from, to State) {
	now, _ := r.elector.Current()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen = append(r.seen, now)
}

// Run has several elections.
func Run() {
	e := NewElector(2)
	r := &recorder{elector: e}
	e.SetCallbacks(Callbacks{OnChange: r.changed, OnTerm: func(term int) { e.Vote("self", term) }})
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func(name string) {
			defer wg.Done()
			for j := 0; j < 50; j++ {
				e.Campaign()
				_, term := e.Current()
				e.Vote(name, term)
			}
		}(string(rune('a' + i)))
	}
	wg.Wait()
}
