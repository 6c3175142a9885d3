package kernel

import (
	"errors"
	"sync"
)

var errRetry = errors.New("row is gone")

type txn struct {
	table  *rowTable
	pinned []*row
}

func (x *txn) touch(key string) (*row, error) {
	r := x.table.pin(key)
	if r == nil {
		return nil, errRetry
	}
	x.pinned = append(x.pinned, r)
	return r, nil
}

func (x *txn) finish() {
	for i := len(x.pinned) - 1; i >= 0; i-- {
		x.pinned[i].Unlock()
	}
	x.pinned = nil
}

func (x *txn) add(key, col string, n int) error {
	defer x.finish()
	r, err := x.touch(key)
	if err != nil {
		return err
	}
	if n < 0 && r.cols[col] < -n {
		return errors.New("would go below zero")
	}
	r.cols[col] += n
	return nil
}

// Run adds to and drops a row from several goroutines.
func Run() {
	t := &rowTable{rows: map[string]*row{}}
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := 0; j < 50; j++ {
				x := &txn{table: t}
				_ = x.add("k", "n", 1-2*(j%3))
				if j%10 == i {
					t.drop("k")
				}
			}
		}()
	}
	wg.Wait()
}
