package ui

import (
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// createPage starts a case.
func createPage(w *Window) view { return createView(w, model.NewCase()) }

// createView is the page with a form that may be filled in already, but for the
// passphrase, which is typed anew.
func createView(w *Window, f model.CreateForm) view {
	begun := model.NewCase()
	f.Passphrase, f.Again = "", ""
	field := func(to *string, hint string) *line {
		e := newLine()
		e.SetPlaceHolder(hint)
		e.SetText(*to)
		e.OnChanged = func(s string) { *to = s }
		return e
	}
	why, copied := quiet(lang.L("Proposed because it is your own folder on this computer, and services that copy files mostly leave it out. Where somebody else uses this computer, a stick that you keep with you is safer.")), quiet("")
	told := func(s string) {
		f.Folder = s
		why.Hidden = s == "" || s != begun.Folder
		warn(copied, model.Cloud(s))
	}
	folder := field(&f.Folder, lang.L("Where the case is kept"))
	folder.OnChanged = told
	told(f.Folder)
	fields, at := w.passphraseFields(&f.Passphrase, &f.Again)
	name, actor, zone := field(&f.Name, lang.L("A name that tells nothing")), field(&f.Actor, lang.L("Your name, as the record should show it")), field(&f.Zone, "Europe/London")
	at[model.FolderField], at[model.NameField], at[model.ActorField], at[model.ZoneField] = folder, name, actor, zone
	next := primary(lang.L("Next: the recovery words"), func() {
		if err := f.Check(w.desk.Weak); err != nil {
			w.lacks(at, err)
			return
		}
		w.recovery(f)
	})
	form := stacked(
		widget.NewLabel(lang.L("Folder")), container.NewBorder(nil, nil, nil, newButton(lang.L("Choose…"), func() { w.chooseFolder(folder.SetText) }), folder), why, copied,
		plain(lang.L("Name of the case folder: everybody who looks there can read it")), name,
		widget.NewLabel(lang.L("Title: inside the case only")), field(&f.Title, lang.L("What this is about")),
		widget.NewLabel(lang.L("Who keeps this record")), actor,
		widget.NewLabel(lang.L("Time zone")), zone,
		fields,
		container.NewHBox(next, layout.NewSpacer(), newButton(lang.L("Back"), func() { w.show(openID) })),
	)
	return view{content: container.NewVScroll(narrow(form)), focus: folder, loses: func() bool { return f != begun }}
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
