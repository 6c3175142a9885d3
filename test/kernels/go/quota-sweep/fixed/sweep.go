package kernel

import (
	"fmt"

	"scratch/kernel/limits"
)

// Sweeper drops tenants that have used next to nothing.
type Sweeper struct {
	table *limits.Table
	floor int64
}

// Sweep returns how many tenants it has dropped.
func (s *Sweeper) Sweep() int {
	var small []string
	s.table.Visit(func(tenant string, usage limits.Usage) bool {
		if usage.Bytes < s.floor {
			small = append(small, tenant)
		}
		return true
	})
	for _, tenant := range small {
		s.table.Drop(tenant)
	}
	return len(small)
}

// Run counts a few tenants and sweeps once.
func Run() {
	table := limits.NewTable()
	for i := int64(0); i < 5; i++ {
		table.Add(fmt.Sprint("tenant ", i), i*100)
	}
	sweeper := &Sweeper{table: table, floor: 150}
	dropped := sweeper.Sweep()
	if left := len(table.Tenants()); left+dropped != 5 {
		fmt.Println("tenants got lost")
	}
}
