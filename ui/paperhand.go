package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"daybook/evidence"
	"daybook/ui/model"
)

// handing asks to whom a paper goes, what for and where it is written.
type handing struct {
	*sheet
	paper model.PaperPage
	to    model.PaperTo
	note  *widget.RichText // what to think of before
	write *formButton
}

// handPaper shows the last step before a paper is written.
func (w *Window) handPaper(p model.PaperPage, to model.PaperTo) {
	if !w.leave() {
		return
	}
	h := &handing{sheet: w.sheet(), paper: p, to: to, note: plain("")}
	h.write = h.button(lang.L("Write it"), h.make)
	h.write.Importance = widget.HighImportance
	first := h.line(&h.to.Recipient, "").then(h.look)
	h.body.Add(h.asking(needed("To whom does it go?"), lang.L("The record keeps it, so that you know later who has what."), first))
	h.body.Add(h.asking(needed("What for?"), lang.L("Nothing should be in it that this does not need."), h.line(&h.to.Purpose, "").then(h.look)))
	folder := h.line(&h.to.Folder, lang.L("A folder, or a USB stick")).then(h.look)
	choose := h.button(lang.L("Choose…"), func() { w.chooseFolder(folder.SetText) })
	h.body.Add(labelled(lang.L("In which folder?"), container.NewBorder(nil, nil, nil, choose, folder)))
	h.body.Add(labelled(lang.L("What should the file be called?"), h.line(&h.to.Name, "").then(h.look), quiet(lang.L("A name that tells nothing is best: it can be read by anybody."))))
	if p.Table {
		h.body.Add(h.asWhat())
	}
	h.body.Add(quiet(lang.L("The file is not locked: whoever has it can read it. The record keeps to whom it goes, what for, and which fields and events are in it.")))
	h.body.Add(h.note)
	h.body.Add(container.New(&lineLayout{}, h.button(lang.L("Back"), func() { w.depart(func() { w.openPaper(p.Asked) }) }), h.write))
	h.look()
	w.put(papersAt(), view{title: said(p.Of.Title), content: h.scroll, focus: first, save: h.make, loses: h.typed,
		dropped: func(paths []string) { folder.SetText(paths[0]) }})
}

func (h *handing) typed() bool { return h.to.Recipient != "" || h.to.Purpose != "" }

// asWhat offers a list of items as a table too.
func (h *handing) asWhat() fyne.CanvasObject {
	return labelled(lang.L("As what?"), h.chips([]model.Option{{Value: "", Label: lang.L("Pages to print (PDF)")}, {Value: "table", Label: lang.L("A table (CSV)")}}, when(h.to.Table, "table"), false, func(v string) { h.to.Table = v != "" }))
}

// look says what is to be thought of, or what lacks once the rest is there.
func (h *handing) look() {
	note, err := h.w.desk.PaperPlace(h.to)
	if err != nil && h.to.Folder != "" {
		note = told(err)
	}
	setText(h.note, said(note))
	visible(h.note, note != "")
	h.body.Refresh()
}

// make writes the paper.
func (h *handing) make() {
	path, now := "", h.w.env.Now()
	h.w.runJob(lang.L("Writing the paper"), func(ctx context.Context, _ evidence.Progress) (err error) {
		path, err = h.w.desk.WritePaper(ctx, h.paper.Asked, h.to, now)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, context.Canceled):
			h.w.notice(lang.L("Stopped"), lang.L("Nothing was written."))
		case err != nil:
			h.w.tell(err)
		default:
			h.w.view.loses = nil
			h.done(path)
		}
	})
	h.w.ifStopped(lang.L("Stopping. Nothing half-written stays."))
}

// done says where it is, and what to do with it first.
func (h *handing) done(path string) {
	s := h.w.sheet()
	back := s.button(lang.L("All papers"), func() { h.w.show(papersID) })
	s.body.Add(confirmation(lang.L("It is written"), lang.L("Read it before you hand it over."), s.button(lang.L("Open the folder"), func() { h.w.openFolder(h.to.Folder) }), back))
	where := newCopyBlock(h.w, h.w.set, path, nil)
	where.seen = s.reveal
	s.body.Add(labelled(lang.L("The file"), where))
	for _, line := range h.paper.Stands {
		s.body.Add(plain(line))
	}
	h.w.put(papersAt(), view{title: said(h.paper.Of.Title), content: s.scroll, focus: back})
}
