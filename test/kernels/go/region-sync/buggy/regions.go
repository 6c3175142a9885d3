package kernel

import (
	"fmt"
	"sort"
	"sync"
	"time"
)

// Region is a place with a copy of the data.
type Region struct {
	Name    string
	Objects int
}

// Diff is what a region lacks.
type Diff struct {
	Region  string
	Missing int
}

// Inspector looks into regions.
type Inspector struct {
	want    int
	latency time.Duration
}

func (n *Inspector) inspect(r Region) Diff {
	time.Sleep(n.latency)
	return Diff{Region: r.Name, Missing: n.want - r.Objects}
}

// Compare looks into all regions, a few at a time.
func (n *Inspector) Compare(regions []Region, atOnce int) []Diff {
	var all []Diff
	for len(regions) > 0 {
		if atOnce > len(regions) {
			atOnce = len(regions)
		}
		all = append(all, n.compare(regions[:atOnce])...)
		regions = regions[atOnce:]
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Missing > all[j].Missing })
	return all
}

func (n *Inspector) compare(regions []Region) []Diff {
	diffs := make(chan Diff, 1)
	var pending sync.WaitGroup
	for _, region := range regions {
		pending.Add(1)
		go func(region Region) {
			defer pending.Done()
			if diff := n.inspect(region); diff.Missing > 0 {
				diffs <- diff
			}
		}(region)
	}
	pending.Wait()
	close(diffs)
	var found []Diff
	for diff := range diffs {
		found = append(found, diff)
	}
	return found
}

// Run compares regions that have less and less.
func Run() {
	var regions []Region
	for i := 0; i < 6; i++ {
		regions = append(regions, Region{Name: fmt.Sprint("region-", i), Objects: 110 - 5*i})
	}
	inspector := &Inspector{want: 100, latency: time.Millisecond}
	_ = inspector.Compare(regions, 3)
}
