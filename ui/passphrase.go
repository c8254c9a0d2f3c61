package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"daybook/evidence"
	"daybook/ui/model"
)

// passphraseFields are the two fields for a new passphrase, with honest words
// about its strength and a button that makes a good one, and those that have the
// keys where something lacks.
func (w *Window) passphraseFields(first, second *string) (fyne.CanvasObject, formPlaces) {
	pass, again := newSecret(), newSecret()
	strength := quiet(said(model.Strength("")))
	pass.OnChanged = func(s string) { *first = s; setText(strength, said(model.Strength(s))) }
	again.OnChanged = func(s string) { *second = s }
	suggest := newButton(lang.L("Suggest one"), func() {
		p, err := model.Suggest()
		if err != nil {
			w.tell(err)
			return
		}
		pass.SetText(p)
		again.SetText(p)
		w.notice(lang.L("A passphrase made for you"), p+"\n\n"+lang.L("Write it on paper, not into this computer."))
	})
	return stacked(
		widget.NewLabel(lang.L("Passphrase")), container.NewBorder(nil, nil, nil, suggest, pass), strength,
		widget.NewLabel(lang.L("The same again")), again,
	), formPlaces{model.PassphraseField: pass, model.AgainField: again}
}

// formPlaces are the fields in which something of a form may lack.
type formPlaces map[model.Field]fyne.Focusable

// lacks gives the keys to the field in which something lacks, and says what: what
// is typed next must not come to stand where everybody can read it.
func (w *Window) lacks(at formPlaces, err error) {
	if lack := (*model.Lack)(nil); errors.As(err, &lack) && at[lack.Field] != nil {
		w.win.Canvas().Focus(at[lack.Field])
	}
	w.tell(err)
}

// recoverPage opens a case whose passphrase is lost.
func recoverPage(w *Window) view {
	path := newLine()
	path.SetPlaceHolder(lang.L("The folder whose name ends in .daybook"))
	path.SetText(w.offered)
	words := newTextArea()
	words.SetPlaceHolder(lang.L("All 24 words, in their order"))
	words.SetMinRowsVisible(4)
	open := primary(lang.L("Unlock"), func() {
		typed := words.Text
		w.unlocking(path.Text, passphraseID, func(ctx context.Context, p evidence.Progress) error {
			return w.desk.UnlockWords(ctx, path.Text, typed, p)
		})
	})
	choose := newButton(lang.L("Choose…"), func() { w.chooseCase(path.SetText) })
	return view{focus: words, content: container.NewVScroll(narrow(stacked(
		quiet(lang.L("The recovery words were written down when the case was made. Whoever has them can open the case.")),
		widget.NewLabel(lang.L("Case")), container.NewBorder(nil, nil, nil, choose, path),
		widget.NewLabel(lang.L("Recovery words")), words,
		container.NewHBox(open, layout.NewSpacer(), newButton(lang.L("Back"), func() { w.show(openID) })),
	)))}
}

// passphrasePage gives the open case another passphrase.
func passphrasePage(w *Window) view {
	var f model.NewPassphrase
	fields, at := w.passphraseFields(&f.New, &f.Again)
	change := primary(lang.L("Use this from now on"), func() { w.changePassphrase(f, at) })
	return view{focus: at[model.PassphraseField], content: container.NewVScroll(narrow(stacked(
		quiet(lang.L("A new passphrase takes the place of the old one. The recovery words stay as they are. Who has an old copy of the case folder and knows the old passphrase can still open that copy.")),
		fields,
		container.NewHBox(change, layout.NewSpacer(), newButton(lang.L("Not now"), func() { w.show(homeID) })),
	)))}
}

func (w *Window) changePassphrase(f model.NewPassphrase, at formPlaces) {
	if err := f.Check(w.desk.Weak); err != nil {
		w.lacks(at, err)
		return
	}
	w.runJob(lang.L("Changing the passphrase"), func(ctx context.Context, _ evidence.Progress) error {
		return w.desk.NewPassphrase(ctx, f)
	}, func(err error) {
		if err != nil {
			w.tell(err)
			return
		}
		w.show(homeID)
		w.notice(lang.L("The passphrase is another one now"), lang.L("Use the new one from now on."))
	})
}
