package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// timelinePage shows the one timeline of the case, with a search.
func timelinePage(w *Window) view {
	ctx := context.Background()
	rows, err := w.desk.Search(ctx, "")
	if err != nil {
		return failed(err)
	}
	list := newRowList(rows)
	note := quiet(rows.Note)
	search := widget.NewEntry()
	search.SetPlaceHolder(lang.L("Search words, then Enter"))
	search.OnSubmitted = func(words string) {
		found, err := w.desk.Search(ctx, words)
		if err != nil {
			w.tell(err)
			return
		}
		setText(note, found.Note)
		list.show(found)
	}
	var body fyne.CanvasObject = list.List
	if rows.Len() == 0 {
		body = container.NewCenter(widget.NewLabel(lang.L("Nothing has been added yet.")))
	}
	return view{content: container.NewBorder(container.NewVBox(search, note), nil, nil, nil, body), focus: search}
}

func join(a, b string) string {
	if b == "" {
		return a
	}
	return a + ", " + b
}

// rowList is the timeline as a list of rows of one height.
type rowList struct {
	*widget.List
	rows *model.List
}

func newRowList(rows *model.List) *rowList {
	l := &rowList{rows: rows}
	l.List = widget.NewList(func() int { return l.rows.Len() }, newRow, func(i widget.ListItemID, o fyne.CanvasObject) {
		o.(*row).set(l.rows.Row(i))
	})
	return l
}

func (l *rowList) show(rows *model.List) {
	l.rows = rows
	l.ScrollToTop()
	l.Refresh()
}

// row draws one event: when on the left, what beside it, who and hints below.
type row struct {
	widget.BaseWidget
	day, clock, text, who *canvas.Text
}

func newRow() fyne.CanvasObject {
	r := &row{day: canvas.NewText("", nil), clock: canvas.NewText("", nil), text: canvas.NewText("", nil), who: canvas.NewText("", nil)}
	r.ExtendBaseWidget(r)
	return r
}

func (r *row) set(v model.Row) {
	r.day.Text, r.clock.Text, r.text.Text = v.Day, v.Time, v.Text
	r.who.Text = join(v.Kind, v.Who)
	if v.Hints != "" {
		r.who.Text += "   ·   " + v.Hints
	}
	if v.Text == "" {
		r.text.Text = v.Kind
	}
	r.Refresh()
}

// CreateRenderer lays the four texts out.
func (r *row) CreateRenderer() fyne.WidgetRenderer {
	left := container.New(layout.NewGridWrapLayout(fyne.NewSize(250*theme.TextSize()/16, 2.9*theme.TextSize())), container.NewVBox(r.clock, r.day))
	right := container.NewVBox(r.text, r.who)
	return &rowRenderer{row: r, box: container.NewPadded(container.NewBorder(nil, nil, left, nil, right))}
}

type rowRenderer struct {
	row *row
	box *fyne.Container
}

func (r *rowRenderer) Destroy()                     {}
func (r *rowRenderer) Layout(s fyne.Size)           { r.box.Resize(s) }
func (r *rowRenderer) MinSize() fyne.Size           { return fyne.NewSize(200, r.box.MinSize().Height) }
func (r *rowRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.box} }

func (r *rowRenderer) Refresh() {
	strong, soft := theme.Color(theme.ColorNameForeground), theme.Color(colourQuiet)
	size, small := theme.TextSize(), theme.CaptionTextSize()
	for _, t := range []*canvas.Text{r.row.clock, r.row.text} {
		t.Color, t.TextSize = strong, size
	}
	for _, t := range []*canvas.Text{r.row.day, r.row.who} {
		t.Color, t.TextSize = soft, small
	}
	canvas.Refresh(r.box)
}
