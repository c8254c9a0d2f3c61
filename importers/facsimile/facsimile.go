// Package facsimile makes pictures of pages of PDFs, by an installed pdftoppm: for
// pages of which a part must not be seen, and which can therefore not be copied. The
// program gets the file by pipe and answers with plain pixels; it limits itself as
// a worker does.
package facsimile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"os/exec"
	"strconv"
	"time"

	"daybook/importers/worker"
)

// ErrNoEngine means that nothing is installed that makes pictures of pages.
var ErrNoEngine error = notMade("install poppler-utils, whose pdftoppm makes pictures of pages")

// notMade is why there is no picture, in words for a reader.
type notMade string

func (n notMade) Error() string { return "page: " + string(n) }

// Plain says it as a page has it.
func (n notMade) Plain() string { return string(n) }

// What the engine may use for one page.
const (
	mostFile   = 256 << 20
	mostPixels = 20_000_000
	mostMemory = 1 << 30
	mostTime   = 60 * time.Second
)

// Engine makes pictures of pages. Exe is this program, which limits itself and
// becomes pdftoppm (worker.Become).
type Engine struct{ Exe string }

// Find tells whether there is something that makes pictures of pages; ErrNoEngine
// says what to install.
func Find() error {
	_, err := exec.LookPath("pdftoppm")
	if err != nil {
		return ErrNoEngine
	}
	return nil
}

// Page gives a page of a PDF, counted from 1, upright and so many dots an inch fine:
// what is printed of it, without notes and fields of forms.
func (e Engine) Page(ctx context.Context, original io.Reader, page int, dpi float64) (image.Image, error) {
	path, err := exec.LookPath("pdftoppm")
	if err != nil {
		return nil, ErrNoEngine
	}
	in, err := io.ReadAll(io.LimitReader(original, mostFile+1))
	if err != nil {
		return nil, err
	}
	if len(in) > mostFile {
		return nil, notMade(fmt.Sprintf("the file has more than %d megabytes, of which no picture is made", mostFile>>20))
	}
	const ahead = 64 // of the pixels
	engine := worker.Outside{Exe: e.Exe, Path: path, Memory: mostMemory, Wall: mostTime, Answer: 3*mostPixels + ahead}
	n := strconv.Itoa(page)
	answer, err := engine.Run(ctx, "page "+n, in, "-q", "-f", n, "-l", n, "-r", strconv.FormatFloat(dpi, 'f', 4, 64), "-cropbox", "-hide-annotations", "-")
	if err != nil {
		return nil, err
	}
	return pixels(answer)
}

var errNonsense = errors.New("page: pdftoppm answered nonsense")

// pixels reads a picture in the format PPM: grey where it has no colour.
func pixels(b []byte) (image.Image, error) {
	var wide, high, most int
	in := bytes.NewReader(b)
	if n, err := fmt.Fscanf(in, "P6\n%d %d\n%d", &wide, &high, &most); err != nil || n != 3 || most != 255 {
		return nil, errNonsense
	}
	if space, err := in.ReadByte(); err != nil || space != '\n' || wide < 1 || high < 1 || wide > mostPixels/high || in.Len() != 3*wide*high {
		return nil, errNonsense
	}
	if wide == 1 && high == 1 { // its answer to a page that it could not draw
		return nil, notMade("the page is too large to be drawn")
	}
	b = b[len(b)-in.Len():]
	size := image.Rect(0, 0, wide, high)
	if coloured(b) {
		rgb := image.NewRGBA(size)
		for i := range wide * high {
			copy(rgb.Pix[4*i:], b[3*i:3*i+3])
			rgb.Pix[4*i+3] = 255
		}
		return rgb, nil
	}
	grey := image.NewGray(size)
	for i := range grey.Pix {
		grey.Pix[i] = b[3*i]
	}
	return grey, nil
}

func coloured(rgb []byte) bool {
	for i := 0; i+2 < len(rgb); i += 3 {
		if rgb[i] != rgb[i+1] || rgb[i] != rgb[i+2] {
			return true
		}
	}
	return false
}
