package kernel

import (
	"context"
	"errors"
	"sync"
)

var errUnknown = errors.New("unknown article")

type question struct {
	article string
	reply   chan answer
}

type answer struct {
	cents int
	err   error
}

// Lookup answers questions about prices, one after the other.
type Lookup struct {
	prices    map[string]int
	questions chan question
	stop      context.CancelFunc
	wg        sync.WaitGroup
	misses    int
}

// NewLookup starts a lookup.
func NewLookup(prices map[string]int) *Lookup {
	ctx, stop := context.WithCancel(context.Background())
	l := &Lookup{prices: prices, questions: make(chan question), stop: stop}
	l.wg.Add(1)
	go l.serve(ctx)
	return l
}

func (l *Lookup) serve(ctx context.Context) {
	defer l.wg.Done()
	for {
		select {
		case q := <-l.questions:
			l.answer(q)
		case <-ctx.Done():
			return
		}
	}
}

func (l *Lookup) answer(q question) {
	if q.article == "" {
		q.reply <- answer{err: errUnknown}
		return
	}
	cents, ok := l.prices[q.article]
	if !ok {
		l.misses++
		q.reply <- answer{err: errUnknown}
		return
	}
	q.reply <- answer{cents: cents}
}

// Price asks for the price of an article.
func (l *Lookup) Price(article string) (int, error) {
	q := question{article: article, reply: make(chan answer, 1)}
	l.questions <- q
	a := <-q.reply
	return a.cents, a.err
}

// Total adds up what a basket costs.
func (l *Lookup) Total(articles []string) (int, error) {
	sum := 0
	for _, article := range articles {
		cents, err := l.Price(article)
		if err != nil {
			return 0, err
		}
		sum += cents
	}
	return sum, nil
}

// Close ends the lookup.
func (l *Lookup) Close() {
	l.stop()
	l.wg.Wait()
}

// Run adds up two baskets.
func Run() {
	l := NewLookup(map[string]int{"pen": 120, "ink": 480})
	defer l.Close()
	_, _ = l.Total([]string{"pen", "ink"})
	_, _ = l.Total([]string{"pen", "nib"})
}
