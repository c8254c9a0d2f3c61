package ui

import (
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// keepEvery is how often what was typed is kept: a crash loses no more.
const keepEvery = time.Second

// typing is a form that is kept as it is typed and locked once it is saved.
type typing struct {
	*sheet
	kept     *model.Kept
	store    func(time.Time) (model.Saved, error)
	saved    func(model.Saved)
	status   *widget.RichText
	shown    *fyne.Container // what shows it
	pictures pictures
	lacking  map[model.Field]*refusal // in which something may lack
	page     fyne.CanvasObject

	stop    func() // ends the keeping
	keeping bool
	failed  string // why the draft could not be kept, as last told
}

// typing begins a form that store saves; saved then shows it.
func (w *Window) typing(kept *model.Kept, store func(time.Time) (model.Saved, error), saved func(model.Saved)) *typing {
	return &typing{sheet: w.sheet(), kept: kept, store: store, saved: saved, status: rich(widget.RichTextStyle{SizeName: theme.SizeNameCaptionText, ColorName: colourQuiet}, said(kept.Status())),
		pictures: pictures{w: w}, lacking: map[model.Field]*refusal{}}
}

// view is the form as a page, once its questions are on the sheet.
func (f *typing) view(first fyne.Focusable) view {
	foot := container.NewBorder(nil, nil, nil, container.NewHBox(
		f.button(lang.L("Finish later"), func() { f.w.show(homeID) }),
		f.saveButton()), f.status)
	f.stop = f.w.env.Every(keepEvery, f.keep)
	f.page = container.NewBorder(nil, foot, nil, nil, f.scroll)
	return view{content: f.page, focus: first, leave: f.leave, dropped: f.dropped, paste: f.paste, save: f.save}
}

func (f *typing) saveButton() *formButton {
	b := f.button(lang.L("Save for good"), f.save)
	b.Importance = widget.HighImportance
	return b
}

// keep keeps what was typed beside the window: a disk can be slow.
func (f *typing) keep() {
	if f.gone() {
		f.stop()
		return
	}
	if f.keeping {
		return
	}
	keep, err := f.kept.Due(f.w.env.Now())
	if err != nil {
		f.told(err)
	}
	if keep == nil {
		return
	}
	f.keeping = true
	f.w.env.Go(func() {
		err := keep()
		f.w.env.Do(func() { f.told(err) })
	})
}

// gone tells that the page was locked or hidden over, whatever could be kept:
// nothing of it may come up again.
func (f *typing) gone() bool { return f.w.hidden || f.w.view.content != f.page }

// told says in the foot how it went; what cannot be kept is told once more only
// when the reason is another.
func (f *typing) told(err error) {
	f.keeping = false
	if f.gone() {
		return
	}
	if err == nil {
		f.failed = ""
		setText(f.status, said(f.kept.Status()))
		return
	}
	setText(f.status, lang.L("What you type is not being kept."))
	if f.failed != err.Error() {
		f.failed = err.Error()
		f.w.tell(err)
	}
}

// leave keeps the draft before anything else comes.
func (f *typing) leave() error {
	if err := f.kept.Leave(f.w.env.Now()); err != nil {
		return err
	}
	return f.end()
}

// end stops what goes on beside the page.
func (f *typing) end() error {
	f.stop()
	return f.pictures.close()
}

// save locks what was written, and says so.
func (f *typing) save() {
	saved, err := f.store(f.w.env.Now())
	if err != nil {
		var lack *model.Lack
		if errors.As(err, &lack) {
			f.refuse(lack)
			return
		}
		f.w.notice(lang.L("Not saved yet"), told(err))
		return
	}
	f.w.tell(f.end())
	f.w.view.leave = nil
	f.saved(saved)
}
