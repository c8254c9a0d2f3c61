package ui

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"daybook/evidence"
	"daybook/ui/model"
)

// lockShortcut stands in the menu, so that it works while a field is focused.
var lockShortcut = &desktop.CustomShortcut{KeyName: fyne.KeyL, Modifier: fyne.KeyModifierShortcutDefault}

// start is the page with nothing open: unlock a case, or start one.
func (w *Window) start(folder string) {
	path := widget.NewEntry()
	path.SetPlaceHolder("The folder whose name ends in .daybook")
	path.SetText(folder)
	pass := widget.NewPasswordEntry()
	unlock := func() {
		p := pass.Text
		pass.SetText("")
		w.unlock(path.Text, p)
	}
	pass.OnSubmitted = func(string) { unlock() }
	open := primary("Unlock", unlock)
	choose := widget.NewButton("Choose…", func() { w.chooseFolder(path.SetText) })
	form := container.NewVBox(
		heading("Unlock"),
		widget.NewLabel("Case"), container.NewBorder(nil, nil, nil, choose, path),
		widget.NewLabel("Passphrase"), pass,
		container.NewHBox(open, layout.NewSpacer(), widget.NewButton("Start a new one", w.create)),
		widget.NewSeparator(),
		quiet("If you are in danger now, call 999. If somebody may be watching this computer, a safer one, a library or an advocate may be the better place to keep a record."),
	)
	w.page(narrow(form))
	if folder != "" {
		w.win.Canvas().Focus(pass)
		return
	}
	w.win.Canvas().Focus(path)
}

func (w *Window) unlock(folder, passphrase string) {
	w.runJob("Unlocking", func(ctx context.Context, p evidence.Progress) error {
		return w.desk.Unlock(ctx, folder, passphrase, p)
	}, func(err error) {
		if err != nil {
			w.tell(err)
			return
		}
		w.casePage()
	})
}

// create is the page that starts a case.
func (w *Window) create() {
	var f model.CreateForm
	field := func(to *string, hint string) *widget.Entry {
		e := widget.NewEntry()
		e.SetPlaceHolder(hint)
		e.OnChanged = func(s string) { *to = s }
		return e
	}
	folder := field(&f.Folder, "Where the case is kept")
	name := field(&f.Name, "A name that tells nothing")
	name.SetText("notes")
	zone := field(&f.Zone, "")
	zone.SetText("Europe/London")
	pass, again := widget.NewPasswordEntry(), widget.NewPasswordEntry()
	strength := widget.NewLabel(" ")
	pass.OnChanged = func(s string) { f.Passphrase = s; strength.SetText(model.Strength(s) + " ") }
	again.OnChanged = func(s string) { f.Again = s }
	suggest := widget.NewButton("Suggest one", func() {
		p, err := model.Suggest()
		if err != nil {
			w.tell(err)
			return
		}
		pass.SetText(p)
		again.SetText(p)
		w.notice("A passphrase made for you", p+"\n\nWrite it on paper, not into this computer.")
	})
	next := primary("Next: the recovery words", func() {
		if err := f.Check(w.desk.Weak); err != nil {
			w.tell(err)
			return
		}
		w.recovery(f)
	})
	form := container.NewVBox(
		heading("Start a new one"),
		widget.NewLabel("Folder"), container.NewBorder(nil, nil, nil, widget.NewButton("Choose…", func() { w.chooseFolder(folder.SetText) }), folder),
		widget.NewLabel("Name of the case folder: everybody who looks there can read it"), name,
		widget.NewLabel("Title: inside the case only"), field(&f.Title, "What this is about"),
		widget.NewLabel("Who keeps this record"), field(&f.Actor, "Your name, as the record should show it"),
		widget.NewLabel("Time zone"), zone,
		widget.NewLabel("Passphrase"), container.NewBorder(nil, nil, nil, suggest, pass), strength,
		widget.NewLabel("The same again"), again,
		container.NewHBox(next, layout.NewSpacer(), widget.NewButton("Back", func() { w.start("") })),
	)
	w.page(narrow(form))
	w.win.Canvas().Focus(folder)
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
		asked.Add(container.NewVBox(widget.NewLabel(fmt.Sprintf("Word %d", n)), entries[i]))
	}
	make := primary("Make the case", func() {
		var given []string
		for _, e := range entries {
			given = append(given, e.Text)
		}
		if err := r.Confirmed(given); err != nil {
			w.tell(err)
			return
		}
		w.runJob("Making the case", func(ctx context.Context, p evidence.Progress) error {
			if err := w.desk.Create(f, r); err != nil {
				return err
			}
			return w.desk.Unlock(ctx, f.Path(), f.Passphrase, p)
		}, func(err error) {
			if err != nil {
				w.tell(err)
				return
			}
			w.casePage()
		})
	})
	w.page(narrow(container.NewVBox(
		heading("Write these words down"),
		quiet("They open the case if the passphrase is lost, and they are shown this once. Write them on paper and keep the paper somewhere else, or give it to somebody you trust."),
		words,
		widget.NewSeparator(),
		quiet("To be sure that they are on paper, copy these three from it:"),
		asked,
		container.NewHBox(make, layout.NewSpacer(), widget.NewButton("Back", w.create)),
	)))
	w.win.Canvas().Focus(entries[0])
}

func (w *Window) chooseFolder(take func(string)) {
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err != nil {
			w.tell(err)
			return
		}
		if u != nil {
			take(u.Path())
		}
	}, w.win)
	d.Resize(fyne.NewSize(900, 600))
	d.Show()
}

func (w *Window) notice(title, text string) {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	d := dialog.NewCustom(title, "OK", l, w.win)
	d.SetOnClosed(func() { w.win.Canvas().SetOnTypedKey(nil) })
	d.Resize(fyne.NewSize(480, 200))
	d.Show()
	// Fyne's own dialogs know no key; nothing in this one takes any.
	w.win.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) {
		switch e.Name {
		case fyne.KeyEscape, fyne.KeyReturn, fyne.KeyEnter:
			d.Hide()
		}
	})
}

func primary(text string, tapped func()) *widget.Button {
	b := widget.NewButton(text, tapped)
	b.Importance = widget.HighImportance
	return b
}
