package ui

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"daybook/evidence"
	"daybook/ui/model"
)

// samplePage makes a case to practise on.
func samplePage(w *Window) view {
	text := prose([]paragraph{
		{"", "The sample case is six months of messages, calls, pictures and notes. Everybody in it is invented. Try everything: nothing in it can go wrong."},
		{"", "It is made in a folder that you choose. Delete the folder when you have seen enough."},
	})
	text.Add(plain(lang.L("Its passphrase is: {{.Passphrase}}", map[string]any{"Passphrase": model.SamplePassphrase})))
	return read(text,
		primary(lang.L("Choose a folder and make it"), func() { w.chooseFolder(w.practise) }),
		w.leads(tourID),
		newButton(lang.L("Back"), func() { w.show(openID) }),
	)
}

// practise makes the sample case and opens it.
func (w *Window) practise(folder string) {
	var dir string
	w.runJob(lang.L("Making the sample case"), func(ctx context.Context, p evidence.Progress) (err error) {
		dir, err = w.desk.Practise(ctx, folder, p)
		return err
	}, func(err error) {
		if err != nil {
			w.tell(err)
			return
		}
		w.enter(dir, homeID)
	})
}
