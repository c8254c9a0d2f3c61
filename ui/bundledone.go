package ui

import (
	"context"
	"errors"
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/evidence"
	"daybook/ui/model"
)

// where is the last step: the folder, and what to think of about it.
func (b *bundleWalk) where() view {
	note := plain("")
	s := b.w.sheet()
	make := s.button(lang.L("Make the bundle"), b.make)
	make.Importance = widget.HighImportance
	var name *formField
	look := func() {
		if b.propose(); name.Text != b.name {
			name.SetText(b.name) // and looks again
			return
		}
		p, err := b.w.desk.Place(b.folder, b.name)
		make.Enable()
		switch {
		case b.folder == "":
			setText(note, "")
			make.Disable()
		case err != nil:
			setText(note, told(err))
			make.Disable()
		default:
			setText(note, said(p.Note))
		}
		visible(note, note.String() != "")
		s.body.Refresh()
	}
	folder := s.line(&b.folder, lang.L("A folder, or a USB stick")).then(look)
	choose := s.button(lang.L("Choose…"), func() { b.w.chooseFolder(folder.SetText) })
	s.body.Add(labelled(lang.L("In which folder?"), container.NewBorder(nil, nil, nil, choose, folder)))
	name = s.line(&b.name, "").then(look)
	s.body.Add(labelled(lang.L("What should the bundle's own folder be called?"), name))
	s.body.Add(quiet(lang.L("A name that tells nothing is best: it can be read by anybody. A pack that the other side may read is called “papers” unless you say otherwise, and a full one “notes”.")))
	s.body.Add(note)
	s.body.Add(b.final(s))
	s.body.Add(b.readable())
	s.body.Add(plain(lang.L("Exhibits that have no label yet get theirs now, for ever. The bundle is made beside its place and put there when it is whole: if you stop it, nothing stays.")))
	s.body.Add(b.ways(5, make))
	look()
	return view{content: s.scroll, focus: folder, dropped: func(paths []string) { folder.SetText(paths[0]) }, save: b.make}
}

// make writes the bundle.
func (b *bundleWalk) make() {
	var out model.Handed
	var found *model.Found
	place := model.Place{Folder: b.folder, Name: b.name}
	b.w.runJob(lang.L("Making the bundle"), func(ctx context.Context, p evidence.Progress) (err error) {
		out, err = b.w.desk.HandOver(ctx, b.h, place, p)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, context.Canceled):
			b.w.notice(lang.L("Stopped"), lang.L("No bundle was made, and nothing of it is left in the folder."))
		case errors.As(err, &found):
			b.w.put(b.w.page, b.found(found))
		case err != nil:
			b.w.tell(err)
		default:
			if out.Number != 0 {
				b.w.tell(b.w.desk.KeepBegun(model.Handover{}))
			}
			b.w.madeBundle(out.Path)
			b.w.put(b.w.page, b.done(out))
		}
	})
	b.w.ifStopped(lang.L("Stopping. Nothing half-written stays."))
}

// done says what was made, what to note on paper, and how it is checked.
func (b *bundleWalk) done(out model.Handed) view {
	s := b.w.sheet()
	open := s.button(lang.L("Open the folder"), func() { b.w.openFolder(out.Path) })
	read := s.button(lang.L("Read it as they will"), func() { b.w.readBundle(out.Path) })
	summary := said(out.Summary)
	if out.Number != 0 {
		summary = lang.L("Bundle {{.N}}", map[string]any{"N": out.Number}) + ", " + summary
	}
	s.body.Add(tight(plain(out.Path), quiet(summary)))
	if out.Number == 0 {
		s.body.Add(b.drafted(s))
	}
	s.body.Add(container.New(&wrapLayout{least: 12}, open, read))
	s.body.Add(b.readable())
	if out.Looked != "" {
		s.body.Add(reread(out.Reread))
	}
	for _, o := range heldAgainst(out.Held) {
		s.body.Add(o)
	}
	s.body.Add(heading(lang.L("Write these on paper, and give them to whoever gets the bundle by another way than with it")))
	s.body.Add(labelled(lang.L("The record, in twelve words"), large(out.Phrase)))
	s.body.Add(labelled(lang.L("The fingerprint of the key that signed"), large(out.Fingerprint)))
	s.body.Add(labelled(lang.L("Or photograph this: the record's head as a code"), headCode(out.Code)))
	s.body.Add(heading(lang.L("How the other side checks it")))
	for _, line := range checking() {
		s.body.Add(plain(lang.L(line.text)))
	}
	s.body.Add(b.verifiers(s))
	for _, o := range b.papers(s, out) {
		s.body.Add(o)
	}
	if out.Number != 0 {
		s.body.Add(heading(lang.L("What the case keeps of it")))
		s.body.Add(plain(lang.L("Its rows, labels and page numbers. Under “Make a file to hand over” you see later what has changed since, and can make a supplement to it.")))
	}
	s.body.Add(quiet(lang.L("If the folder is open in a window of the system, the system may remember that.")))
	return view{title: lang.L("The bundle is made") + " – " + b.pack(), content: s.scroll, focus: open}
}

