package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daybook/ui/model"
)

// pictures are those that show an incident, small, and blurred until they are
// asked for. What makes them is started with the first one.
type pictures struct {
	w     *Window
	store *model.Thumbs // nil before the first
	small *thumbs
	views []*thumbView
}

// beside puts a file's picture beside an object; the object alone for a file
// that is none.
func (p *pictures) beside(f model.File, o fyne.CanvasObject) fyne.CanvasObject {
	if f.Sort != model.PictureFile || f.Item == 0 {
		return o
	}
	if p.store == nil {
		store, err := p.w.desk.Thumbs()
		if err != nil {
			return stacked(o, quiet(told(err)))
		}
		p.store, p.small = store, newThumbs(store, p.w)
		p.small.came = p.came
	}
	v := newThumbView(p.small, f, 7)
	p.views = append(p.views, v)
	return container.NewBorder(nil, nil, container.New(scaled{7}, v), nil, o)
}

// came draws the pictures again: some are there now.
func (p *pictures) came() {
	for _, v := range p.views {
		v.Refresh()
	}
}

// close ends what makes the pictures.
func (p *pictures) close() error {
	if p.store == nil {
		return nil
	}
	return p.store.Close()
}
