package report

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"

	"daybook/evidence"
	"daybook/report/pdf"
)

// Still is a picture that can be shown: a JPEG or PNG that holds the pixels of an
// original, and nothing else of it. A worker has decoded it to its end, so that
// this process may.
type Still struct {
	Data          []byte
	Width, Height int
}

// Stiller makes the picture of an original, upright and no larger than fit says
// of its size in pixels. Decoding foreign pictures is done in a worker process,
// which is why it is handed in. An error that says Plain has words for a reader.
type Stiller func(ctx context.Context, original io.Reader, fit Fit) (Still, error)

// Fit says how large an upright picture of a size is wanted at most.
type Fit = func(wide, high int) (int, int)

// errNoStill means that this program was given nothing to make pictures with.
var errNoStill = errors.New("no picture reader is at hand")

// writeStills makes the pictures that the pages show and writes them in the order of
// the exhibits. A picture that cannot be made costs the picture: the pages say why,
// and the original is there.
func (b *Bundle) writeStills(to *bag) error {
	return b.eachStill(to.ctx, func(e *Exhibit, got stillOrError) error {
		if got.err != nil {
			e.Show, e.NoPicture = ShowNothing, whyNoPicture(got.err)
			return nil
		}
		e.Width, e.Height = got.Width, got.Height
		if isPNG(got.Data) {
			e.Picture = strings.TrimSuffix(e.Picture, ".jpg") + ".png"
		}
		return to.create(e.Picture, func(w io.Writer) error {
			_, err := w.Write(got.Data)
			return err
		})
	})
}

// eachStill makes the pictures that the pages show, several at once, and gives them
// in the order of the exhibits.
func (b *Bundle) eachStill(ctx context.Context, take func(*Exhibit, stillOrError) error) error {
	within, stop := context.WithCancel(ctx)
	p := &paper{ctx: within, b: b}
	if err := p.begin(io.Discard, pdf.Options{}); err != nil {
		stop()
		return err
	}
	made := b.stillsAhead(within, p)
	defer func() {
		stop()
		for m := range made { // until nobody reads an original any more
			<-m.still
		}
	}()
	for m := range made {
		got := <-m.still
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := take(&b.Exhibits[m.exhibit], got); err != nil {
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
// as there are processors, as large as each is on the page that it will have.
func (b *Bundle) stillsAhead(ctx context.Context, p *paper) <-chan beingMade {
	made := make(chan beingMade, runtime.GOMAXPROCS(0))
	go func() {
		defer close(made)
		for i, e := range b.Exhibits {
			if e.Show != ShowPicture {
				continue
			}
			m, room := beingMade{i, make(chan stillOrError, 1)}, p.room(e)
			go func() {
				still, err := b.makeStill(ctx, e, room.Pixels)
				m.still <- stillOrError{still, err}
			}()
			made <- m
		}
	}()
	return made
}

// room is where the picture of an exhibit will stand: below its cover sheet.
func (p *paper) room(e Exhibit) pdf.Room {
	s := p.b.exhibitSheet(e)
	if p.b.Profile.Files.Megabytes > 0 { // it stands on a paper of its own too, where there is less room
		s.Blocks = append([]Block{para(sayAlone)}, s.Blocks...)
	}
	above := s.Blocks[:slices.IndexFunc(s.Blocks, func(b Block) bool { _, is := b.(Picture); return is })]
	return p.doc.RoomUnder(2, s.Title, p.height(above), p.shown(e, shownStill{}))
}

// makeStill gives the picture of an exhibit as a page shows it. What is painted over
// is so in the page alone: it is kept nowhere.
func (b *Bundle) makeStill(ctx context.Context, e Exhibit, fit Fit) (Still, error) {
	p, err := b.wholeStill(ctx, e.Hash, fit)
	if err != nil || len(e.Areas) == 0 {
		return p, err
	}
	return paint(p, e.Areas)
}

// wholeStill gives the picture of an original as it is kept, or makes it now.
func (b *Bundle) wholeStill(ctx context.Context, h evidence.Hash, fit Fit) (Still, error) {
	if b.still == nil {
		return Still{}, errNoStill
	}
	if p, ok := b.kept(h, fit); ok {
		return p, nil
	}
	r, err := b.Open(ctx, h)
	if err != nil {
		return Still{}, err
	}
	fit, keep := b.keepFor(h, fit)
	p, err := b.still(ctx, r, fit)
	if err = errors.Join(err, r.Close()); err != nil {
		return Still{}, err
	}
	keep(p)
	return p, nil
}

// whyNoPicture says on a page why there is no picture: in the words that an error has
// for a reader, and never in those of a decoder.
func whyNoPicture(err error) string {
	return fmt.Sprintf(sayNoPicture, forReader(err))
}

// forReader are the words that an error has for one.
func forReader(err error) string {
	var plain interface{ Plain() string }
	if errors.As(err, &plain) {
		return plain.Plain()
	}
	return sayNotDrawn
}
