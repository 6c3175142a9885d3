package kernel

import (
	"strings"
	"testing"
)

func TestDescribeIndents(t *testing.T) {
	root := NewNode("car").Attach(NewNode("engine").Attach(NewNode("belt")))
	want := "car[ok]\n  engine[ok]\n    belt[ok]\n"
	if got := root.Describe(); got != want {
		t.Fatalf("got %q, want %q", got, want)
	}
}

func TestDescribeWhileReporting(t *testing.T) {
	belt := NewNode("belt")
	root := NewNode("engine").Attach(belt)
	exercise(root, belt, 30000)
	if !strings.Contains(belt.String(), "faults") {
		t.Fatal("no fault was counted")
	}
}
