package kernel

import "testing"

func TestBatch(t *testing.T) {
	cases := []struct {
		name           string
		pictures       []Picture
		thumbs, failed int
	}{
		{"nothing", nil, 0, 0},
		{"pictures", []Picture{{"a.png", 10, 20}, {"b.jpg", 20, 10}}, 2, 0},
		{"a text", []Picture{{"a.png", 10, 20}, {"b.txt", 0, 0}}, 1, 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			batch := NewBatch(byRatio{}, 5, 2)
			for _, picture := range c.pictures {
				batch.Add(picture)
			}
			thumbs, failed := batch.Finish()
			if len(thumbs) != c.thumbs || len(failed) != c.failed {
				t.Errorf("%d thumbnails and %d failures", len(thumbs), len(failed))
			}
		})
	}
}
