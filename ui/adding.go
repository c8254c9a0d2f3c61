package ui

import (
	"context"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"daybook/evidence"
	"daybook/ui/model"
)

// addingForm is the page on which files are added: what waits to be added, how
// it was obtained, and how to get it from each app.
type addingForm struct {
	*sheet
	waiting []string
	note    string
	list    *fyne.Container
	add     *formButton
	count   context.CancelFunc // ends the counting of what waits
}

// addingPage lets files be dropped, chosen and pasted.
func addingPage(w *Window) view {
	f := &addingForm{list: stacked(), count: func() {}}
	f.sheet = w.sheet()
	choose := f.button(lang.L("Choose files or folders"), func() { w.pick(f.dropped) })
	choose.Importance = widget.HighImportance
	f.body.Add(onSurface(stacked(
		heading(lang.L("Drop files, folders or zips anywhere on this window")),
		plain(lang.L("Add them as they came, zips unopened. They are copied into the case, and never changed.")),
		container.New(&wrapLayout{least: 12}, choose, f.button(lang.L("Paste a picture"), f.paste)),
	)))
	f.add = f.button(lang.L("Add them"), f.begin)
	f.add.Importance = widget.HighImportance
	f.body.Add(labelled(lang.L("How did you get them? (You need not say.)"), f.line(&f.note, lang.L("My own phone; Ann sent it to me on 3 May"))))
	f.body.Add(f.list)
	answer := f.open()
	f.body.Add(heading(lang.L("Before you add")))
	for _, c := range model.Cautions() {
		f.body.Add(quiet(said(c)))
	}
	f.body.Add(container.New(&wrapLayout{least: 14}, f.button(lang.L("Write down what you saw instead"), func() { f.w.show(writeID) }),
		f.button(lang.L("Take in from an add-only device"), func() { f.w.show(devicesID) }),
		f.button(lang.L("A clock that was wrong"), func() { f.w.show(clockID) })))
	f.exports()
	f.earlier()
	leave := func() error { f.count(); return nil }
	v := view{content: f.scroll, focus: choose, leave: leave, dropped: f.dropped, paste: f.paste}
	if answer != nil {
		v.focus = answer
	}
	return v
}

// dropped puts files on the list of what waits.
func (f *addingForm) dropped(paths []string) {
	for _, p := range paths {
		if !slices.Contains(f.waiting, p) {
			f.waiting = append(f.waiting, p)
		}
	}
	f.lay()
	f.w.win.Canvas().Focus(f.add)
}

func (f *addingForm) lay() {
	f.list.RemoveAll()
	if len(f.waiting) == 0 {
		f.body.Refresh()
		return
	}
	rows := stacked(heading(lang.L("These will be added")))
	many := quiet(" ")
	f.countWaiting(many)
	rows.Add(many)
	listed(f.sheet, rows, f.waiting, func(p string) fyne.CanvasObject {
		name := widget.NewLabel(filepath.Base(p))
		name.Truncation = fyne.TextTruncateEllipsis
		return container.NewBorder(nil, nil, nil, f.button(lang.L("Not this one"), func() {
			f.waiting = slices.DeleteFunc(f.waiting, func(q string) bool { return q == p })
			f.lay()
		}), name)
	})
	rows.Add(container.NewHBox(f.add))
	f.list.Add(onSurface(rows))
	f.body.Refresh()
}

// countWaiting says how many files wait. A folder may hold thousands: they are
// counted beside the window.
func (f *addingForm) countWaiting(many *widget.RichText) {
	f.count()
	ctx, cancel := context.WithCancel(context.Background())
	f.count = cancel
	paths := slices.Clone(f.waiting)
	f.w.env.Go(func() {
		text := said(model.Waiting(ctx, paths))
		f.w.env.Do(func() {
			if ctx.Err() == nil {
				setText(many, text)
			}
		})
	})
}

// begin adds what waits.
func (f *addingForm) begin() {
	if len(f.waiting) == 0 {
		return
	}
	f.w.addThen(func(ctx context.Context, p evidence.Progress) (model.Outcome, error) {
		return f.w.desk.Add(ctx, f.note, f.waiting, p)
	})
}

