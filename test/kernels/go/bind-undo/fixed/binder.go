package kernel

type volumeBinder struct {
	cache    *nodeCache
	reserved map[string][]string
}

func newVolumeBinder(c *nodeCache) *volumeBinder {
	b := &volumeBinder{cache: c, reserved: map[string][]string{}}
	c.onUndo(b)
	return b
}

func (b *volumeBinder) reserve(p *podRecord, claims ...string) {
	b.reserved[p.name] = append(b.reserved[p.name], claims...)
}

func (b *volumeBinder) undo(p *podRecord) {
	if len(b.reserved[p.name]) == 0 {
		return
	}
	b.release(p)
}

func (b *volumeBinder) release(p *podRecord) {
	delete(b.reserved, p.name)
	b.cache.forget(p.name)
}

type scheduler struct {
	cache  *nodeCache
	binder *volumeBinder
}

func (s *scheduler) scheduleOne(p *podRecord, node string) error {
	s.binder.reserve(p, p.name+"-data")
	if err := s.cache.assume(p, node); err != nil {
		return err
	}
	p.bound = true
	return nil
}

// Run schedules a pod that fits and one that does not.
func Run() {
	c := newNodeCache("n1", "n2")
	s := &scheduler{cache: c, binder: newVolumeBinder(c)}
	_ = s.scheduleOne(&podRecord{name: "web", millis: 600}, "n1")
	_ = s.scheduleOne(&podRecord{name: "db", millis: 900}, "n1")
	_ = s.scheduleOne(&podRecord{name: "db", millis: 900}, "n2")
}
