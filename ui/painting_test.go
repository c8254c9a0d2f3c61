package ui

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daybook/importers/facsimile"
	"daybook/ui/model"
)

// exhibitStep is the third step of a served pack of the sample case, with pages of PDFs
// drawn by the real program.
func exhibitStep(t *testing.T) (*Window, *orderList) {
	t.Helper()
	w := practised(t)
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	w.desk.Page = func(ctx context.Context, original io.Reader, page int, dpi float64) (image.Image, error) {
		return facsimile.Engine{Exe: exe}.Page(ctx, original, page, dpi)
	}
	w.show(bundleID)
	w.tap(t, "The other side may read it")
	w.tap(t, "Next")
	return w, w.exhibitList(t)
}

func (w *Window) exhibitList(t *testing.T) (list *orderList) {
	t.Helper()
	w.walk(func(o fyne.CanvasObject) {
		if l, ok := o.(*orderList); ok {
			list = l
		}
	})
	if list == nil {
		t.Fatalf("no exhibits: %s", w.words())
	}
	return list
}

// pickExhibit makes the exhibit current in whose title a text stands.
func (l *orderList) pickExhibit(t *testing.T, text string) model.ExhibitLine {
	t.Helper()
	i := slices.IndexFunc(l.b.plan.Exhibits, func(e model.ExhibitLine) bool { return strings.Contains(e.Title, text) })
	if i < 0 {
		t.Fatalf("no exhibit %s among %v", text, l.b.plan.Exhibits)
	}
	l.Select(i)
	return l.b.plan.Exhibits[i]
}

func (w *Window) board(t *testing.T) (found *board) {
	t.Helper()
	w.walk(func(o fyne.CanvasObject) {
		if b, ok := o.(*board); ok {
			found = b
		}
	})
	if found == nil {
		t.Fatalf("no picture to draw on: %s", w.words())
	}
	return found
}

// drag draws a box with the mouse.
func (b *board) drag(from, to fyne.Position) {
	half := fyne.NewPos((from.X+to.X)/2, (from.Y+to.Y)/2)
	b.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: half}, Dragged: fyne.NewDelta(half.X-from.X, half.Y-from.Y)})
	b.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: to}, Dragged: fyne.NewDelta(to.X-half.X, to.Y-half.Y)})
	b.DragEnd()
}

// withheld is what is kept out, beside what the sample case keeps out from the beginning.
func (w *Window) withheld(t *testing.T) []model.KeptOut {
	t.Helper()
	list, err := w.desk.KeptOut()
	if err != nil || len(list) == 0 {
		t.Fatalf("%v, %v", list, err)
	}
	return list[1:]
}

// TestAPartOfAPictureIsHidden: a box that is drawn with the mouse is withheld where it was
// drawn, with its reason; one that is taken back is not; and it is shown again.
func TestAPartOfAPictureIsHidden(t *testing.T) {
	w, l := exhibitStep(t)
	e := l.pickExhibit(t, "WA0003.jpg")
	w.tap(t, "Hide a part of it…")
	wants(t, w, "Hide a part of "+e.Label, "Draw a box over what the other side must not see")
	b := w.board(t)
	size := b.Size()
	at := func(x, y float32) fyne.Position { return fyne.NewPos(x*size.Width, y*size.Height) }
	b.drag(at(0.5, 0.75), at(0.25, 0.5)) // from its lower right corner
	b.drag(at(0.7, 0.1), at(0.9, 0.2))
	b.drag(at(0.7, 0.1), at(0.7, 0.1)) // a click
	if len(b.boxes) != 2 {
		t.Fatalf("%v", b.boxes)
	}
	w.picks(t, "Vehicle")
	looked(t, w, "painting-drawn")
	w.tap(t, "Take box 2 back")
	w.tap(t, "Back to the exhibits")
	wants(t, w, "Leave this page?")
	w.tap(t, "Stay here")
	if n := len(w.withheld(t)); n != 0 {
		t.Fatalf("%d parts are hidden before anybody said so", n)
	}
	w.tap(t, "Hide these parts")
	wants(t, w, "Hidden on this page, parts: 1", "Vehicle")
	looked(t, w, "painting-hidden")
	kept := w.withheld(t)
	if len(kept) != 1 || !strings.Contains(kept[0].Words, "of the picture") || kept[0].Reason != "Vehicle" {
		t.Fatalf("%+v", kept)
	}
	p, err := w.desk.Painting(e.Item)
	if err != nil {
		t.Fatal(err)
	}
	page, err := p.Page(t.Context(), 0)
	if err != nil || len(page.Hidden) != 1 || len(page.Hidden[0].Parts) != 1 {
		t.Fatalf("%+v, %v", page, err)
	}
	close := func(a, b float64) bool { return a-b < 0.01 && b-a < 0.01 }
	if s := page.Hidden[0].Parts[0]; !close(s.Left, 0.25) || !close(s.Top, 0.5) || !close(s.Right, 0.5) || !close(s.Bottom, 0.75) {
		t.Errorf("another part is hidden than was drawn: %+v", s)
	}
	w.tap(t, "Show it again…")
	w.tap(t, "Show it again")
	if n := len(w.withheld(t)); n != 0 || strings.Contains(w.words(), "Hidden on this page") {
		t.Errorf("%d parts are hidden still: %s", n, w.words())
	}
	w.tap(t, "Back to the exhibits")
	wants(t, w, "3 of 6")
}

