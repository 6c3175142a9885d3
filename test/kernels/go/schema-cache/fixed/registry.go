package kernel

type schema struct {
	id     int
	fields []string
}

type registry struct {
	byID *readThrough[int, *schema]
}

func newRegistry(source map[int]*schema) *registry {
	return &registry{byID: newReadThrough(func(id int) (*schema, error) {
		if s, ok := source[id]; ok {
			return s, nil
		}
		return nil, errNotFound
	})}
}

func (r *registry) compatible(older, newer int) (bool, error) {
	a, err := r.byID.Get(older)
	if err != nil {
		return false, err
	}
	b, err := r.byID.Get(newer)
	if err != nil {
		return false, err
	}
	have := map[string]bool{}
	for _, f := range b.fields {
		have[f] = true
	}
	for _, f := range a.fields {
		if !have[f] {
			return false, nil
		}
	}
	return true, nil
}

// Run compares two schemas, and one that is unknown.
func Run() {
	r := newRegistry(map[int]*schema{
		1: {1, []string{"id"}},
		2: {2, []string{"id", "name"}},
	})
	if ok, err := r.compatible(1, 2); err != nil || !ok {
		panic("schemas are compatible")
	}
	_, _ = r.compatible(2, 3)
}
