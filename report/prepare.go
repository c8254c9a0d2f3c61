package report

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"

	"daybook/evidence"
	"daybook/timeline"
)

// Preparation makes the pictures of a full pack and leaves them with the case, so
// that whoever wants a bundle does not wait for them. Each is made as a bundle makes
// it, for the place that it would have now: where its cover sheet becomes longer, or
// is that of another pack, the bundle makes it anew.
type Preparation struct {
	Case      *evidence.Case
	Index     *timeline.Index
	Selection Selection // how cover sheets speak, and what the pictures are made with
	Profile   Profile
	Still     Stiller
	Added     bool // only of what was added since the last time
	Progress  evidence.Progress
}

// Prepared is what came of it.
type Prepared struct {
	Pictures int // that pages show
	Made     int // of them, now; the others were there
	NotDrawn int // of them, those that cannot be made: a bundle says why
}

// errNotKept refuses to make what would be kept nowhere.
var errNotKept = errors.New("no picture was prepared: this case can be read and not changed")

// Prepare makes them. What is stopped loses nothing: those that were made are kept,
// and the bundle makes the others.
func (p Preparation) Prepare(ctx context.Context) (out Prepared, err error) {
	if readOnly, _ := p.Case.ReadOnly(); readOnly {
		return out, errNotKept
	}
	last, sel := p.Case.Len(), p.Selection
	sel.Draft = true
	if p.Added {
		since := p.preparedTo()
		items, pictures, err := p.after(ctx, since, last)
		if err != nil || len(items) == 0 {
			return out, err
		}
		if !pictures {
			return out, p.noteTo(last)
		}
		if since > 0 {
			sel.Filter.Sources = items
		}
	}
	b, err := Plan(ctx, p.Case, p.Index, sel, p.Profile, Full)
	if err == nil {
		out, err = p.make(ctx, b)
	}
	if err != nil && !errors.Is(err, ErrNothing) {
		return out, err
	}
	return out, p.noteTo(last)
}

// make makes those of a bundle.
func (p Preparation) make(ctx context.Context, b *Bundle) (out Prepared, err error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	k := &keeping{pagePictures: p.Case, full: stop}
	b.still, b.madeBefore = p.Still, k
	of := 0
	for _, e := range b.Exhibits {
		if e.Show == ShowPicture {
			of++
		}
	}
	err = b.eachStill(ctx, func(_ *Exhibit, got stillOrError) error {
		if out.Pictures++; got.err != nil {
			out.NotDrawn++
		}
		if p.Progress != nil {
			p.Progress(int64(out.Pictures), int64(of), sayPrepared)
		}
		return nil
	})
	out.Made = int(k.made.Load())
	if cause := context.Cause(ctx); cause != nil {
		err = cause
	}
	return out, err
}

// keeping counts what is kept, and stops the work where the disk has no room for it.
type keeping struct {
	pagePictures
	made atomic.Int64
	full context.CancelCauseFunc
}

func (k *keeping) KeepPagePicture(h evidence.Hash, picture []byte) error {
	err := k.pagePictures.KeepPagePicture(h, picture)
	switch {
	case err == nil:
		k.made.Add(1)
	case errors.Is(err, evidence.ErrFull):
		k.full(err)
	}
	return err
}

// preparedStore holds under preparedKey how far the items of the case were gone
// through, and with what.
const (
	preparedStore = "prepared"
	preparedKey   = "to"
)

type goneThrough struct {
	By   string
	Item int64
}

// Due tells whether anything was added since the last time.
func (p Preparation) Due() bool { return p.preparedTo() < p.Case.Len() }

// preparedTo is the last item that was gone through; 0 where nobody knows.
func (p Preparation) preparedTo() int64 {
	var to goneThrough
	data, err := p.Case.Store(preparedStore).Get([]byte(preparedKey))
	if err != nil || json.Unmarshal(data, &to) != nil || to.By != p.Selection.Coder {
		return 0
	}
	return to.Item
}

func (p Preparation) noteTo(item int64) error {
	data, err := json.Marshal(goneThrough{p.Selection.Coder, item})
	if err == nil {
		err = p.Case.Store(preparedStore).Put([]byte(preparedKey), data)
	}
	if err != nil {
		return fmt.Errorf("pictures that were prepared: %w", err)
	}
	return nil
}

// after gives the items after one up to another, and whether there are pictures among
// them.
func (p Preparation) after(ctx context.Context, since, last int64) (items []int64, pictures bool, err error) {
	for n := since + 1; n <= last; n++ {
		item, err := p.Case.Item(n)
		if err = errors.Join(err, ctx.Err()); err != nil {
			return nil, false, err
		}
		items = append(items, n)
		pictures = pictures || !item.Deleted && major(item.Type) == "image"
	}
	return items, pictures, nil
}
