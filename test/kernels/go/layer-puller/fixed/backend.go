package kernel

import "time"

// Backend brings the bytes of a layer.
type Backend interface {
	Pull(digest string) ([]byte, error)
}

type localBackend struct{ layers map[string][]byte }

func (l *localBackend) Pull(digest string) ([]byte, error) { return l.layers[digest], nil }

type remoteBackend struct {
	latency time.Duration
}

func (r *remoteBackend) Pull(digest string) ([]byte, error) {
	time.Sleep(r.latency)
	return []byte(digest), nil
}
