package kernel

import "sync"

// Run describes a machine while it works.
func Run() {
	pump := NewNode("pump")
	machine := NewNode("machine").Attach(pump, NewNode("valve"))
	exercise(machine, pump, 30000)
}

func exercise(root, part *Node, times int) {
	var wg sync.WaitGroup
	wg.Add(4)
	go func() {
		defer wg.Done()
		for i := 0; i < times; i++ {
			part.Report("hot")
			part.Report("ok")
		}
	}()
	for viewer := 0; viewer < 3; viewer++ {
		go func() {
			defer wg.Done()
			for i := 0; i < times; i++ {
				_ = root.Describe()
			}
		}()
	}
	wg.Wait()
}
