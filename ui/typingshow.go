package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"daybook/evidence"
	"daybook/ui/model"
)

// shows asks for what shows it: pictures and files, which go into the case
// at once.
func (f *typing) shows(question string) fyne.CanvasObject {
	list := stacked()
	f.shown = list
	f.listShown()
	return labelled(question, list, container.NewHBox(
		f.button(lang.L("Choose files"), func() { f.choose() }),
		f.button(lang.L("Paste a picture"), f.paste)),
		quiet(lang.L("Or drop them on this window. They go into the case at once, and are never changed.")))
}

func (f *typing) listShown() {
	f.shown.RemoveAll()
	f.pictures.views = nil
	listed(f.sheet, f.shown, f.kept.Evidence(), func(e model.EvidenceLine) fyne.CanvasObject {
		return container.NewBorder(nil, nil, nil, f.button(lang.L("Not this one"), func() {
			f.kept.Unshow(e.Item)
			f.listShown()
		}), f.pictures.beside(e.File, plain(said(e.Label)+": "+answerOf(e.Answer))))
	})
	f.body.Refresh()
}

// dropped adds files to the case and to what shows it.
func (f *typing) dropped(paths []string) {
	f.adding(func(ctx context.Context, p evidence.Progress) (model.Outcome, error) {
		return f.w.desk.Add(ctx, "", paths, p)
	})
}

func (f *typing) choose() {
	f.w.pick(func(paths []string) { f.dropped(paths) })
}

func (f *typing) paste() {
	f.w.clip(func(p model.Clip) {
		if len(p.Paths) > 0 {
			f.dropped(p.Paths)
			return
		}
		now := f.w.env.Now()
		f.adding(func(ctx context.Context, progress evidence.Progress) (model.Outcome, error) {
			return f.w.desk.Paste(ctx, "", p.Picture, now, progress)
		})
	})
}

func (f *typing) adding(work func(context.Context, evidence.Progress) (model.Outcome, error)) {
	var o model.Outcome
	f.w.runJob(lang.L("Adding"), func(ctx context.Context, p evidence.Progress) (err error) {
		o, err = work(ctx, p)
		return err
	}, func(err error) {
		f.kept.Show(o.Items...)
		f.listShown()
		if err != nil {
			f.w.tell(err)
			return
		}
		if brief := o.Briefly(); brief != "" {
			f.w.notice(said(o.Title), said(brief))
		}
	})
}
