package kernel

import "testing"

func TestMergePrintsForEverybody(t *testing.T) {
	tray := &Tray{room: 100}
	if errs := NewMerger("Hi {name}", tray).Merge(friends(30)); len(errs) > 0 {
		t.Fatal(errs)
	}
	if n := tray.Len(); n != 30 {
		t.Fatalf("%d letters, want 30", n)
	}
}

func TestMergeReportsFullTray(t *testing.T) {
	errs := NewMerger("Hi {name}", &Tray{room: 3}).Merge(friends(5))
	if len(errs) != 2 {
		t.Fatalf("%d errors, want 2", len(errs))
	}
}
