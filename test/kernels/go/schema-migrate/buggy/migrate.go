package kernel

import (
	"errors"
	"sync/atomic"
	"time"
)

type database interface {
	exec(stmt string) (int, error)
}

type migrator struct {
	db      database
	applied atomic.Int64
}

func (m *migrator) apply(ddl string, backfill []string) (err error) {
	var tasks taskSet
	if _, err = m.db.exec(ddl); err != nil {
		return err
	}
	for _, stmt := range backfill {
		tasks.Go(func() error {
			var n int
			n, err = m.db.exec(stmt)
			if err != nil {
				return err
			}
			m.applied.Add(int64(n))
			return nil
		})
	}
	return tasks.Wait()
}

type slowDB struct {
	delay time.Duration
	bad   string
}

func (d slowDB) exec(stmt string) (int, error) {
	time.Sleep(d.delay)
	if stmt == d.bad {
		return 0, errors.New("bad statement: " + stmt)
	}
	return len(stmt), nil
}

// Run migrates a schema with three backfills.
func Run() {
	m := &migrator{db: slowDB{delay: time.Millisecond, bad: "update c"}}
	_ = m.apply("alter table x", []string{"update a", "update b", "update c"})
}
