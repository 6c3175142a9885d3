package kernel

type row map[string]string

// source gives the rows of a table in pages.
type source interface {
	page(cursor int) (rows []row, next int, err error)
}

type rowStream struct {
	rows chan row
	err  error
	stop chan struct{}
}

func stream(s source) *rowStream {
	rs := &rowStream{rows: make(chan row, 2), stop: make(chan struct{})}
	go rs.fill(s)
	return rs
}

func (rs *rowStream) close() {
	close(rs.stop)
}

func (rs *rowStream) fill(s source) {
	defer close(rs.rows)
	for cursor := 0; cursor >= 0; {
		rows, next, err := s.page(cursor)
		if err != nil {
			rs.err = err
			return
		}
		if !rs.emit(rows) {
			return
		}
		cursor = next
	}
}

func (rs *rowStream) emit(rows []row) bool {
	for _, r := range rows {
		select {
		case rs.rows <- r:
		case <-rs.stop:
			return false
		}
	}
	return true
}
