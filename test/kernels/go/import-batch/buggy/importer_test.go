package kernel

import (
	"strings"
	"testing"
)

func TestImportReportsEveryRow(t *testing.T) {
	recorder := &Recorder{}
	importer := NewImporter(2, recorder)
	importer.Import(strings.Repeat("x,y\n", 40) + strings.Repeat("z\n", 40))
	if total := len(recorder.rows) + len(recorder.errs); total != 80 {
		t.Errorf("observed %d rows, want 80", total)
	}
	for _, row := range recorder.rows {
		if len(row.Fields) != 2 {
			t.Errorf("row %d was imported with %d fields", row.Number, len(row.Fields))
		}
	}
}
