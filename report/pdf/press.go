package pdf

import (
	"bytes"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// pressLevel gives text pages a sixth of their size; more gains a hundredth and
// costs three times as much.
const pressLevel = 6

// A press compresses streams, one after the other, with the same tables.
type press struct {
	writer *zlib.Writer
	out    bytes.Buffer
}

// press compresses data; the result is good until the next call.
func (p *press) press(data []byte) ([]byte, error) {
	p.out.Reset()
	if p.writer == nil {
		made, err := zlib.NewWriterLevel(&p.out, pressLevel)
		if err != nil {
			return nil, fmt.Errorf("compress: %w", err)
		}
		p.writer = made
	}
	p.writer.Reset(&p.out)
	if _, err := p.writer.Write(data); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	if err := p.writer.Close(); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	return p.out.Bytes(), nil
}

// pressAll compresses several streams at once.
func (b *binder) pressAll(all [][]byte) ([][]byte, error) {
	out, errs := make([][]byte, len(all)), make([]error, len(all))
	var working sync.WaitGroup
	for first, p := range b.presses {
		working.Go(func() {
			for i := first; i < len(all); i += len(b.presses) {
				pressed, err := p.press(all[i])
				out[i], errs[i] = bytes.Clone(pressed), err
			}
		})
	}
	working.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
