package kernel

import (
	"sync"
	"time"
)

// Replica answers queries.
type Replica struct {
	id    int
	delay time.Duration
}

func (r *Replica) query(question string) string {
	time.Sleep(r.delay)
	return question + "!"
}

// Cluster is a set of replicas.
type Cluster struct {
	replicas []*Replica
}

// Gather asks every replica and collects what they say.
func (c *Cluster) Gather(question string) []string {
	answers := make([]string, len(c.replicas))
	var pending sync.WaitGroup
	for i, replica := range c.replicas {
		pending.Add(1)
		go func(replica *Replica) {
			defer pending.Done()
			answers[i] = replica.query(question)
		}(replica)
	}
	pending.Wait()
	return answers
}

// Run asks a few replicas.
func Run() {
	cluster := &Cluster{}
	for i := 0; i < 16; i++ {
		cluster.replicas = append(cluster.replicas, &Replica{id: i, delay: time.Millisecond})
	}
	_ = cluster.Gather("ready?")
}
