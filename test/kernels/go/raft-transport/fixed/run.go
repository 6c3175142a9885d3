package kernel

import "sync"

// Run proposes two entries to a node with two peers.
func Run() {
	var wg sync.WaitGroup
	stop := make(chan struct{})
	applied := make(chan int, 8)
	n := newNode(1, []int{2, 3}, &wg, stop, func(index int) { applied <- index })
	t := newTransport(n, stop, &wg)
	wg.Add(2)
	go n.run()
	go t.run()
	for i := 0; i < 2; i++ {
		n.proposals <- i
		<-applied
	}
	close(stop)
	wg.Wait()
}
