package kernel

import (
	"errors"
	"fmt"
	"strings"
	"sync"
)

var errEmpty = errors.New("empty chapter")

type chapter struct {
	title string
	text  string
}

type remark struct {
	chapter string
	text    string
}

type check interface {
	Name() string
	Look(chapter) (remark, error)
}

type lengthCheck struct{ max int }

func (c lengthCheck) Name() string { return "length" }

func (c lengthCheck) Look(ch chapter) (remark, error) {
	if ch.text == "" {
		return remark{}, errEmpty
	}
	if len(ch.text) > c.max {
		return remark{ch.title, "too long"}, nil
	}
	return remark{}, nil
}

type adverbCheck struct{}

func (adverbCheck) Name() string { return "adverbs" }

func (adverbCheck) Look(ch chapter) (remark, error) {
	n := strings.Count(ch.text, "ly ")
	return remark{ch.title, fmt.Sprintf("%d adverbs", n)}, nil
}

// Reviewer runs its checks over chapters, a goroutine for each pair.
type Reviewer struct {
	checks  []check
	mu      sync.Mutex
	reviews int
}

type outcome struct {
	remark remark
	err    error
}

func (r *Reviewer) examine(c check, ch chapter, out chan outcome) {
	rm, err := c.Look(ch)
	if err != nil {
		err = fmt.Errorf("%s: %w", c.Name(), err)
	}
	out <- outcome{rm, err}
}

// Review gives up at the first check that fails.
func (r *Reviewer) Review(chapters []chapter) ([]remark, error) {
	out := make(chan outcome)
	started := 0
	for _, ch := range chapters {
		for _, c := range r.checks {
			go r.examine(c, ch, out)
			started++
		}
	}
	var remarks []remark
	for i := 0; i < started; i++ {
		o := <-out
		if o.err != nil {
			return nil, o.err
		}
		if o.remark.text != "" {
			remarks = append(remarks, o.remark)
		}
	}
	r.count()
	return remarks, nil
}

func (r *Reviewer) count() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.reviews++
}

// Run reviews a book with an empty chapter.
func Run() {
	r := &Reviewer{checks: []check{lengthCheck{80}, adverbCheck{}}}
	_, err := r.Review([]chapter{{"One", "slowly "}, {"Two", ""}, {"Three", "quickly "}, {"Four", ""}})
	if !errors.Is(err, errEmpty) {
		panic("not refused")
	}
}
