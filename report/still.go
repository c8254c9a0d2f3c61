package report

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// Still is a picture that can be shown: a JPEG or PNG that was made from an
// original's pixels and holds nothing else of it.
type Still struct {
	Data          []byte
	Width, Height int
}

// Stiller makes the picture of an original, upright and no longer than edge
// pixels. Decoding foreign pictures is done in a worker process, which is why
// it is handed in.
type Stiller func(ctx context.Context, original io.Reader, mediaType string, edge int) (Still, error)

// The longest edge of a picture on a page: 300 dots an inch over the width of
// a page are not passed.
const stillEdge = 1800

// errNoStill means that this program was given nothing to make pictures with.
var errNoStill = errors.New("no picture reader is at hand")

// writeStills makes the pictures that the pages show. A picture that cannot be
// made costs the picture: the pages say why, and the original is there.
func (b *Bundle) writeStills(to *bag) error {
	for i := range b.Exhibits {
		e := &b.Exhibits[i]
		if e.Show != ShowPicture {
			continue
		}
		p, err := b.makeStill(to.ctx, *e)
		if ctxErr := to.ctx.Err(); ctxErr != nil {
			return ctxErr
		}
		if err != nil {
			e.Show, e.NoPicture = ShowNothing, fmt.Sprintf(sayNoPicture, err)
			continue
		}
		e.Width, e.Height = p.Width, p.Height
		if err := to.text(e.Picture, string(p.Data)); err != nil {
			return err
		}
	}
	return nil
}

func (b *Bundle) makeStill(ctx context.Context, e Exhibit) (Still, error) {
	if b.still == nil {
		return Still{}, errNoStill
	}
	r, err := b.Open(ctx, e.Hash)
	if err != nil {
		return Still{}, err
	}
	p, err := b.still(ctx, r, e.Type, stillEdge)
	if err = errors.Join(err, r.Close()); err != nil || len(e.Areas) == 0 {
		return p, err
	}
	return paint(p, e.Areas)
}
