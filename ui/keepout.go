package ui

import (
	"cmp"
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// keepOutLead leads from the second step to the words that are kept out.
func (b *bundleWalk) keepOutLead(s *sheet) fyne.CanvasObject {
	list, err := b.w.desk.KeptOut()
	if err != nil {
		return plain(told(err))
	}
	text := lang.L("Nothing is kept out by its words yet: an address, a telephone number, a child's name, a school or a plate stands wherever somebody wrote it.")
	n := 0
	for _, k := range list {
		if k.Wide {
			n++
		}
	}
	if n > 0 {
		text = lang.L("Kept out wherever they stand: {{.N}}", map[string]any{"N": n})
	}
	told := tight(plain(text))
	if typed := strings.TrimSpace(b.h.Typed); typed != "" {
		told.Add(asked(lang.L("Typed and not kept out yet: “{{.Words}}”", map[string]any{"Words": typed})))
	}
	return labelled(lang.L("Words to keep out"), told, container.NewHBox(s.button(lang.L("Words to keep out…"), func() { b.w.put(b.w.page, b.keepOut()) })))
}

// keepOut lists the words that every served pack withholds, and takes new ones.
func (b *bundleWalk) keepOut() view {
	s := b.w.sheet()
	list, err := b.w.desk.KeptOut()
	if err != nil {
		return failed(err)
	}
	s.body.Add(plain(lang.L("These words are in no file of a pack that the other side may read: not in messages, names, names of files or tables, in large or small letters, over the end of a line, a telephone number as it is dialled at home and from abroad, and with O for 0 or l for 1. What is spelt wrong or said in other words is not found. In their place stands a mark with the reason, as [withheld: address]. Nothing is deleted: this case and a full pack keep everything.")))
	line := s.line(&b.h.Typed, lang.L("12 High Street"))
	reasons := model.KeepOutReasons()
	code := reasons[0].Value
	pick := newSelection(labelsOf(reasons), nil)
	pick.SetSelectedIndex(0)
	pick.OnChanged = func(label string) { code = valueOf(reasons, label) }
	keep := func() {
		if err := b.w.desk.KeepOut(context.Background(), b.h.Typed, code); err != nil {
			b.w.tell(err)
			return
		}
		b.h.Typed = ""
		b.changed()
		b.w.put(b.w.page, b.keepOut())
	}
	line.OnSubmitted = func(string) { keep() }
	add := s.button(lang.L("Keep it out"), keep)
	add.Importance = widget.HighImportance
	s.body.Add(beside(labelled(lang.L("Which words?"), line), labelled(lang.L("Why? The other side reads this reason"), pick)))
	s.body.Add(container.NewHBox(add))
	s.body.Add(quiet(lang.L("An address is best given in parts too: the street with its number, the house, the postcode. What a picture shows is not kept out by words: hide that part of it, or leave it out, in the next step.")))
	if len(list) > 0 {
		s.body.Add(heading(lang.L("Kept out of every served pack")))
	}
	listed(s, s.body, list, func(k model.KeptOut) fyne.CanvasObject {
		again := s.button(lang.L("Show it again…"), func() { b.showAgain(k) })
		return container.NewBorder(nil, nil, nil, stacked(again), tight(asked(wordsOrPart(k)), plain(said(k.Reason)), quiet(byWhen(k.Said))))
	})
	s.body.Add(b.ways(2, nil))
	v := b.step(1, view{content: s.scroll, focus: line, save: keep})
	v.title = lang.L("Words to keep out")
	v.loses = func() bool { return strings.TrimSpace(b.h.Typed) != "" }
	v.leave = func() error {
		if b.w.view.loses == nil { // whoever was asked lets it go; a lock keeps it
			b.h.Typed = ""
		}
		return b.keep()
	}
	return v
}

// wordsOrPart are words that are kept out as they were typed, or the part of a file in the
// language shown.
func wordsOrPart(k model.KeptOut) string {
	if k.Wide {
		return k.Words
	}
	return made(k.Words)
}

func (b *bundleWalk) showAgain(k model.KeptOut) {
	b.w.showAgain(k, func() {
		b.changed()
		b.w.put(b.w.page, b.keepOut())
	})
}

// showAgain asks why something is shown again, and does what comes after.
func (w *Window) showAgain(k model.KeptOut, then func()) {
	why := newTextArea()
	why.SetMinRowsVisible(2)
	why.SetPlaceHolder(lang.L("Why? (You need not say.)"))
	w.dialog(lang.L("Show this again?"), stacked(plain(wordsOrPart(k)), why, quiet(lang.L("Served packs that are made from now on show it where it stands. The record keeps that it was kept out and shown again."))),
		answer{text: lang.L("Leave it")},
		answer{text: lang.L("Show it again"), main: true, do: func() {
			if err := w.desk.ShowAgain(context.Background(), k, why.Text); err != nil {
				w.tell(err)
				return
			}
			then()
		}})
	w.win.Canvas().Focus(why)
}

// found says what is in a served pack that it was to withhold. Nothing is written:
// the person goes back, or wants it all the same.
func (b *bundleWalk) found(f *model.Found) view {
	s := b.w.sheet()
	s.body.Add(plain(lang.L("Before the pack gets its place it is read again, as the other side could. This is in it all the same. Nothing was written yet.")))
	back := s.button(lang.L("Go back to the words to keep out"), func() { b.w.put(b.w.page, b.keepOut()) })
	all := s.button(lang.L("Hand it over all the same…"), func() {
		b.w.dialog(lang.L("Hand it over with this in it?"), plain(lang.L("The other side will be able to read it. A bundle that was given away cannot be taken back. The record keeps that you decided this.")),
			answer{text: lang.L("Go back"), main: true},
			answer{text: lang.L("Hand it over"), do: func() {
				b.h.Released = f.Sum
				b.make()
			}})
	})
	s.body.Add(container.New(&wrapLayout{least: 14}, back, all))
	var first *formButton // leaves out the first picture in which something stands
	listed(s, s.body, f.Leaks, func(l model.Leak) fyne.CanvasObject {
		box := tight(asked("“"+l.Words+"”"), plain(said(l.What)))
		for _, p := range l.Places {
			box.Add(quiet("– " + said(p)))
		}
		if len(l.Exhibits) == 0 {
			return onSurface(box)
		}
		out := container.New(&wrapLayout{least: 12})
		for _, e := range l.Exhibits {
			leave := s.button(lang.L("Leave {{.Exhibit}} out…", map[string]any{"Exhibit": e.Label}), func() {
				b.askWhy(e, func(reason string) {
					b.without(e.Item, reason)
					b.to(2)
				})
			})
			if out.Add(leave); first == nil && l.Pictures > 0 {
				first = leave
			}
		}
		return onSurface(stacked(box, out))
	})
	s.body.Add(plain(lang.L("Some of it may be there rightly: a message may name somebody who saw it. What is not to be read belongs among the words to keep out. What a picture shows is not kept out by words: hide that part of it among the exhibits, or leave it out.")))
	s.body.Add(quiet(said(f.Looked)))
	for _, u := range f.Unread {
		s.body.Add(quiet(lang.L("Not looked into: {{.What}}", map[string]any{"What": said(u)})))
	}
	main := cmp.Or(first, back)
	main.Importance = widget.HighImportance
	v := b.step(5, view{content: s.scroll, focus: main})
	v.title = lang.L("Look at this before you hand it over")
	return v
}
