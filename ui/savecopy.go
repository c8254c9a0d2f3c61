package ui

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"daybook/evidence"
)

// saveCopy lets a person save a copy of an original, once they know what that
// means. Not to save it is what Enter and Esc do.
func (w *Window) saveCopy(item int64) {
	text := lang.L("A copy outside the case is not locked: whoever uses this computer, or has the stick that it lies on, can open it. The program that opens it may remember its name. Daybook does not delete the copy for you; do that yourself when you no longer need it.")
	w.dialog(lang.L("Save a copy that anybody can read?"), plain(text),
		answer{text: lang.L("Do not save it"), main: true},
		answer{text: lang.L("Choose a folder…"), do: func() {
			w.chooseFolder(func(folder string) { w.writeInto(folder, func() { w.writeCopy(item, folder) }) })
		}})
}

// writeInto looks at the folder before something that anybody can read is written there.
func (w *Window) writeInto(folder string, write func()) {
	note, err := w.desk.CopyPlace(folder)
	switch {
	case err != nil:
		w.tell(err)
	case note != "":
		w.dialog(lang.L("Others may see this folder"), plain(said(note)), answer{text: lang.L("Do not save it"), main: true},
			answer{text: lang.L("Save it there all the same"), do: write})
	default:
		write()
	}
}

func (w *Window) writeCopy(item int64, folder string) {
	var path string
	w.runJob(lang.L("Saving a copy"), func(ctx context.Context, p evidence.Progress) (err error) {
		path, err = w.desk.SaveCopy(ctx, item, folder, p)
		return err
	}, func(err error) {
		if err != nil {
			w.tell(err)
			return
		}
		w.dialog(lang.L("The copy is saved"), plain(lang.L("It is {{.Path}}, byte for byte as it came.", map[string]any{"Path": path})),
			answer{text: lang.L("OK"), main: true}, answer{text: lang.L("Open the folder"), do: func() { w.openFolder(folder) }})
	})
	w.ifStopped(lang.L("Stopping. Nothing half-written stays."))
}
