package kernel

import (
	"errors"
	"fmt"
)

type header struct {
	index uint64
	parts int
}

type opener func(id string) (header, [][]byte, error)

type source struct {
	id     string
	open   opener
	head   chan header
	chunks chan []byte
	err    error
	logf   func(string, ...any)
}

func newSource(id string, open opener) *source {
	s := &source{
		id:     id,
		open:   open,
		head:   make(chan header, 1),
		chunks: make(chan []byte),
		logf:   func(string, ...any) {},
	}
	go s.stream()
	return s
}

func (s *source) stream() {
	h, parts, err := s.open(s.id)
	if err != nil {
		s.err = err
		s.logf("open %s: %v", s.id, err)
		close(s.head)
		close(s.chunks)
		return
	}
	s.head <- h
	defer close(s.chunks)
	for _, p := range parts {
		s.chunks <- p
	}
}

func fromDisk(disk map[string][][]byte) opener {
	return func(id string) (header, [][]byte, error) {
		p, ok := disk[id]
		if !ok {
			return header{}, nil, fmt.Errorf("snapshot %s: %w", id, errors.ErrUnsupported)
		}
		return header{index: uint64(len(id)), parts: len(p)}, p, nil
	}
}
