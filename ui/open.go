package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"daybook/evidence"
	"daybook/ui/model"
)

// openPage unlocks a case.
func openPage(w *Window) view {
	path := newLine()
	path.SetPlaceHolder(lang.L("The folder whose name ends in .daybook"))
	path.SetText(w.offered)
	pass := newSecret()
	unlock := func() {
		p := pass.Text
		pass.SetText("")
		w.unlock(path.Text, p)
	}
	pass.OnSubmitted = func(string) { unlock() }
	choose := newButton(lang.L("Choose…"), func() { w.chooseCase(path.SetText) })
	form := stacked(
		widget.NewLabel(lang.L("Case")), container.NewBorder(nil, nil, nil, choose, path),
		widget.NewLabel(lang.L("Passphrase")), pass,
		container.NewHBox(primary(lang.L("Unlock"), unlock), layout.NewSpacer(), newButton(lang.L("The passphrase is lost"), func() { w.show(recoverID) })),
		container.NewHBox(w.leads(addOnID)),
		widget.NewSeparator(),
		quiet(lang.L("If you are in danger now, call 999. If somebody may be watching this computer, a safer one, a library or an advocate may be the better place to keep a record.")),
	)
	v := view{content: container.NewVScroll(narrow(form)), focus: path, dropped: func(paths []string) { path.SetText(paths[0]) }}
	if w.offered != "" {
		v.focus = pass
	}
	return v
}

func (w *Window) unlock(folder, passphrase string) {
	w.unlocking(folder, homeID, func(ctx context.Context, p evidence.Progress) error {
		return w.desk.Unlock(ctx, folder, passphrase, p)
	})
}

// unlocking opens a case in one way or another, and shows a page of it.
func (w *Window) unlocking(folder, id string, open func(context.Context, evidence.Progress) error) {
	w.runJob(lang.L("Unlocking"), open, func(err error) {
		var misfit *model.Misfit
		switch {
		case errors.As(err, &misfit):
			w.notice(lang.L("It did not fit"), told(misfit))
		case err != nil:
			w.tell(err)
		default:
			w.enter(folder, id)
		}
	})
}

// enter shows a page of a case that was just opened, as was chosen in it.
func (w *Window) enter(folder, id string) {
	s, err := w.desk.Settings(w.chosen)
	w.offered = folder
	w.apply(s)
	w.show(id)
	w.tell(err)
}
