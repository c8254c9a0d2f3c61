package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"pgregory.net/rapid"

	"daybook/ui/model"
)

// copyBlocks are the texts on the page that can be copied.
func (w *Window) copyBlocks() (list []*copyBlock) {
	w.walk(func(o fyne.CanvasObject) {
		if b, ok := o.(*copyBlock); ok && b.Visible() {
			list = append(list, b)
		}
	})
	return list
}

// TestDetailsAreCopied: words of a message and its file's fingerprint are
// selected with the mouse and with keys, and copied; a lock empties the
// clipboard.
func TestDetailsAreCopied(t *testing.T) {
	w, p := sampled(t, small)
	p.search.OnSubmitted("lantern")
	if p.look.Rows.Events() == 0 {
		p.search.OnSubmitted("you")
	}
	event := int(p.look.Rows.All()[0])
	p.open(event)
	var hash, text *copyBlock
	for _, b := range w.copyBlocks() {
		if len(b.text) == 64 {
			hash = b
		}
		if b.text == p.detail.d.Text {
			text = b
		}
	}
	if hash == nil || text == nil {
		t.Fatal(w.words())
	}
	w.win.Canvas().Focus(hash)
	hash.TypedShortcut(&fyne.ShortcutCopy{})
	if got := w.app.Clipboard().Content(); got != hash.text {
		t.Errorf("the fingerprint: %q", got)
	}
	for range 8 {
		hash.key(fyne.KeyRight, true)
	}
	hash.TypedShortcut(&fyne.ShortcutCopy{})
	if got := w.app.Clipboard().Content(); got != hash.text[:8] {
		t.Errorf("its first digits: %q", got)
	}
	word := strings.Fields(text.text)[1]
	at := strings.Index(text.text, word)
	start, end := text.xOf(at), text.xOf(at+len(word))
	y := 2 + (float32(text.lineOf(at))+0.5)*text.lineHeight()
	down := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	down.Position = fyne.NewPos(start, y)
	text.MouseDown(down)
	drag := &fyne.DragEvent{}
	drag.Position = fyne.NewPos(end, y)
	text.Dragged(drag)
	if w.win.Canvas().Focused() != fyne.Focusable(text) || text.selected() != word {
		t.Errorf("dragged over %q: %q", word, text.selected())
	}
	looked(t, w, "detail-selected")
	text.TypedShortcut(&fyne.ShortcutSelectAll{})
	if text.selected() != p.detail.d.Raw {
		t.Errorf("all: %q", text.selected())
	}
	text.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos((start+end)/2, y)})
	if !strings.Contains(word, text.selected()) || text.selected() == "" {
		t.Errorf("a word of %q: %q", word, text.selected())
	}
	w.lock()
	if got := w.app.Clipboard().Content(); got != "" {
		t.Errorf("after a lock: %q", got)
	}
}

// TestEveryLetterIsReached: in every script, what stands between two places is
// what is selected there, and no letter is cut.
func TestEveryLetterIsReached(t *testing.T) {
	w := window(t, Options{})
	set := newTypesetter()
	rapid.Check(t, func(r *rapid.T) {
		text, _ := model.Visible(rapid.SampledFrom(manyScripts).Draw(r, "text"), nil)
		b := newCopyBlock(w, set, text, nil)
		b.Resize(fyne.NewSize(rapid.Float32Range(60, 400).Draw(r, "width"), 200))
		b.wrap(b.Size().Width)
		var all strings.Builder
		at := 0
		for at < len(text) {
			next := b.beside(at, 1)
			if b.beside(next, -1) != at {
				r.Fatalf("%q: from %d to %d and back to %d", text, at, next, b.beside(next, -1))
			}
			b.anchor = at
			b.moveTo(next, true)
			part := b.selected()
			if next-at == len(text) {
				part = text
			}
			all.WriteString(part)
			at = next
		}
		if all.String() != text {
			r.Fatalf("%q is not %q", all.String(), text)
		}
		p := fyne.NewPos(rapid.Float32Range(-10, 500).Draw(r, "x"), rapid.Float32Range(-10, 300).Draw(r, "y"))
		if got := b.byteAt(p); got < 0 || got > len(text) {
			r.Fatalf("%v is byte %d of %d", p, got, len(text))
		}
	})
}
