package kernel

import "sync"

type kv struct {
	key, value string
}

type rowSink func(kv)

type rangeScanner struct {
	parts    []map[string]string
	parallel int
}

func (s *rangeScanner) scan(prefix byte, sink rowSink) {
	next := make(chan map[string]string)
	var wg sync.WaitGroup
	for i := 0; i < s.parallel; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for part := range next {
				s.scanPart(part, prefix, sink)
			}
		}()
	}
	for _, p := range s.parts {
		next <- p
	}
	close(next)
	wg.Wait()
}

func (s *rangeScanner) scanPart(part map[string]string, prefix byte, sink rowSink) {
	for k, v := range part {
		if k[0] == prefix {
			sink(kv{k, v})
		}
	}
}
