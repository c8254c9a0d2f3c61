package ui

import (
	"bytes"
	"context"
	"image"
	"image/draw"
	_ "image/jpeg" // pictures of an exhibit
	_ "image/png"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// showExhibits lists the exhibits.
func (r *bundleReader) showExhibits() {
	list := newLines(func() int { return len(r.got.Exhibits) },
		func() fyne.CanvasObject {
			title, rows := newTextBlock(r.set, "", nil), widget.NewLabel("")
			return container.NewBorder(nil, nil, nil, container.NewVBox(rows), container.NewPadded(title))
		},
		func(i int, o fyne.CanvasObject) {
			row, e := o.(*fyne.Container), r.got.Exhibits[i]
			row.Objects[0].(*fyne.Container).Objects[0].(*textBlock).say(e.Label + "   " + e.Title)
			row.Objects[1].(*fyne.Container).Objects[0].(*widget.Label).SetText(said(e.Rows))
			row.Refresh() // the words are of another width than those of its last exhibit
		})
	list.tall = true
	list.OnSelected = func(i widget.ListItemID) { r.showExhibit(r.got.Exhibits[i].Label) }
	empty := widget.NewLabel("")
	if len(r.got.Exhibits) == 0 {
		empty.SetText(lang.L("There is no exhibit."))
	}
	head := stacked(r.ways(lang.L("Exhibits")), r.warning())
	r.put(view{content: r.under(head, container.NewStack(list, container.NewCenter(empty)), nil), focus: list})
}

// showExhibit shows one exhibit: its picture once it is asked for, who and when,
// and the way to its rows.
func (r *bundleReader) showExhibit(label string) {
	i := slices.IndexFunc(r.got.Exhibits, func(e model.ReceivedExhibit) bool { return e.Label == label })
	if i < 0 {
		return
	}
	e := r.got.Exhibits[i]
	s := r.w.sheet()
	rows := s.button(lang.L("See its rows"), func() { r.query = model.ReadQuery{Exhibit: label}; r.showRows() })
	rows.Importance = widget.HighImportance
	buttons := container.New(&wrapLayout{least: 10}, rows, s.button(lang.L("All exhibits"), r.showExhibits))
	frame := container.NewStack()
	if e.Picture {
		buttons.Add(s.button(lang.L("Show the picture"), func() { r.picture(e, frame) }))
	}
	s.body.Add(r.ways(lang.L("Exhibits")))
	s.body.Add(r.warning())
	s.body.Add(r.text(e.Title, true))
	s.body.Add(buttons)
	s.body.Add(frame)
	for _, f := range e.Facts {
		s.body.Add(container.New(flow{0}, r.name(said(f.Name)), r.text(f.Text, false)))
	}
	r.put(view{title: lang.L("Exhibit {{.Label}}", map[string]any{"Label": label}), content: s.scroll, focus: rows})
}

// picturePixels bounds what is made of a picture to be looked at.
const picturePixels = 900 * 700

// picture makes the picture of an exhibit beside the window.
func (r *bundleReader) picture(e model.ReceivedExhibit, frame *fyne.Container) {
	r.w.env.Go(func() {
		made, err := drawn(r.got.Picture(context.Background(), e, picturePixels))
		r.w.env.Do(func() {
			if err != nil {
				r.w.tell(err)
				return
			}
			c := canvas.NewImageFromImage(made)
			c.FillMode, c.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleFastest
			c.SetMinSize(fyne.NewSize(1, 320))
			frame.Objects = []fyne.CanvasObject{c}
			frame.Refresh()
		})
	})
}

// drawn decodes a picture that the worker gave into what the window draws fastest.
func drawn(data []byte, err error) (*image.RGBA, error) {
	if err != nil {
		return nil, err
	}
	src, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	out := image.NewRGBA(image.Rectangle{Max: src.Bounds().Size()})
	draw.Draw(out, out.Bounds(), src, src.Bounds().Min, draw.Src)
	return out, nil
}
