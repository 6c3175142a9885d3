package kernel

import (
	"sync"
	"time"
)

type runner struct {
	folder string
	quit   chan struct{}
	scans  int
}

func (r *runner) loop(interval time.Duration) {
	t := time.NewTicker(interval)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			r.scans++
		case <-r.quit:
			return
		}
	}
}

type folderSet struct {
	mut      sync.Mutex
	runners  map[string]*runner
	active   sync.WaitGroup
	scanned  map[string]int
	interval time.Duration
}

func newFolderSet() *folderSet {
	return &folderSet{
		runners:  make(map[string]*runner),
		scanned:  make(map[string]int),
		interval: time.Millisecond,
	}
}

func (f *folderSet) add(folder string) {
	f.mut.Lock()
	defer f.mut.Unlock()
	r := &runner{folder: folder, quit: make(chan struct{})}
	f.runners[folder] = r
	f.active.Add(1)
	go f.supervise(r)
}

func (f *folderSet) supervise(r *runner) {
	defer f.active.Done()
	r.loop(f.interval)
	f.retire(r)
}

func (f *folderSet) retire(r *runner) {
	f.mut.Lock()
	defer f.mut.Unlock()
	f.scanned[r.folder] += r.scans
	delete(f.runners, r.folder)
}

func (f *folderSet) signalAll() {
	for _, r := range f.runners {
		close(r.quit)
	}
}

func (f *folderSet) reconfigure(folders ...string) {
	f.mut.Lock()
	f.signalAll()
	f.mut.Unlock()
	f.join()
	for _, name := range folders {
		f.add(name)
	}
}

func (f *folderSet) join() {
	f.active.Wait()
}

// Run changes the folders twice.
func Run() {
	f := newFolderSet()
	f.reconfigure("photos", "music")
	time.Sleep(5 * time.Millisecond)
	f.reconfigure("photos")
	f.reconfigure()
}
