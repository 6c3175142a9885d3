package kernel

import (
	"crypto/sha256"
	"fmt"
	"sync"
)

// Part is one piece of a backup.
type Part struct {
	Number int
	Body   []byte
}

type receipt struct {
	number int
	digest string
}

// Bucket takes parts.
type Bucket interface {
	PutPart(p Part) (string, error)
}

type hashBucket struct{}

func (hashBucket) PutPart(p Part) (string, error) {
	return fmt.Sprintf("%x", sha256.Sum256(p.Body)), nil
}

type refusingBucket struct{ from int }

func (r refusingBucket) PutPart(p Part) (string, error) {
	if p.Number >= r.from {
		return "", fmt.Errorf("part %d was refused", p.Number)
	}
	return "ok", nil
}

// Uploader uploads the parts of a backup side by side.
type Uploader struct {
	bucket   Bucket
	partSize int

	wg       sync.WaitGroup
	receipts []receipt
	failed   []error
}

// NewUploader returns an uploader for one backup.
func NewUploader(bucket Bucket, partSize int) *Uploader {
	return &Uploader{bucket: bucket, partSize: partSize}
}

func (u *Uploader) split(backup []byte) []Part {
	var parts []Part
	for len(backup) > 0 {
		n := u.partSize
		if n > len(backup) {
			n = len(backup)
		}
		parts = append(parts, Part{Number: len(parts), Body: backup[:n]})
		backup = backup[n:]
	}
	return parts
}

// Upload sends the backup and returns the digests.
func (u *Uploader) Upload(backup []byte) ([]string, error) {
	parts := u.split(backup)
	u.receipts = make([]receipt, len(parts))
	u.failed = make([]error, len(parts))
	for i := range parts {
		u.spawn(parts[i])
	}
	u.wg.Wait()
	digests := make([]string, 0, len(parts))
	for i, r := range u.receipts {
		if u.failed[i] != nil {
			return nil, u.failed[i]
		}
		digests = append(digests, r.digest)
	}
	return digests, nil
}

func (u *Uploader) spawn(p Part) {
	u.wg.Add(1)
	go func() {
		defer u.wg.Done()
		u.upload(p)
	}()
}

func (u *Uploader) upload(p Part) {
	digest, err := u.bucket.PutPart(p)
	if err != nil {
		u.failed[p.Number] = err
		return
	}
	u.receipts[p.Number] = receipt{number: p.Number, digest: digest}
}

// Run uploads to two buckets.
func Run() {
	backup := make([]byte, 1<<16)
	for _, b := range []Bucket{hashBucket{}, refusingBucket{from: 3}} {
		_, _ = NewUploader(b, 1<<13).Upload(backup)
	}
}
