package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/evidence"
	"daybook/ui/model"
)

// readerPage opens a bundle that somebody was given. It needs no case.
func readerPage(w *Window) view {
	s := w.sheet()
	var path string
	field := s.line(&path, lang.L("The bundle's folder, or its zip"))
	open := s.button(lang.L("Check it and open it"), func() { w.readBundle(path) })
	open.Importance = widget.HighImportance
	field.OnSubmitted = func(string) { w.readBundle(path) }
	choose := s.button(lang.L("Choose…"), func() {
		w.pick(func(paths []string) { field.SetText(paths[0]) })
	})
	s.body.Add(plain(lang.L("Drop a bundle on this window, a folder or a zip, or choose it. It is checked first. Nothing of it is changed or copied, and no case and no passphrase is needed.")))
	s.body.Add(container.NewBorder(nil, nil, nil, choose, field))
	s.body.Add(container.NewHBox(open))
	s.body.Add(heading(lang.L("What the check tells")))
	for _, p := range []paragraph{
		{"", "Whether it is intact: no file was changed, taken out or added since it was sealed. Each one that was is named."},
		{"", "Whether it is complete: how much of the journal is opened in it and how much is withheld."},
		{"", "What its times rest on: the clock of the computer on which it was made."},
		{"", "It never tells that what somebody wrote is true."},
	} {
		s.body.Add(plain("– " + lang.L(p.text)))
	}
	return view{content: s.scroll, focus: field, dropped: func(paths []string) { w.readBundle(paths[0]) }}
}

// readBundle checks a bundle and shows it.
func (w *Window) readBundle(path string) {
	var got *model.Received
	w.runJob(lang.L("Checking the bundle"), func(ctx context.Context, p evidence.Progress) (err error) {
		got, err = w.desk.Receive(ctx, path, p)
		return err
	}, func(err error) {
		if err != nil {
			if !errors.Is(err, context.Canceled) {
				w.tell(err)
			}
			return
		}
		w.show(readerID)
		if w.page.id != readerID { // what was typed elsewhere could not be saved
			w.tell(got.Close())
			return
		}
		r := newBundleReader(w, got)
		r.showCheck()
	})
}

// bundleReader is a bundle while it is read: the check, the rows, the exhibits.
type bundleReader struct {
	w      *Window
	got    *model.Received
	thumbs *model.Thumbs
	look   *model.Look
	query  model.ReadQuery
	asked  int
	list   *rowList
	note   *widget.RichText
	empty  *widget.Label
	search *line
	filter *filterPanel
	side   *fyne.Container // what is read of a row
	set    *typesetter
	body   *fyne.Container
	panes  *panes
	all    *button
	bar    *topLine
}

func newBundleReader(w *Window, got *model.Received) *bundleReader {
	return &bundleReader{w: w, got: got, thumbs: got.Thumbs(), set: w.set}
}

// close lets the bundle go when another page comes.
func (r *bundleReader) close() error { return errors.Join(r.thumbs.Close(), r.got.Close()) }

// put shows a part of the reader. The bundle stays open between its parts.
func (r *bundleReader) put(v view) {
	v.leave = r.close
	v.dropped = func(paths []string) { r.w.readBundle(paths[0]) }
	r.w.put(r.w.page, v)
}

// ways are the buttons to the parts, at the top of each.
func (r *bundleReader) ways(here string) *fyne.Container {
	row := container.New(&wrapLayout{least: 10})
	for _, part := range []struct {
		name string
		show func()
	}{{lang.L("The check"), r.showCheck}, {lang.L("Timeline"), r.showRows}, {lang.L("Exhibits"), r.showExhibits}} {
		b := r.w.button(part.name, part.show)
		if part.name == here {
			b.Importance = widget.HighImportance
		}
		row.Add(b)
	}
	return row
}

