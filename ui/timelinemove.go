package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"daybook/ui/model"
)

// fixedWidth gives its one object so many times the text as its width.
type fixedWidth struct{ times float32 }

// MinSize is that width.
func (f fixedWidth) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(f.times*theme.TextSize(), objects[0].MinSize().Height)
}

// Layout fills it.
func (f fixedWidth) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

// goToDate goes to a date that was typed.
func (p *timelineView) goToDate(text string) {
	d, err := p.w.desk.Date(text)
	if err != nil {
		p.w.tell(err)
		return
	}
	p.date.SetText("")
	p.bar.unfold(false)
	p.relayout()
	p.goToMoment(d.First.UnixMilli())
	p.toRow()
}

// goToMoment puts the first row at or after a moment at the top.
func (p *timelineView) goToMoment(ms int64) {
	if p.list.empty() {
		return
	}
	line := p.look.Rows.LineAt(ms)
	head := p.list.m.heights()[model.DayClass]
	if p.look.Rows.Sort(line) == model.DayLine {
		head = 0
	}
	p.list.scrollTo(p.look.Rows.Top(line) - head)
	p.list.scrollBy(0)
}

// frame shows on the strip what the list shows.
func (p *timelineView) frame() {
	first, last, ok := p.look.Shown(p.list.firstEvent(), p.list.lastEvent())
	if ok {
		p.strip.at(first, last)
	}
}

// selected says how many events are picked, and what can be done with them; it
// tells whether that came or went.
func (p *timelineView) selected() (moved bool) {
	p.count.SetText(said(p.look.Picked(p.list.picked)))
	if had := p.picked.Visible(); had != (p.list.picked.Len() > 0) {
		moved = true
		visible(p.picked, !had)
		p.relayout()
	}
	p.place.SetText("")
	if event, ok := p.event(); ok {
		p.place.SetText(said(p.look.PlaceOf(event)))
		if p.detail.box.Visible() && p.opened != event {
			p.fillDetail(event)
		}
	}
	return moved
}

// step goes to the next or previous event that was found.
func (p *timelineView) step(by int) {
	if p.list.empty() {
		return
	}
	line := p.list.cur
	if line < 0 {
		line = p.look.Rows.At(p.list.off) - 1
	}
	p.list.step(p.list.next(line, by), 0)
}

// relayout gives every part of the page its place anew: something came or went.
func (p *timelineView) relayout() {
	if p.w.view.content == p.page {
		p.w.relayout()
	}
	layAgain(p.says)
	layAgain(p.page)
	layAgain(p.body)
}

// toggle opens or closes a panel.
func (p *timelineView) toggle(panel fyne.CanvasObject, on bool) {
	p.panes.open(panel, on)
	p.bar.unfold(false)
	p.relayout()
	if !on {
		p.toRow()
	}
}

// toRow gives the keys back to the row at which they were.
func (p *timelineView) toRow() { p.w.win.Canvas().Focus(p.list) }

// toggleLanes shows who was active when in the place of the list, or the list.
func (p *timelineView) toggleLanes() {
	visible(p.laneBox, !p.laneBox.Visible())
	if p.laneBox.Visible() {
		p.showLanes()
	} else {
		p.lanes.show(nil) // they hold the times of a whole look
	}
	p.relayout()
}

// showLanes parts what is shown, beside the window.
func (p *timelineView) showLanes() {
	look, by, most := p.look, p.laneBy, p.lanes.most
	if look == nil || !p.laneBox.Visible() {
		return
	}
	p.w.env.Go(func() {
		list := look.Lanes(by, most)
		p.w.env.Do(func() {
			if p.look == look && p.laneBox.Visible() && p.laneBy == by && p.lanes.most == most {
				p.lanes.show(list)
			}
		})
	})
}

// openCurrent opens or closes the details of the event that the keys are at.
func (p *timelineView) openCurrent() {
	event, ok := p.event()
	switch {
	case p.detail.box.Visible():
		p.toggle(p.detail.box, false)
	case ok:
		p.open(event)
	default:
		p.w.notice(lang.L("Details"), lang.L("Pick an event first: click on it, or go to it with the arrow keys."))
	}
}

// open opens the details of an event.
func (p *timelineView) open(event int) {
	p.toggle(p.detail.box, true)
	p.fillDetail(event)
}

func (p *timelineView) fillDetail(event int) {
	p.opened = event
	look := p.look
	p.w.env.Go(func() {
		d, err := look.Detail(context.Background(), event)
		p.w.env.Do(func() {
			if p.look != look || p.opened != event {
				return
			}
			p.w.tell(err)
			p.detail.show(d)
		})
	})
}

// context shows what stands before and after an event: its conversation, or
// everything where the source names none.
func (p *timelineView) context(event int) {
	p.search.SetText("")
	p.lookUp(lookFor{query: p.look.Around(event), keep: p.id(event), pick: true})
}
