package ui

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daybook/ui/model"
)

// sampled is a window that shows the timeline of the sample case.
func sampled(t *testing.T, size fyne.Size) (*Window, *timelineView) {
	t.Helper()
	folder := t.TempDir()
	w := window(t, Options{})
	if _, err := w.desk.Practise(context.Background(), folder, nil); err != nil {
		t.Fatal(err)
	}
	w.win.Resize(size)
	return w, shownTimeline(t, w)
}

// shownTimeline shows the timeline's page and gives its parts.
func shownTimeline(t *testing.T, w *Window) *timelineView {
	t.Helper()
	p, err := newTimelineView(w)
	if err != nil {
		t.Fatal(err)
	}
	page, _ := find(timelineID)
	content := p.content()
	p.lookUp(lookFor{})
	w.put(page, view{content: content, focus: p.search, leave: p.leave})
	return p
}

// kept keeps a picture where a person asked for pictures.
func kept(t *testing.T, w *Window, name string) {
	if dir := os.Getenv("DAYBOOK_PICTURES"); dir != "" {
		picture(t, w, filepath.Join(dir, "rows-"+name+".png"))
	}
}

// TestTimelineInEveryState goes through what a person does on the page.
func TestTimelineInEveryState(t *testing.T) {
	w, p := sampled(t, fyne.NewSize(1280, 800))
	for _, m := range manners() {
		s := w.chosen
		s.Look, s.Text = m.look, m.text
		w.apply(s)
		states(t, w, p, m.name)
		p.search.SetText("")
		p.lookUp(lookFor{})
		p.detail.onClose()
		p.filter.onClose()
	}
}

func states(t *testing.T, w *Window, p *timelineView, m string) {
	p.goToDate("23 Aug 2025")
	kept(t, w, "august-"+m)
	for line := range p.look.Rows.Len() {
		if _, ok := p.look.Rows.Event(line); !ok {
			continue
		}
		e, _ := p.look.Rows.Event(line)
		if _, ok := p.look.Pages.Row(e).Picture(); ok {
			p.list.goTo(line)
			break
		}
	}
	kept(t, w, "picture-"+m)
	p.openCurrent()
	kept(t, w, "detail-"+m)
	p.openCurrent()
	p.toggle(p.filter.box, true)
	kept(t, w, "filter-"+m)
	p.toggle(p.filter.box, false)
	p.toggleLanes()
	kept(t, w, "lanes-"+m)
	p.toggleLanes()
	test.Type(p.search, "please")
	p.search.OnSubmitted("please")
	p.step(1)
	p.step(1)
	p.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	kept(t, w, "search-"+m)
	p.search.SetText("")
	p.lookUp(lookFor{query: model.Query{}})
	p.list.goTo(p.look.Rows.Len() - 1)
	kept(t, w, "end-"+m)
}
