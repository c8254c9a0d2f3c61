package ui

import (
	"context"
	"errors"
	"image"

	"fyne.io/fyne/v2/lang"

	"daybook/evidence"
	"daybook/importers/photo"
	"daybook/importers/recording"
	"daybook/ui/model"
)

const (
	mostThumbs  = 160 // kept in memory
	mostAtOnce  = 2   // made at once
	mostWaiting = 40  // asked for and not begun; older ones have left the screen
)

// thumbs are the small pictures of the rows: made beside the window, some at a
// time, and blurred until they are asked for. It is for the window's goroutine.
type thumbs struct {
	from    *model.Thumbs // nil: no pictures
	env     Env
	box     image.Point
	came    func() // some have come: draw again
	clear   bool   // every picture as it is
	shown   map[evidence.Hash]bool
	have    map[evidence.Hash]thumb
	order   []evidence.Hash
	waiting []model.File
	busy    map[evidence.Hash]bool
}

type thumb struct {
	model.Thumb
	words string // why there is none
}

func newThumbs(from *model.Thumbs, w *Window) *thumbs {
	return &thumbs{from: from, env: w.env, clear: w.chosen.Clear, box: image.Pt(256, 176), came: func() {},
		shown: map[evidence.Hash]bool{}, have: map[evidence.Hash]thumb{}, busy: map[evidence.Hash]bool{}}
}

// picture gives what is drawn of a file, and the words over it. What is not
// there yet is made, and came is called.
func (t *thumbs) picture(f model.File) (image.Image, string) {
	h, ok := t.have[f.Hash]
	switch {
	case ok && h.Clear == nil:
		return nil, h.words
	case ok && (t.clear || t.shown[f.Hash]):
		return h.Clear, ""
	case ok:
		return h.Blurred, lang.L("Click to see")
	}
	t.ask(f)
	if h, ok = t.have[f.Hash]; ok { // where everything is done at once
		return t.picture(f)
	}
	return nil, lang.L("Picture")
}

// uncover shows a picture as it is, or blurs it again.
func (t *thumbs) uncover(f model.File) {
	t.shown[f.Hash] = !t.shown[f.Hash]
	t.came()
}

// all shows every picture as it is, or blurs all.
func (t *thumbs) all(clear bool) {
	t.clear = clear
	t.shown = map[evidence.Hash]bool{}
	t.came()
}

func (t *thumbs) ask(f model.File) {
	if t.from == nil || t.busy[f.Hash] {
		return
	}
	t.busy[f.Hash] = true
	if t.waiting = append(t.waiting, f); len(t.waiting) > mostWaiting {
		delete(t.busy, t.waiting[0].Hash)
		t.waiting = t.waiting[1:]
	}
	t.begin()
}

// begin makes the pictures that were asked for last, as many at once as may be.
func (t *thumbs) begin() {
	if len(t.waiting) == 0 || len(t.busy)-len(t.waiting) >= mostAtOnce {
		return
	}
	f := t.waiting[len(t.waiting)-1]
	t.waiting = t.waiting[:len(t.waiting)-1]
	t.env.Go(func() {
		made, err := t.from.Get(context.Background(), f, t.box)
		t.env.Do(func() { t.keep(f, made, err) })
	})
}

func (t *thumbs) keep(f model.File, made model.Thumb, err error) {
	delete(t.busy, f.Hash)
	if errors.Is(err, evidence.ErrClosed) {
		return // locked meanwhile
	}
	h := thumb{Thumb: made}
	if err != nil {
		h.words = lang.L("Picture not shown")
		if no := (*photo.NotShown)(nil); errors.As(err, &no) {
			h.words = lang.L("Kept, not shown")
		}
		switch no := model.NoFrame(""); {
		case errors.Is(err, recording.ErrNoEngine):
			h.words = lang.L("A frame is shown where ffmpeg is installed")
		case errors.As(err, &no):
			h.words = lang.L("Kept, not shown")
		}
	}
	if len(t.order) == mostThumbs {
		delete(t.have, t.order[0])
		t.order = t.order[1:]
	}
	t.have[f.Hash] = h
	t.order = append(t.order, f.Hash)
	t.came()
	t.begin()
}