// showCheck shows the outcome of the check in three parts.
func (r *bundleReader) showCheck() {
	s := r.w.sheet()
	c := r.got.Check
	ways := r.ways(lang.L("The check"))
	s.body.Add(ways)
	intact, sign := lang.L("Intact: yes"), theme.IconNameConfirm
	if !c.Good {
		intact, sign = lang.L("Intact: no"), theme.IconNameWarning
	}
	s.body.Add(verdict(sign, intact, said(c.Intact)))
	r.problems(s)
	whole, sign := lang.L("Complete: not all of it is opened here"), theme.IconNameInfo
	switch {
	case !c.Good:
		whole = lang.L("Complete: this cannot be told")
	case c.Whole:
		whole, sign = lang.L("Complete: all of it is opened here"), theme.IconNameConfirm
	}
	s.body.Add(verdict(sign, whole, said(c.Complete)))
	s.body.Add(verdict(theme.IconNameInfo, lang.L("Dated: by its own word"), said(c.Dated)))
	s.body.Add(under(lang.L("Not proved"), plain(said(c.NotProved))))
	if c.Key != "" {
		r.compare(s)
	}
	s.body.Add(container.NewHBox(s.button(lang.L("Close this bundle"), func() { r.w.show(readerID) })))
	r.put(view{content: s.scroll, focus: ways.Objects[1].(fyne.Focusable)})
}

// verdict is one part of the outcome. A failed one says so in words, a sign and
// a colour.
func verdict(sign fyne.ThemeIconName, title, text string) fyne.CanvasObject {
	var icon fyne.Resource = theme.NewPrimaryThemedResource(theme.Icon(sign))
	if sign == theme.IconNameWarning {
		icon = theme.NewErrorThemedResource(theme.Icon(sign))
	}
	side := container.NewVBox(container.New(scaled{1.8}, widget.NewIcon(icon)))
	return onSurface(container.NewBorder(nil, nil, side, nil, under(title, plain(text))))
}

// mostProblems is how many things that are wrong stand on the page itself.
const mostProblems = 12

// problems names all that is wrong.
func (r *bundleReader) problems(s *sheet) {
	c := r.got.Check
	for i, p := range c.Problems {
		if i == mostProblems {
			s.body.Add(s.button(lang.L("See all {{.N}}", map[string]any{"N": len(c.Problems)}), r.showProblems))
			break
		}
		s.body.Add(broken(said(p)))
	}
	if len(r.got.Faults) > 0 {
		s.body.Add(heading(lang.L("What cannot be shown")))
	}
	for _, f := range r.got.Faults {
		s.body.Add(plain(said(f)))
	}
}

// broken is text that may be one long word.
func broken(text string) *widget.RichText {
	r := plain(text)
	r.Wrapping = fyne.TextWrapBreak
	return r
}

// showProblems lists all that is wrong.
func (r *bundleReader) showProblems() {
	list := newLines(func() int { return len(r.got.Check.Problems) },
		func() fyne.CanvasObject {
			l := widget.NewLabel("")
			l.Truncation = fyne.TextTruncateEllipsis
			return l
		},
		func(i int, o fyne.CanvasObject) { o.(*widget.Label).SetText(said(r.got.Check.Problems[i])) })
	list.OnSelected = func(i widget.ListItemID) {
		list.UnselectAll()
		r.w.notice(lang.L("This is wrong"), said(r.got.Check.Problems[i]))
	}
	back := r.w.button(lang.L("Back"), r.showCheck)
	r.put(view{title: lang.L("What is wrong"), content: container.NewBorder(container.NewHBox(back), nil, nil, nil, list), focus: list})
}

// compare lets a person type what they got by another way: the fingerprint, or
// the twelve words of the record.
func (r *bundleReader) compare(s *sheet) {
	var typed string
	told := plain("")
	field := s.line(&typed, lang.L("The fingerprint or the twelve words from your paper"))
	ask := func() {
		var answer string
		r.w.runJob(lang.L("Looking it up"), func(ctx context.Context, p evidence.Progress) (err error) {
			answer, err = r.got.Compare(ctx, typed, p)
			return err
		}, func(err error) {
			if err != nil {
				r.w.tell(err)
				return
			}
			setText(told, said(answer))
			s.body.Refresh()
		})
	}
	field.OnSubmitted = func(string) { ask() }
	s.body.Add(under(lang.L("The fingerprint of the key that signed"), large(r.got.Check.Key), quiet(lang.L("A bundle brings its own key. Compare it with the one that you got by another way than in this bundle.")),
		container.NewBorder(nil, nil, nil, s.button(lang.L("Compare"), ask), field), told))
}
