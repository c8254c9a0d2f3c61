package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"daybook/evidence"
	"daybook/ui/model"
)

// begin takes other choices.
func (b *bundleWalk) begin(h model.Handover) {
	b.h = h
	b.propose()
	b.changed()
}

// issued lists the bundles that were made for good: what has changed since, and a
// supplement to each.
func (b *bundleWalk) issued(s *sheet) {
	list, err := b.w.desk.Issued(context.Background())
	if err != nil {
		s.body.Add(plain(told(err)))
		return
	}
	if len(list) == 0 {
		return
	}
	s.body.Add(under(lang.L("Bundles that were made before"), quiet(lang.L("The case keeps what was handed over with each. A supplement has only what is new, and its pages are counted on."))))
	listed(s, s.body, list, func(i model.Issued) fyne.CanvasObject {
		name := lang.L("Bundle {{.N}}", map[string]any{"N": i.Number})
		since := s.button(lang.L("What has changed since"), func() { b.since(i) })
		more := s.button(lang.L("Make a supplement to it"), func() { b.w.afterNotice(func() { b.supplement(i) }) })
		return onSurface(stacked(tight(asked(name), quiet(said(i.Text))), container.New(&wrapLayout{least: 12}, since, more)))
	})
}

// supplement begins a supplement to a bundle.
func (b *bundleWalk) supplement(i model.Issued) {
	h, err := i.Supplement()
	if err != nil {
		b.w.tell(err)
		return
	}
	b.begin(h)
	b.to(1)
}

// since says what has changed since a bundle was made.
func (b *bundleWalk) since(i model.Issued) {
	var lines []string
	b.w.runJob(lang.L("Comparing"), func(ctx context.Context, p evidence.Progress) (err error) {
		lines, err = b.w.desk.Since(ctx, i, p)
		return err
	}, func(err error) {
		if err != nil {
			b.w.tell(err)
			return
		}
		b.w.notice(lang.L("Since bundle {{.N}}", map[string]any{"N": i.Number}), strings.Join(allSaid(lines), "\n"))
	})
}

// final asks whether the bundle is made for good. A supplement always is.
func (b *bundleWalk) final(s *sheet) fyne.CanvasObject {
	if b.h.Continues != 0 {
		return plain(lang.L("A supplement gets a number of its own, and the case keeps its rows, labels and page numbers."))
	}
	value := when(b.h.Draft, "draft")
	return labelled(lang.L("Is it final?"), s.chips([]model.Option{{Value: "", Label: lang.L("Final: it gets a number")}, {Value: "draft", Label: lang.L("A draft to read first")}}, value, false, func(v string) { b.h.Draft = v != "" }), quiet(lang.L("The case keeps the rows, labels and page numbers of what is final, so that a later bundle can say what has changed. A draft says on each page that it is one, and nothing is kept of it.")))
}

// drafted says what was made is a draft, and leads to the final one.
func (b *bundleWalk) drafted(s *sheet) fyne.CanvasObject {
	final := s.button(lang.L("Make it final…"), func() {
		b.h.Draft = false
		b.name = b.usual
		b.propose() // the draft has that name
		b.to(5)
	})
	return stacked(plain(lang.L("It is a draft, and each page says so. When it is right, make it final.")), container.NewHBox(final))
}
