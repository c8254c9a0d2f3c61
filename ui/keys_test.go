package ui

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// inWindow visits what can be seen of the page, and where each thing stands
// among the scrolls around it.
func (w *Window) inWindow(visit func(o fyne.CanvasObject)) {
	var into func(o fyne.CanvasObject)
	into = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		visit(o)
		switch o := o.(type) {
		case *fyne.Container:
			for _, c := range o.Objects {
				into(c)
			}
		case *container.Scroll:
			into(o.Content)
		case *watched:
			into(o.body)
		case *selection, *line, *choosing, *formField:
		case fyne.Widget:
			if _, ok := o.(fyne.Focusable); ok {
				return
			}
			for _, c := range test.WidgetRenderer(o).Objects() {
				into(c)
			}
		}
	}
	into(w.win.Content())
}

// control is what a person presses with the mouse.
func control(o fyne.CanvasObject) bool {
	if d, ok := o.(fyne.Disableable); ok && d.Disabled() {
		return false
	}
	_, label := o.(*widget.Label)
	_, tapped := o.(fyne.Tappable)
	return tapped && !label
}

func called(o fyne.CanvasObject) string {
	if name, p := pressable(o); p != nil {
		return fmt.Sprintf("%T %q", o, name)
	}
	if a, ok := o.(fyne.Accessible); ok {
		return fmt.Sprintf("%T %q", o, a.AccessibilityLabel())
	}
	return fmt.Sprintf("%T", o)
}

// TestEveryControlIsReached: on every page, Tab comes to everything that can be
// pressed with the mouse and back to where it began; whatever has the keys can
// be seen, and looks otherwise than without them.
func TestEveryControlIsReached(t *testing.T) {
	looks := map[string]bool{}
	window(t, Options{}).reachEverything(t, "locked", looks)
	practised(t).reachEverything(t, "sample", looks)
	for _, kind := range []string{"*ui.card", "*ui.rowList", "*ui.railItem", "*ui.button", "*ui.formField", "*ui.line", "*ui.choosing", "*ui.selection"} {
		if !looks[kind] {
			t.Errorf("no %s had the keys: this test sees too little", kind)
		}
	}
}

func (w *Window) reachEverything(t *testing.T, state string, looks map[string]bool) {
	t.Helper()
	w.win.Resize(small)
	for _, p := range pages() {
		if !w.at(p.when) {
			continue
		}
		w.show(p.id)
		name := state + ", " + p.id
		want := map[fyne.CanvasObject]bool{}
		w.inWindow(func(o fyne.CanvasObject) {
			if control(o) {
				want[o] = true
			}
		})
		w.win.Canvas().Unfocus()
		seen := map[fyne.Focusable]bool{}
		for range 400 {
			w.tab()
			f := w.win.Canvas().Focused()
			if f == nil || seen[f] {
				break
			}
			seen[f] = true
			o := f.(fyne.CanvasObject)
			delete(want, o)
			w.beat()
			w.inSightOf(t, name, o)
			w.hidesFrom(t, name, f)
			if kind := fmt.Sprintf("%T", f); !looks[kind] {
				looks[kind] = true
				w.looksFocused(t, name, f)
			}
		}
		for o := range want {
			if _, ok := o.(fyne.Focusable); !ok && strings.HasPrefix(fmt.Sprintf("%T", o), "*widget.") {
				continue // a part of one of Fyne's own widgets
			}
			t.Errorf("%s: Tab does not come to %s", name, called(o))
		}
	}
}

// TestWhatHasTheKeysIsOurs: Fyne's own fields, buttons and lists tell the window
// of no key that goes up or down; dialogs have none of them either.
func TestWhatHasTheKeysIsOurs(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 100 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	deaf := regexp.MustCompile(`(widget\.New(Entry|MultiLineEntry|PasswordEntry|Select|SelectEntry|Check|CheckGroup|RadioGroup|Slider|Hyperlink|Button|ButtonWithIcon|List|Table|Tree|GridWrap|Accordion|Form)|dialog\.\w+)\(`)
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if found := deaf.Find(text); found != nil && !strings.HasSuffix(name, "_test.go") {
			t.Errorf("%s: %s makes something that hears no key", name, found)
		}
	}
}

