package kernel

import (
	"errors"
	"strings"
	"sync"
	"time"
)

// Fetcher gets a page.
type Fetcher interface {
	Fetch(url string) (size int64, err error)
}

type fakeWeb struct{}

func (fakeWeb) Fetch(url string) (int64, error) {
	time.Sleep(200 * time.Microsecond)
	if strings.HasSuffix(url, "/broken") {
		return 0, errors.New("gone")
	}
	return int64(len(url)) * 1024, nil
}

// Crawler walks over a list of pages with so many workers.
type Crawler struct {
	fetcher Fetcher
	workers int
	tally   *Tally
}

// NewCrawler returns a crawler.
func NewCrawler(fetcher Fetcher, workers int) *Crawler {
	return &Crawler{fetcher: fetcher, workers: workers, tally: &Tally{}}
}

func (c *Crawler) visit(url string) {
	start := time.Now()
	size, err := c.fetcher.Fetch(url)
	c.tally.note(url, size, time.Since(start), err)
}

// Crawl visits all pages and returns the tally.
func (c *Crawler) Crawl(urls []string) *Tally {
	queue := make(chan string, len(urls))
	for _, url := range urls {
		queue <- url
	}
	close(queue)
	var workers sync.WaitGroup
	workers.Add(c.workers)
	for i := 0; i < c.workers; i++ {
		go func() {
			defer workers.Done()
			for url := range queue {
				c.visit(url)
			}
		}()
	}
	workers.Wait()
	return c.tally
}

// Run crawls a small site.
func Run() {
	crawler := NewCrawler(fakeWeb{}, 4)
	var urls []string
	for _, page := range []string{"home", "about", "jobs", "broken", "press", "terms"} {
		for _, language := range []string{"en", "de", "fr", "it"} {
			urls = append(urls, "https://example.org/"+language+"/"+page)
		}
	}
	_ = crawler.Crawl(urls)
}
