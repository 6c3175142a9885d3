package kernel

import (
	"errors"
	"strings"
)

var errEmpty = errors.New("nothing found")

type predicate func(row) bool

type query struct {
	from  source
	where predicate
	limit int
}

func equals(column, value string) predicate {
	return func(r row) bool { return strings.EqualFold(r[column], value) }
}

func (q *query) collect() ([]row, error) {
	rs := stream(q.from)
	defer rs.close()
	var found []row
	for r := range rs.rows {
		if q.where != nil && !q.where(r) {
			continue
		}
		found = append(found, r)
		if q.limit > 0 && len(found) == q.limit {
			return found, nil
		}
	}
	if rs.err != nil {
		return nil, rs.err
	}
	if len(found) == 0 {
		return nil, errEmpty
	}
	return found, nil
}

type memoryTable struct {
	rows []row
	size int
}

func (m *memoryTable) page(cursor int) ([]row, int, error) {
	end := cursor + m.size
	if end >= len(m.rows) {
		return m.rows[cursor:], -1, nil
	}
	return m.rows[cursor:end], end, nil
}

// Run asks for the first match, and for all.
func Run() {
	t := &memoryTable{size: 4}
	for i := 0; i < 20; i++ {
		t.rows = append(t.rows, row{"color": []string{"Red", "blue"}[i%2]})
	}
	for _, limit := range []int{0, 1} {
		q := &query{from: t, where: equals("color", "red"), limit: limit}
		if _, err := q.collect(); err != nil {
			panic(err)
		}
	}
}