// TestAPartOfAPageIsHiddenByKeyboard: the arrows move the frame over a page of a PDF,
// Enter takes it, and words that stand there are hidden without drawing; the page that a
// pack shows is black there.
func TestAPartOfAPageIsHiddenByKeyboard(t *testing.T) {
	w, l := exhibitStep(t)
	l.pickExhibit(t, "Non-molestation order.pdf")
	w.tap(t, "Hide a part of it…")
	b := w.board(t)
	if w.win.Canvas().Focused() != fyne.Focusable(b) {
		t.Errorf("%T has the keys", w.win.Canvas().Focused())
	}
	before := b.frame
	press := func(names ...fyne.KeyName) {
		for _, n := range names {
			b.TypedKey(&fyne.KeyEvent{Name: n})
		}
	}
	press(fyne.KeyReturn)
	if len(b.boxes) != 0 {
		t.Errorf("a frame that nobody saw was taken: %v", b.boxes)
	}
	press(fyne.KeyDown, fyne.KeyLeft, fyne.KeyReturn)
	if len(b.boxes) != 1 || b.boxes[0].Top <= before.Top || b.boxes[0].Left >= before.Left {
		t.Fatalf("%+v after %+v", b.boxes, before)
	}
	press(fyne.KeyDown, fyne.KeyReturn, fyne.KeyDelete)
	if len(b.boxes) != 1 {
		t.Fatalf("Delete left %v", b.boxes)
	}
	w.save()
	wants(t, w, "Hidden on this page, parts: 1", "Address")
	w.fields()[0].SetText("no such words anywhere")
	w.tap(t, "Hide these words")
	wants(t, w, "stands nowhere in the text of these pages")
	w.tap(t, "OK")
	w.fields()[0].SetText("the respondent")
	w.tap(t, "Hide these words")
	kept := w.withheld(t)
	if len(kept) != 2 || !strings.Contains(kept[1].Words, "of page 1") {
		t.Fatalf("%+v", kept)
	}
	looked(t, w, "painting-page")
	if err := w.desk.KeepOut(t.Context(), "metres", "ADDRESS"); err != nil {
		t.Fatal(err)
	}
	w.show(bundleID)
	w.tap(t, "The other side may read it")
	w.tap(t, "Next")
	w.exhibitList(t).pickExhibit(t, "Non-molestation order.pdf")
	w.tap(t, "Hide a part of it…")
	wants(t, w, "A word that is kept out stands beside what is hidden, on page 1.")
}

