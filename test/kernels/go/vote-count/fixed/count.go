package kernel

import (
	"maps"
	"sync"
)

// Ballot counts the votes of one question.
type Ballot struct {
	lock  sync.RWMutex
	votes map[string]int
}

func NewBallot(options ...string) *Ballot {
	ballot := &Ballot{votes: maps.Clone(map[string]int{"none": 0})}
	for _, option := range options {
		ballot.votes[option] = 0
	}
	return ballot
}

// Vote adds a vote for an option, which need not be one of those proposed.
func (b *Ballot) Vote(option string) {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.votes[option]++
}

// Withdraw takes a vote back.
func (b *Ballot) Withdraw(option string) bool {
	b.lock.Lock()
	defer b.lock.Unlock()
	if b.votes[option] == 0 {
		return false
	}
	b.votes[option]--
	return true
}

// Votes is what was counted so far.
func (b *Ballot) Votes() map[string]int {
	b.lock.RLock()
	defer b.lock.RUnlock()
	return maps.Clone(b.votes)
}

// Leader is the option with the most votes.
func Leader(ballot *Ballot) string {
	best, most := "", -1
	for option, count := range ballot.Votes() {
		if count > most || count == most && option < best {
			best, most = option, count
		}
	}
	return best
}

// Run asks for the leader while people vote.
func Run() {
	ballot := NewBallot("yes", "no")
	var people sync.WaitGroup
	for _, option := range []string{"yes", "no", "perhaps"} {
		people.Add(1)
		go func() {
			defer people.Done()
			for i := 0; i < 50; i++ {
				ballot.Vote(option)
			}
			ballot.Withdraw(option)
		}()
	}
	for i := 0; i < 20; i++ {
		Leader(ballot)
	}
	people.Wait()
}
