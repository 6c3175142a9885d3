package kernel

import (
	"fmt"
	"sync"

	"scratch/kernel/presence"
	"scratch/kernel/rooms"
)

const visits = 20000

// Run lets people come and go.
func Run() {
	house := rooms.NewHouse(presence.NewBook())
	var group sync.WaitGroup
	group.Add(2)
	go func() {
		defer group.Done()
		for i := 0; i < visits; i++ {
			house.Enter("kitchen", fmt.Sprint("guest ", i%7))
		}
	}()
	go func() {
		defer group.Done()
		for i := 0; i < visits; i++ {
			house.Sweep(0)
		}
	}()
	group.Wait()
}
