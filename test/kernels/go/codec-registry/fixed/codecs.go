package kernel

import (
	"encoding/hex"
	"errors"
	"strings"
	"sync"
)

// Codec turns text into other text and back.
type Codec interface {
	Encode(text string) string
	Decode(text string) (string, error)
}

// ErrNoCodec is returned for names nobody registered.
var ErrNoCodec = errors.New("no such codec")

var (
	codecsMu sync.RWMutex
	codecs   = map[string]Codec{
		"hex":   hexCodec{},
		"plain": plainCodec{},
	}
)

// Register adds a codec or replaces one.
func Register(name string, codec Codec) {
	codecsMu.Lock()
	defer codecsMu.Unlock()
	codecs[strings.ToLower(name)] = codec
}

// Lookup finds a codec.
func Lookup(name string) (Codec, error) {
	codecsMu.RLock()
	defer codecsMu.RUnlock()
	codec, ok := codecs[strings.ToLower(name)]
	if !ok {
		return nil, ErrNoCodec
	}
	return codec, nil
}

type hexCodec struct{}

func (hexCodec) Encode(text string) string { return hex.EncodeToString([]byte(text)) }

func (hexCodec) Decode(text string) (string, error) {
	raw, err := hex.DecodeString(text)
	return string(raw), err
}

type plainCodec struct{}

func (plainCodec) Encode(text string) string          { return text }
func (plainCodec) Decode(text string) (string, error) { return text, nil }
