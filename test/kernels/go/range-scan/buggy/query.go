package kernel

import "sort"

type scanner interface {
	scan(prefix byte, sink rowSink)
}

type resultSet struct {
	rows  []kv
	bytes int
}

func (r *resultSet) add(row kv) {
	r.rows = append(r.rows, row)
	r.bytes += len(row.key) + len(row.value)
}

type query struct {
	src   scanner
	limit int
}

func (q *query) execute(prefix byte) []kv {
	rs := &resultSet{}
	q.src.scan(prefix, rs.add)
	sort.Slice(rs.rows, func(i, j int) bool { return rs.rows[i].key < rs.rows[j].key })
	if len(rs.rows) > q.limit {
		return rs.rows[:q.limit]
	}
	return rs.rows
}

// Run queries four partitions.
func Run() {
	s := &rangeScanner{parallel: 3}
	for i := 0; i < 40; i++ {
		s.parts = append(s.parts, map[string]string{
			"a" + string(rune('a'+i%20)): "1",
			"b" + string(rune('a'+i%20)): "2",
		})
	}
	q := &query{src: s, limit: 10}
	_ = q.execute('a')
}
