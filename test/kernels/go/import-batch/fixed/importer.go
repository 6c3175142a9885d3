package kernel

import (
	"fmt"
	"strings"
	"sync"
)

// Row is one line of an import file.
type Row struct {
	Number int
	Fields []string
}

// Observer is told about every row that was imported or refused.
type Observer interface {
	Imported(Row)
	Refused(Row, error)
}

// Importer reads rows in parallel.
type Importer struct {
	parallel int
	width    int
	observer Observer
}

// NewImporter returns an importer for rows of so many fields.
func NewImporter(width int, observer Observer) *Importer {
	return &Importer{parallel: 3, width: width, observer: observer}
}

// Import splits the text into rows and imports them.
func (im *Importer) Import(text string) {
	rows := make(chan Row)
	var wg sync.WaitGroup
	for i := 0; i < im.parallel; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for row := range rows {
				im.one(row)
			}
		}()
	}
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		rows <- Row{Number: i + 1, Fields: strings.Split(line, ",")}
	}
	close(rows)
	wg.Wait()
}

func (im *Importer) one(row Row) {
	if len(row.Fields) != im.width {
		im.observer.Refused(row, fmt.Errorf("row %d has %d fields", row.Number, len(row.Fields)))
		return
	}
	im.observer.Imported(row)
}