// hidesFrom taps the key to hide three times, as Fyne tells of it: only what has
// the keys is told, each time that it goes down and up.
func (w *Window) hidesFrom(t *testing.T, name string, f fyne.Focusable) {
	t.Helper()
	shift, now, hid := &fyne.KeyEvent{Name: desktop.KeyShiftLeft}, w.env.Now(), false
	field, ok := f.(desktop.Keyable)
	if !ok {
		t.Errorf("%s: %s has the keys, and hears none that goes up or down", name, called(f.(fyne.CanvasObject)))
		return
	}
	if page, ok := w.win.Content().(*watched); ok {
		defer func(pressed func(fyne.KeyName, bool)) { page.pressed = pressed }(page.pressed)
		page.pressed = func(_ fyne.KeyName, down bool) { // heard, and not hidden: the walk goes on
			now = now.Add(50 * time.Millisecond)
			hid = w.taps.Hear(now, down, w.sign()) || hid
		}
	}
	for range 3 {
		field.KeyDown(shift)
		f.TypedKey(shift)
		field.KeyUp(shift)
	}
	if !hid {
		t.Errorf("%s: %s has the keys, and three taps of Shift do not hide", name, called(f.(fyne.CanvasObject)))
	}
}

// inSightOf tells that the beginning of an object is in the window and in every
// scroll around it.
func (w *Window) inSightOf(t *testing.T, name string, o fyne.CanvasObject) {
	t.Helper()
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	size := w.win.Canvas().Size()
	if at.X < -1 || at.Y < -1 || at.X >= size.Width || at.Y >= size.Height-4 {
		t.Errorf("%s: %s has the keys and stands at %v", name, called(o), at)
	}
	if scroll, _ := scrollOf(w.view.content, o); scroll != nil {
		top := fyne.CurrentApp().Driver().AbsolutePositionForObject(scroll).Y
		if at.Y < top-1 || at.Y > top+scroll.Size().Height-4 {
			t.Errorf("%s: %s has the keys and is scrolled away: it stands at %v of %v to %v", name, called(o), at.Y, top, top+scroll.Size().Height)
		}
	}
}

// looksFocused tells that an object is drawn otherwise with the keys.
func (w *Window) looksFocused(t *testing.T, name string, f fyne.Focusable) {
	t.Helper()
	with := w.drawn(t)
	w.win.Canvas().Unfocus()
	without := w.drawn(t)
	w.win.Canvas().Focus(f)
	if bytes.Equal(with, without) {
		t.Errorf("%s: %s looks the same with the keys", name, called(f.(fyne.CanvasObject)))
	}
}