func (f *addingForm) paste() {
	f.w.clip(func(c model.Clip) {
		if len(c.Paths) > 0 {
			f.dropped(c.Paths)
			return
		}
		now := f.w.env.Now()
		f.w.addThen(func(ctx context.Context, p evidence.Progress) (model.Outcome, error) {
			return f.w.desk.Paste(ctx, f.note, c.Picture, now, p)
		})
	})
}

// addThen does an act of adding and shows its outcome, of a stopped one too.
func (w *Window) addThen(act func(context.Context, evidence.Progress) (model.Outcome, error)) {
	var o model.Outcome
	w.runJob(lang.L("Adding"), func(ctx context.Context, p evidence.Progress) (err error) {
		o, err = act(ctx, p)
		return err
	}, func(err error) {
		if o.Title != "" {
			w.outcome(o)
		}
		w.tell(err)
	})
}

// open shows what waits: questions, and files that were not read yet. It gives
// where the first question is answered; nil where there is none.
func (f *addingForm) open() (first fyne.Focusable) {
	ctx := context.Background()
	questions, err := f.w.desk.Questions(ctx)
	if err != nil {
		f.body.Add(plain(told(err)))
	}
	for _, q := range questions {
		box, answer := f.question(q)
		f.body.Add(box)
		if first == nil {
			first = answer
		}
	}
	n, err := f.w.desk.Unread(ctx)
	if err != nil {
		f.body.Add(plain(told(err)))
	}
	if n > 0 {
		f.body.Add(confirmation(lang.L("Something was stopped"), said(model.UnreadFiles(n)), f.button(lang.L("Go on"), func() { f.w.addThen(f.w.desk.GoOn) })))
	}
	return first
}

// exports says for each app what its export is called and how to get it.
func (f *addingForm) exports() {
	list, err := f.w.desk.Exports(context.Background())
	if err != nil {
		f.body.Add(plain(told(err)))
		return
	}
	f.body.Add(heading(lang.L("How to get it from each app")))
	for _, e := range list {
		f.body.Add(f.fold(section{said(e.Title), false, func() []fyne.CanvasObject {
			parts := []fyne.CanvasObject{plain(said(e.HowToGet)), asked(lang.L("What it leaves out"))}
			for _, l := range e.LeavesOut {
				parts = append(parts, quiet("– "+said(l)))
			}
			return append(parts, asked(lang.L("Tried with")), quiet(said(e.Tried)))
		}}))
	}
}

// earlier leads to the outcome of each earlier act.
func (f *addingForm) earlier() {
	lines, err := f.w.desk.Outcomes(context.Background())
	if err != nil {
		f.body.Add(plain(told(err)))
		return
	}
	if len(lines) == 0 {
		return
	}
	f.body.Add(f.fold(section{lang.L("What was added before"), false, func() []fyne.CanvasObject {
		box := stacked()
		listed(f.sheet, box, lines, func(l model.OutcomeLine) fyne.CanvasObject {
			return container.NewBorder(nil, nil, nil, stacked(f.button(lang.L("Read"), func() { f.w.earlierOutcome(l.Batch) })),
				tight(plain(said(l.When)+": "+said(l.What)), quiet(l.Note)))
		})
		return []fyne.CanvasObject{box}
	}}))
}

func (w *Window) earlierOutcome(batch int64) {
	o, err := w.desk.Outcome(context.Background(), batch)
	if err != nil {
		w.tell(err)
		return
	}
	w.outcome(o)
}

// clip takes what lies on the clipboard: files, or a picture, which is read
// beside the window and goes from memory into the case.
func (w *Window) clip(take func(model.Clip)) {
	if paths := model.ClipPaths(fyne.CurrentApp().Clipboard().Content()); len(paths) > 0 {
		take(model.Clip{Paths: paths})
		return
	}
	w.env.Go(func() {
		held, err := w.env.Clip(context.Background())
		w.env.Do(func() {
			if err != nil {
				w.tell(err)
				return
			}
			take(model.ClipOf(held.Type, held.Data))
		})
	})
}
