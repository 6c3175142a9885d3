package kernel

type offsetLog interface {
	appendOffset(topic string, id int32, offset int64) error
}

type committer struct {
	tracker *tracker
	log     offsetLog
	limit   int
}

func (c *committer) flush() (int, error) {
	var failed error
	written := 0
	c.tracker.each(func(p partition, pos position) bool {
		if pos.consumed == pos.committed {
			return true
		}
		if err := c.write(p, pos.consumed); err != nil {
			failed = err
			return false
		}
		written++
		return written < c.limit
	})
	return written, failed
}

func (c *committer) write(p partition, offset int64) error {
	if err := c.log.appendOffset(p.topic, p.id, offset); err != nil {
		c.tracker.pause(p)
		return err
	}
	c.tracker.commit(p, offset)
	return nil
}

type sliceLog struct {
	entries []int64
}

func (s *sliceLog) appendOffset(_ string, _ int32, offset int64) error {
	s.entries = append(s.entries, offset)
	return nil
}

// Run consumes on two partitions and commits.
func Run() {
	t := newTracker()
	c := &committer{tracker: t, log: &sliceLog{}, limit: 10}
	for i := int64(1); i < 4; i++ {
		t.advance(partition{"orders", 0}, i)
		t.advance(partition{"orders", 1}, i*2)
	}
	if _, err := c.flush(); err != nil {
		panic(err)
	}
}