// TestWithoutAPictureWordsAreHidden: where no page can be drawn it is said, and words can
// be hidden all the same; what has no picture says so.
func TestWithoutAPictureWordsAreHidden(t *testing.T) {
	w, l := exhibitStep(t)
	w.desk.Page = func(context.Context, io.Reader, int, float64) (image.Image, error) {
		return nil, facsimile.ErrNoEngine
	}
	l.pickExhibit(t, "Non-molestation order.pdf")
	w.tap(t, "Hide a part of it…")
	wants(t, w, "This page cannot be shown here", "poppler-utils", "Hide these words")
	looked(t, w, "painting-no-picture")
	i := slices.IndexFunc(l.b.plan.Exhibits, func(e model.ExhibitLine) bool {
		return strings.Contains(e.Title, ".zip") || strings.Contains(e.Title, ".xml")
	})
	if i < 0 {
		t.Fatalf("%v", l.b.plan.Exhibits)
	}
	l.b.hidePart(l.b.plan.Exhibits[i])
	wants(t, w, "it is no picture and no PDF")
}

// TestWhatIsHiddenIsBlackInThePack: the very part that was drawn in the window.
func TestWhatIsHiddenIsBlackInThePack(t *testing.T) {
	w, l := exhibitStep(t)
	e := l.pickExhibit(t, "WA0003.jpg")
	w.tap(t, "Hide a part of it…")
	b := w.board(t)
	size := b.Size()
	b.drag(fyne.NewPos(0.25*size.Width, 0.25*size.Height), fyne.NewPos(0.75*size.Width, 0.75*size.Height))
	w.save()
	dir := t.TempDir()
	place, err := w.desk.Place(dir, "b")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.desk.HandOver(t.Context(), model.Handover{Served: true}, place, nil); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(dir, "b", "data", "timeline", "pictures", fmt.Sprintf("%06d-*", e.Item)))
	if err != nil || len(names) != 1 {
		t.Fatalf("%v, %v", names, err)
	}
	f, err := os.Open(names[0])
	if err != nil {
		t.Fatal(err)
	}
	img, _, err := image.Decode(f)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	lit := func(x, y int) bool {
		r := img.Bounds()
		return color.GrayModel.Convert(img.At(r.Min.X+r.Dx()*x/100, r.Min.Y+r.Dy()*y/100)).(color.Gray).Y > 8
	}
	for x := 30; x < 70; x++ {
		for y := 30; y < 70; y++ {
			if lit(x, y) {
				t.Fatalf("at %d, %d of 100 something is seen", x, y)
			}
		}
	}
	if !lit(10, 10) || !lit(90, 90) {
		t.Error("more is black than was drawn")
	}
}

// TestAPartIsHiddenFromWhereItIsRead: from the details of a picture on the timeline one
// comes to where a part of it is hidden, and back to that event, and from there to the
// page that led to it; a box that is drawn is not lost on the way without a question.
func TestAPartIsHiddenFromWhereItIsRead(t *testing.T) {
	w := practised(t)
	w.show(patternID)
	from := w.wayHere()
	p := shownTimeline(t, w)
	w.view.from = from
	const way = "Hide a part from others…"
	for line := range p.look.Rows.Len() {
		e, is := p.look.Rows.Event(line)
		if !is {
			continue
		}
		if f, has := p.look.Pages.Row(e).Picture(); has && strings.Contains(f.Name, "WA0003") {
			p.list.goTo(line)
			break
		}
	}
	p.openCurrent()
	wants(t, w, "WA0003.jpg", way)
	looked(t, w, "timeline-hide-part")
	w.tap(t, way)
	wants(t, w, "Hide a part of ", "WA0003.jpg", "Draw a box over what the other side must not see")
	b := w.board(t)
	size := b.Size()
	b.drag(fyne.NewPos(0.25*size.Width, 0.5*size.Height), fyne.NewPos(0.5*size.Width, 0.75*size.Height))
	w.goBack()
	wants(t, w, "Leave this page?")
	w.tap(t, "Stay here")
	w.tap(t, "Hide these parts")
	wants(t, w, "Hidden on this page, parts: 1")
	if kept := w.withheld(t); len(kept) != 1 || !strings.Contains(kept[0].Words, "of the picture") {
		t.Fatalf("%+v", kept)
	}
	w.tap(t, "Back to the timeline")
	wants(t, w, "556 events", "Back to “Pattern”")
	looked(t, w, "timeline-hidden-part")
	if w.page.id != timelineID || w.view.leave == nil {
		t.Errorf("%s stands, and does not save what it shows", w.page.id)
	}
	w.tap(t, "Back to “Pattern”")
	if w.page.id != patternID {
		t.Errorf("the way back leads to %s", w.page.id)
	}
}
