package kernel

import "testing"

func TestChannels(t *testing.T) {
	for _, c := range []struct {
		name string
		own  Codec
		want string
	}{
		{"hex", nil, "6869"},
		{"plain", nil, "hi"},
		{"mine", plainCodec{}, "hi"},
		{"yours", hexCodec{}, "6869"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := Open(c.name, c.own).Send("hi")
			if err != nil {
				t.Fatal(err)
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