func (w *Window) drawn(t *testing.T) []byte {
	t.Helper()
	w.win.Content().Refresh() // a real window settles by itself
	switch i := w.win.Canvas().Capture().(type) {
	case *image.NRGBA:
		return i.Pix
	case *image.RGBA:
		return i.Pix
	default:
		var b bytes.Buffer
		if err := png.Encode(&b, i); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
}

// TestSpaceTypesNothingWhereItLeads: the space bar gives its key first and then
// its character. What it presses takes both: nothing of it stands in the field
// that has the keys afterwards.
func TestSpaceTypesNothingWhereItLeads(t *testing.T) {
	w := practised(t)
	w.show(homeID)
	bar := func() {
		if f := w.win.Canvas().Focused(); f != nil {
			f.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		}
		if f := w.win.Canvas().Focused(); f != nil {
			f.TypedRune(space)
		}
	}
	keysAt := func(name string) {
		t.Helper()
		var at fyne.Focusable
		w.walk(func(o fyne.CanvasObject) {
			if text, _ := pressable(o); text == name {
				at = o.(fyne.Focusable)
			}
		})
		if at == nil {
			t.Fatalf("no %q: %s", name, w.words())
		}
		w.win.Canvas().Focus(at)
	}
	for _, name := range []string{"Write it down", "Make a file to hand over", "Lock"} { // of the rail and of the bar
		keysAt(name)
		bar()
		for _, e := range w.entries() {
			if strings.HasPrefix(e.Text, " ") || strings.HasSuffix(e.Text, " ") || e.Password && e.Text != "" {
				t.Errorf("%s: a field holds %q", name, e.Text)
			}
		}
	}
	if w.desk.Open() {
		t.Error("the space bar does not press Lock")
	}
}

// TestLookWithoutAChoice: who opens a case in which no look was chosen keeps the
// one that the window has, however often the notice was read there.
func TestLookWithoutAChoice(t *testing.T) {
	w := practised(t)
	w.noticed(1, func() {})
	s := w.chosen
	s.Text, s.Look = 200, "contrast"
	got, err := w.desk.Settings(s)
	if err != nil || got.Text != 200 || got.Look != "contrast" || got.Notice != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestATallFieldComesWholeIntoSight: what gets the keys is seen to its end where
// the page has room for it, and from its beginning on where it has none.
func TestATallFieldComesWholeIntoSight(t *testing.T) {
	w := window(t, Options{})
	above, field, below := canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	scroll := container.NewVScroll(container.NewVBox(above, field, below))
	w.win.SetContent(scroll)
	w.win.Resize(small)
	room := scroll.Size().Height
	above.SetMinSize(fyne.NewSize(10, room))
	below.SetMinSize(fyne.NewSize(10, room))
	for _, share := range []float32{0.1, 0.5, 0.8, 2} {
		field.SetMinSize(fyne.NewSize(10, share*room))
		scroll.Refresh()
		scroll.ScrollToTop()
		revealIn(scroll, field)
		top := field.Position().Y - scroll.Offset.Y
		if bottom := top + field.Size().Height; top < 0 || share < 1 && bottom > room {
			t.Errorf("a field of %.1f of the page stands at %.0f to %.0f of %.0f", share, top, bottom, room)
		}
	}
}

// TestALongTextIsReadWithoutAMouse: Page Down goes to its end and Page Up back to
// its beginning, on a page, on one where nothing has the keys, and in a dialog.
func TestALongTextIsReadWithoutAMouse(t *testing.T) {
	w := window(t, Options{Text: 200})
	w.win.Resize(fyne.NewSize(900, 600))
	for _, name := range []string{limitsID, safestID, "shortcuts", "dialog"} {
		var scroll *container.Scroll
		if name == "dialog" {
			w.notice("A notice", strings.Repeat("It has many words. ", 200))
			scroll = w.said
		} else {
			w.show(name)
			scroll = firstScroll(w.view.content)
		}
		scroll.ScrollToTop()
		turn := func(name fyne.KeyName) {
			e := &fyne.KeyEvent{Name: name}
			if f, ok := w.win.Canvas().Focused().(desktop.Keyable); ok {
				f.KeyDown(e)
				f.KeyUp(e)
				return
			}
			w.pressed(name, true)
		}
		end := scroll.Content.Size().Height - scroll.Size().Height
		if turn(fyne.KeyPageDown); scroll.Offset.Y <= 0 || scroll.Offset.Y > scroll.Size().Height {
			t.Errorf("%s: one page down is at %v of %v", name, scroll.Offset.Y, end)
		}
		for range 100 {
			turn(fyne.KeyPageDown)
		}
		if end <= 0 || scroll.Offset.Y < end-1 {
			t.Errorf("%s: the end is at %v, and the page at %v", name, end, scroll.Offset.Y)
		}
		for range 100 {
			turn(fyne.KeyPageUp)
		}
		if scroll.Offset.Y != 0 {
			t.Errorf("%s: the beginning is not come to: %v", name, scroll.Offset.Y)
		}
	}
}
