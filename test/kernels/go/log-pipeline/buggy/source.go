package kernel

import (
	"errors"
	"io"
)

var errTruncated = errors.New("log was truncated")

// Line is one line of a container's log.
type Line struct {
	Container string
	Text      string
}

type lineReader interface {
	ReadLine() (string, error)
}

type sliceReader struct {
	lines []string
	end   error
}

func (s *sliceReader) ReadLine() (string, error) {
	if len(s.lines) == 0 {
		return "", s.end
	}
	line := s.lines[0]
	s.lines = s.lines[1:]
	return line, nil
}

func newReader(end error, lines ...string) lineReader {
	if end == nil {
		end = io.EOF
	}
	return &sliceReader{lines: lines, end: end}
}
