package ui

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"daybook/evidence"
	"daybook/ui/model"
)

// createPage starts a case.
func createPage(w *Window) view {
	var f model.CreateForm
	field := func(to *string, hint string) *widget.Entry {
		e := widget.NewEntry()
		e.SetPlaceHolder(hint)
		e.OnChanged = func(s string) { *to = s }
		return e
	}
	folder := field(&f.Folder, lang.L("Where the case is kept"))
	copied := quiet("")
	copied.Hide()
	folder.OnChanged = func(s string) { f.Folder = s; warn(copied, model.Cloud(s)) }
	name := field(&f.Name, lang.L("A name that tells nothing"))
	name.SetText("notes")
	zone := field(&f.Zone, "")
	zone.SetText("Europe/London")
	fields, _ := w.passphraseFields(&f.Passphrase, &f.Again)
	next := primary(lang.L("Next: the recovery words"), func() {
		if err := f.Check(w.desk.Weak); err != nil {
			w.tell(err)
			return
		}
		w.recovery(f)
	})
	form := stacked(
		widget.NewLabel(lang.L("Folder")), container.NewBorder(nil, nil, nil, widget.NewButton(lang.L("Choose…"), func() { w.chooseFolder(folder.SetText) }), folder), copied,
		widget.NewLabel(lang.L("Name of the case folder: everybody who looks there can read it")), name,
		widget.NewLabel(lang.L("Title: inside the case only")), field(&f.Title, lang.L("What this is about")),
		widget.NewLabel(lang.L("Who keeps this record")), field(&f.Actor, lang.L("Your name, as the record should show it")),
		widget.NewLabel(lang.L("Time zone")), zone,
		fields,
		container.NewHBox(next, layout.NewSpacer(), widget.NewButton(lang.L("Back"), func() { w.show(openID) })),
	)
	return view{content: container.NewVScroll(narrow(form)), focus: folder}
}

// warn says that a folder is copied to other computers.
func warn(text *widget.RichText, service string) {
	if service == "" {
		text.Hide()
		return
	}
	setText(text, lang.L("This folder belongs to {{.Service}}, which copies it to every computer and telephone of the account. What is in the case cannot be read there, but that there is a case can be seen. A folder that is not copied is safer.", map[string]any{"Service": service}))
	text.Show()
}

// recovery shows the recovery words once and asks for three of them back.
func (w *Window) recovery(f model.CreateForm) {
	r, err := model.NewRecovery()
	if err != nil {
		w.tell(err)
		return
	}
	words := container.NewGridWithColumns(4)
	for i, word := range r.Words {
		words.Add(widget.NewLabelWithStyle(fmt.Sprintf("%d  %s", i+1, word), fyne.TextAlignLeading, fyne.TextStyle{Monospace: true}))
	}
	asked := container.NewGridWithColumns(3)
	entries := make([]*widget.Entry, len(r.Ask()))
	for i, n := range r.Ask() {
		entries[i] = widget.NewEntry()
		asked.Add(container.NewVBox(widget.NewLabel(lang.L("Word {{.N}}", map[string]any{"N": n})), entries[i]))
	}
	make := primary(lang.L("Make the case"), func() {
		var given []string
		for _, e := range entries {
			given = append(given, e.Text)
		}
		if err := r.Confirmed(given); err != nil {
			w.tell(err)
			return
		}
		w.runJob(lang.L("Making the case"), func(ctx context.Context, p evidence.Progress) error {
			if err := w.desk.Create(f, r); err != nil {
				return err
			}
			return w.desk.Unlock(ctx, f.Path(), f.Passphrase, p)
		}, func(err error) {
			if err != nil {
				w.tell(err)
				return
			}
			w.enter(f.Path(), noticeID)
		})
	})
	w.put(w.page, view{title: lang.L("Write these words down"), focus: entries[0], content: container.NewVScroll(narrow(stacked(
		quiet(lang.L("They open the case if the passphrase is lost, and they are shown this once. Write them on paper and keep the paper somewhere else, or give it to somebody you trust.")),
		words,
		widget.NewSeparator(),
		quiet(lang.L("To be sure that they are on paper, copy these three from it:")),
		asked,
		container.NewHBox(make, layout.NewSpacer(), widget.NewButton(lang.L("Back"), func() { w.show(createID) })),
	)))})
}
