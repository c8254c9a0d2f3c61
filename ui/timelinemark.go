package ui

import (
	"cmp"
	"context"
	"slices"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"daybook/timeline"
	"daybook/ui/model"
)

// markDialog asks what is to be said about the picked events.
func (p *timelineView) markDialog() {
	var f model.MarkForm
	codes, err := p.w.desk.MarkCodes(context.Background())
	if err != nil {
		p.w.tell(err)
		return
	}
	code := newSelection(labelsOf(codes), func(s string) { f.Code = valueOf(codes, s) })
	code.PlaceHolder = lang.L("What was done: choose")
	tags, err := p.w.desk.MarkTags(context.Background())
	if err != nil {
		p.w.tell(err)
		return
	}
	known := newSelection(labelsOf(tags), func(s string) { f.Known = valueOf(tags, s) })
	known.PlaceHolder = lang.L("What else it was: choose")
	tag := newLine()
	tag.SetPlaceHolder(lang.L("A tag of your own"))
	tag.OnChanged = func(s string) { f.Tag = s }
	note := newTextArea()
	note.SetPlaceHolder(lang.L("A note; it may have to be shown to the other side"))
	note.OnChanged = func(s string) { f.Note = s }
	note.SetMinRowsVisible(2)
	exhibit := newTick(lang.L("Put it among the exhibits"), func(on bool) { f.Exhibit = on })
	own := newTick(lang.L("I did this myself"), func(on bool) { f.Own = on })
	offence, elements, err := p.w.desk.Elements(context.Background(), p.w.env.Now())
	if err != nil {
		p.w.tell(err)
		return
	}
	element := newSelection(labelsOf(elements), func(s string) { f.Element = valueOf(elements, s) })
	element.PlaceHolder = lang.L("What it may show of “{{.Offence}}”", map[string]any{"Offence": offence})
	other := newLine()
	reasons := model.LeaveOutReasons()
	reason := newSelection(labelsOf(reasons), nil)
	reason.PlaceHolder = lang.L("Leave it out of what the other side reads, because")
	reason.OnChanged = func(string) { f.LeftOut = cmp.Or(other.Text, valueOf(reasons, reason.Selected)) }
	other.SetPlaceHolder(lang.L("Another reason to leave it out, in your own words"))
	other.OnChanged = reason.OnChanged
	body := container.NewVBox(plain(said(p.look.Picked(p.list.picked))), code, known, element, tag, note, exhibit, tight(own, quiet(ownAct())), reason, other,
		quiet(lang.L("Marks are written into the record of this case at once, with your name. A mark can be taken back; the record keeps both.")))
	p.w.dialog(lang.L("Mark"), body, answer{text: lang.L("Cancel"), do: p.toRow}, answer{text: lang.L("Mark"), main: true, do: func() { p.toRow(); p.mark(f) }})
	p.w.win.Canvas().Focus(code)
}

func labelsOf(options []model.Option) []string {
	var out []string
	for _, o := range options {
		out = append(out, said(o.Label))
	}
	return out
}

func valueOf(options []model.Option, label string) string {
	for _, o := range options {
		if said(o.Label) == label {
			return o.Value
		}
	}
	return ""
}

// mark marks, and shows it.
func (p *timelineView) mark(f model.MarkForm) {
	look, picked := p.look, p.list.picked
	p.w.env.Go(func() {
		made, err := p.w.desk.Mark(context.Background(), look, picked, f)
		p.w.env.Do(func() {
			if err != nil {
				p.w.tell(err)
				return
			}
			p.undo = &made
			p.again()
		})
	})
}

// unmark takes the last mark back.
func (p *timelineView) unmark() {
	made := p.undo
	if made == nil {
		return
	}
	p.undo = nil
	p.w.env.Go(func() {
		err := p.w.desk.Unmark(context.Background(), *made)
		p.w.env.Do(func() {
			p.w.tell(err)
			p.again()
		})
	})
}

// writeAbout begins an entry of a register about the picked events.
func (p *timelineView) writeAbout() {
	picked := p.look.PickedIDs(p.list.picked)
	lines, err := p.w.desk.Registers(p.w.env.Now())
	if err != nil {
		p.w.tell(err)
		return
	}
	lines = slices.DeleteFunc(lines, func(l model.RegisterLine) bool { return l.Events == "" || l.Kind == string(timeline.Answer) })
	var names []string
	for _, l := range lines {
		names = append(names, said(l.Title))
	}
	which := newSelection(names, nil)
	which.PlaceHolder = lang.L("Choose")
	p.w.dialog(lang.L("What do you want to write about it?"), stacked(plain(said(p.look.Picked(p.list.picked))), which), answer{text: lang.L("Cancel"), do: p.toRow},
		answer{text: lang.L("Write it down"), main: true, do: func() {
			if i := which.SelectedIndex(); i >= 0 {
				p.w.writeEntry(timeline.Kind(lines[i].Kind), picked...)
			}
		}})
	p.w.win.Canvas().Focus(which)
}

// takeBack asks why, and takes a mark away that may have stood for years.
func (p *timelineView) takeBack(m model.MarkLine) {
	why := newLine()
	why.SetPlaceHolder(lang.L("Why? (You need not say.)"))
	body := stacked(plain(markSaid(m.Text)), why, quiet(lang.L("The record keeps that the mark was made and that it was taken back, with your words.")))
	p.w.dialog(lang.L("Take this mark back?"), body, answer{text: lang.L("Leave it")}, answer{text: lang.L("Take it back"), main: true, do: func() { p.unmarkOne(m, why.Text) }})
}

func (p *timelineView) unmarkOne(m model.MarkLine, why string) {
	p.w.env.Go(func() {
		err := p.w.desk.UnmarkOne(context.Background(), m, why)
		p.w.env.Do(func() {
			p.w.tell(err)
			p.undo = nil // it may have been this one
			p.again()
		})
	})
}

// original shows the file's own text around an event.
func (p *timelineView) original(event int) {
	look := p.look
	p.w.env.Go(func() {
		e, err := look.Original(event)
		p.w.env.Do(func() {
			if err != nil {
				p.w.tell(err)
				return
			}
			block := newTextBlock(p.set, e.Text, nil)
			block.width = min(520, p.w.win.Canvas().Size().Width-80)
			p.w.dialog(lang.L("The file as it came"), stacked(plain(said(e.Note)), block), answer{text: lang.L("Close"), main: true})
		})
	})
}
