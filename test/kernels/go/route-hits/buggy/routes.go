package kernel

import (
	"strings"
	"sync"
)

// Route leads requests to a backend.
type Route struct {
	Prefix  string
	Backend string
}

// Router finds routes, and remembers what it has found.
type Router struct {
	mu     sync.RWMutex
	routes []Route
	recent map[string]Route
}

// NewRouter makes a router without routes.
func NewRouter() *Router {
	return &Router{recent: make(map[string]Route)}
}

// Add adds a route and forgets what was found before.
func (r *Router) Add(route Route) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.routes = append(r.routes, route)
	r.recent = make(map[string]Route)
}

// Find returns the route of a path.
func (r *Router) Find(path string) (Route, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if route, ok := r.recent[path]; ok {
		return route, true
	}
	for _, route := range r.routes {
		if strings.HasPrefix(path, route.Prefix) {
			r.recent[path] = route
			return route, true
		}
	}
	return Route{}, false
}

// Run finds routes from several goroutines.
func Run() {
	router := NewRouter()
	router.Add(Route{Prefix: "/api", Backend: "api:80"})
	router.Add(Route{Prefix: "/", Backend: "web:80"})
	var clients sync.WaitGroup
	for i := 0; i < 8; i++ {
		clients.Add(1)
		go func() {
			defer clients.Done()
			for _, path := range []string{"/", "/api", "/api/v1", "/img"} {
				_, _ = router.Find(path)
			}
		}()
	}
	clients.Wait()
}
