package report

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
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

// writeStills makes the pictures that the pages show, several at once, and writes
// them in the order of the exhibits. A picture that cannot be made costs the
// picture: the pages say why, and the original is there.
func (b *Bundle) writeStills(to *bag) error {
	ctx, stop := context.WithCancel(to.ctx)
	made := b.stillsAhead(ctx)
	defer func() {
		stop()
		for m := range made { // until nobody reads an original any more
			<-m.still
		}
	}()
	for m := range made {
		got := <-m.still
		if err := to.ctx.Err(); err != nil {
			return err
		}
		e := &b.Exhibits[m.exhibit]
		if got.err != nil {
			e.Show, e.NoPicture = ShowNothing, fmt.Sprintf(sayNoPicture, got.err)
			continue
		}
		e.Width, e.Height = got.Width, got.Height
		if err := to.text(e.Picture, string(got.Data)); err != nil {
			return err
		}
	}
	return nil
}

// beingMade is the picture of an exhibit that is being made.
type beingMade struct {
	exhibit int
	still   chan stillOrError
}

type stillOrError struct {
	Still
	err error
}

// stillsAhead makes the pictures of the exhibits in their order, as many at once
// as there are processors.
func (b *Bundle) stillsAhead(ctx context.Context) <-chan beingMade {
	made := make(chan beingMade, runtime.GOMAXPROCS(0))
	go func() {
		defer close(made)
		for i, e := range b.Exhibits {
			if e.Show != ShowPicture {
				continue
			}
			m := beingMade{i, make(chan stillOrError, 1)}
			go func() {
				still, err := b.makeStill(ctx, e)
				m.still <- stillOrError{still, err}
			}()
			made <- m
		}
	}()
	return made
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