// reread says how the pack was read again, what was found and released first.
func reread(r model.Reread) fyne.CanvasObject {
	box := tight()
	if len(r.Released) > 0 {
		box.Add(asked(lang.L("You decided that the other side can read this:")))
		for _, line := range r.Released {
			box.Add(plain("– " + said(line)))
		}
	}
	box.Add(plain(lang.L("The pack was read again before it got its place.")))
	box.Add(quiet(said(r.Looked)))
	return box
}

// papers are what of the bundle is printed, signed or given by itself.
func (b *bundleWalk) papers(s *sheet, out model.Handed) []fyne.CanvasObject {
	list := []fyne.CanvasObject{
		heading(lang.L("Papers to print, and to give by themselves")),
		plain(lang.L("RECEIPT.pdf: print it twice. Whoever gives the bundle and whoever takes it sign both, and each keeps one.")),
		plain(lang.L("The document’s index leads to the list of exhibits, what was done with each, the system record, and the schedule of all that is held.")),
	}
	if out.Files {
		list = append(list, plain(lang.L("In data/files each statement and each exhibit is a file of its own, and what is not relied on stands apart. contents.csv lists them.")))
	}
	if out.Statements == 0 {
		return list
	}
	note := plain("")
	var draft *formButton
	draft = s.button(lang.L("Write a draft statement beside it"), func() {
		place := model.Place{Folder: b.folder, Name: b.name}
		path := ""
		b.w.runJob(lang.L("Writing the draft"), func(ctx context.Context, p evidence.Progress) (err error) {
			path, err = b.w.desk.DraftStatement(ctx, b.h, place, p)
			return err
		}, func(err error) {
			if err != nil {
				b.w.tell(err)
				return
			}
			draft.Disable()
			setText(note, path)
		})
	})
	return append(list, plain(lang.L("A draft statement has the incidents in the words in which they were written down, numbered, for an officer or a solicitor to take a statement from.")), container.New(&wrapLayout{least: 12}, draft), note)
}

// heldAgainst says which of the court's rules the document keeps.
func heldAgainst(h model.Held) []fyne.CanvasObject {
	list := []fyne.CanvasObject{heading(lang.L("The document was held against the rules of the court"))}
	if len(h.Faults) == 0 {
		list = append(list, plain(lang.L("No fault was found against: {{.Court}}.", map[string]any{"Court": said(h.Court)})))
	}
	for _, f := range h.Faults {
		list = append(list, tight(plain(said(f.Text)), quiet(strings.Join(f.Names, "\n"))))
	}
	for _, w := range h.Warnings {
		list = append(list, quiet(said(w)))
	}
	return list
}

// headCode is the code of a record's head, dark on light in every look, so that
// a telephone can read it.
func headCode(code []byte) fyne.CanvasObject {
	c := canvas.NewImageFromResource(fyne.NewStaticResource("head.png", code))
	c.FillMode, c.ScaleMode = canvas.ImageFillContain, canvas.ImageScalePixels
	return container.NewHBox(container.New(scaled{14}, c))
}

// checking is how a bundle is checked, in a few lines.
func checking() []paragraph {
	return []paragraph{
		{"", "VERIFY.txt in the bundle has the commands for a computer with sha256sum and OpenSSL. They name every file that was changed, taken out or added."},
		{"", "In Daybook: “Open a bundle”, without a case and without a passphrase. The program daybook-verify does it in a terminal."},
		{"", "They should compare the fingerprint with the one that you gave them on paper: a bundle that somebody makes anew has another one."},
		{"", "The twelve words, or the text of the code, can be typed there too: it then says whether the record still is the one that you noted."},
		{"", "It shows that the files are those that were signed. It does not show that what they say is true."},
	}
}

// verifiers puts the programs that check a bundle beside it, for who asks for them.
func (b *bundleWalk) verifiers(s *sheet) fyne.CanvasObject {
	note := plain("")
	var put *formButton
	put = s.button(lang.L("Put the program that checks it beside it"), func() {
		dir := ""
		b.w.runJob(lang.L("Putting the program beside the bundle"), func(context.Context, evidence.Progress) (err error) {
			dir, err = model.VerifiersBeside(model.Place{Folder: b.folder, Name: b.name})
			return err
		}, func(err error) {
			if err != nil {
				b.w.tell(err)
				return
			}
			put.Disable()
			setText(note, dir)
		})
	})
	return tight(container.New(&wrapLayout{least: 12}, put), note)
}

// large is what is copied onto paper by hand.
func large(text string) fyne.CanvasObject {
	return rich(widget.RichTextStyle{SizeName: theme.SizeNameSubHeadingText, TextStyle: fyne.TextStyle{Monospace: true}}, text)
}

// openFolder shows a folder in the system's own program for that.
func (w *Window) openFolder(path string) {
	abs, err := filepath.Abs(path)
	if err != nil {
		w.tell(err)
		return
	}
	w.tell(w.app.OpenURL(&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(abs), "/")}))
}
