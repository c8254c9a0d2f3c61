package photo

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"testing"
)

// A grey picture is the picture, upright and within its pixels, the same from
// the worker and from this process; what is none is refused.
func TestGrey(t *testing.T) {
	w := startWorker(t)
	turned := jpegBytes(t, canvas(64, 32), tiffBytes(binary.BigEndian, []entry{{0x0112, uint16(6)}}, nil, nil))
	for name, c := range map[string]struct {
		b     []byte
		most  int
		w, h  int
		white int // place of a white pixel
	}{
		"png":     {encoded(t, "png", canvas(60, 30)), 1 << 20, 60, 30, 2*60 + 2},
		"smaller": {encoded(t, "png", canvas(600, 300)), 20_000, 200, 100, 2*200 + 2},
		"turned":  {turned, 1 << 20, 32, 64, 2*32 + 29},
	} {
		head := fmt.Sprintf("P5\n%d %d\n255\n", c.w, c.h)
		var all [2][]byte
		for i, p := range []Pictures{Local{}, w} {
			got, err := p.Grey(context.Background(), name, bytes.NewReader(c.b), int64(len(c.b)), c.most)
			if err != nil {
				t.Fatalf("%s by %T: %v", name, p, err)
			}
			pix, ok := bytes.CutPrefix(got, []byte(head))
			if !ok || len(pix) != c.w*c.h {
				t.Fatalf("%s by %T: %d bytes, %.20q", name, p, len(got), got)
			}
			if pix[c.white] < 0xd0 || pix[len(pix)/2+c.w/2] >= 0xd0 {
				t.Errorf("%s by %T: not the picture: %d, %d", name, p, pix[c.white], pix[len(pix)/2+c.w/2])
			}
			all[i] = got
		}
		if !bytes.Equal(all[0], all[1]) {
			t.Errorf("%s: the worker's is another", name)
		}
	}
	for _, b := range [][]byte{nil, []byte("no picture"), append([]byte(pngSignature), chunk("IHDR", append(append(be(4, 50_000), be(4, 50_000)...), 8, 6, 0, 0, 0))...)} {
		for _, p := range []Pictures{Local{}, w} {
			var no *NotShown
			if _, err := p.Grey(context.Background(), "x", bytes.NewReader(b), int64(len(b)), 100); !errors.As(err, &no) {
				t.Errorf("%q by %T: %v", b, p, err)
			}
		}
	}
}
