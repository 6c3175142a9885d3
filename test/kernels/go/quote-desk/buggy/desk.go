package kernel

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Offer is what a carrier wants for a shipment.
type Offer struct {
	Carrier string
	Cents   int
}

// Carrier makes offers.
type Carrier interface {
	Name() string
	Offer(weight int) (Offer, error)
}

// Desk collects offers from carriers.
type Desk struct {
	carriers []Carrier
	patience time.Duration
}

type answer struct {
	offer Offer
	err   error
}

// NewDesk returns a desk that waits so long for all carriers together.
func NewDesk(patience time.Duration, carriers ...Carrier) *Desk {
	return &Desk{carriers: carriers, patience: patience}
}

func (d *Desk) askAll(weight int) <-chan answer {
	answers := make(chan answer)
	for _, carrier := range d.carriers {
		go func() {
			offer, err := carrier.Offer(weight)
			if err != nil {
				err = fmt.Errorf("%s: %w", carrier.Name(), err)
			}
			answers <- answer{offer, err}
		}()
	}
	return answers
}

// Cheapest returns the best of all offers.
func (d *Desk) Cheapest(ctx context.Context, weight int) (Offer, error) {
	ctx, cancel := context.WithTimeout(ctx, d.patience)
	defer cancel()
	answers := d.askAll(weight)
	var best Offer
	for range d.carriers {
		select {
		case a := <-answers:
			if a.err != nil {
				return Offer{}, a.err
			}
			if best.Carrier == "" || a.offer.Cents < best.Cents {
				best = a.offer
			}
		case <-ctx.Done():
			return best, ctx.Err()
		}
	}
	return best, nil
}

type truck struct {
	name  string
	delay time.Duration
	limit int
}

func (t truck) Name() string { return t.name }

func (t truck) Offer(weight int) (Offer, error) {
	time.Sleep(t.delay)
	if weight > t.limit {
		return Offer{}, errors.New("too heavy")
	}
	return Offer{Carrier: t.name, Cents: weight * 90}, nil
}

// Run asks three carriers twice.
func Run() {
	desk := NewDesk(15*time.Millisecond,
		truck{"red", time.Millisecond, 50},
		truck{"blue", 3 * time.Millisecond, 500},
		truck{"grey", 30 * time.Millisecond, 500},
	)
	_, _ = desk.Cheapest(context.Background(), 80)
	_, _ = desk.Cheapest(context.Background(), 20)
}
