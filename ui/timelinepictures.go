package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"daybook/evidence"
	"daybook/ui/model"
)

// readPictures asks, and reads the words in pictures. Nothing is read in them
// before a person asks for it.
func (p *timelineView) readPictures() {
	p.w.ask(lang.L("Read the words in pictures"), said(model.AboutReading), lang.L("Read them"), lang.L("Not now"), func() {
		var got []string
		p.w.runJob(lang.L("Reading pictures"), func(ctx context.Context, progress evidence.Progress) (err error) {
			got, err = p.w.desk.ReadPictures(ctx, progress)
			return err
		}, func(err error) {
			if err != nil {
				p.w.tell(err)
				return
			}
			var lines []fyne.CanvasObject
			for _, s := range got {
				lines = append(lines, plain(said(s)))
			}
			p.w.dialog(lang.L("The pictures are read"), stacked(lines...), answer{text: lang.L("OK"), main: true})
			p.lookUp(lookFor{query: p.query()})
		})
	})
}

// alikePictures lists pictures that look alike, and screenshots in their order.
func (p *timelineView) alikePictures() {
	var got []model.Fact
	p.w.runJob(lang.L("Comparing pictures"), func(ctx context.Context, progress evidence.Progress) (err error) {
		got, err = p.w.desk.Alike(ctx, progress)
		return err
	}, func(err error) {
		if err != nil {
			p.w.tell(err)
			return
		}
		body := stacked(plain(lang.L("Nothing was merged or hidden. What looks alike may be two pictures, and the order of screenshots is a proposal.")))
		for _, f := range got {
			body.Add(under(said(f.Name), plain(made(f.Text))))
		}
		if len(got) == 0 {
			body.Add(plain(lang.L("No two pictures look alike, and no two screenshots were found to belong together.")))
		}
		p.w.dialog(lang.L("Pictures that look alike"), body, answer{text: lang.L("OK"), main: true})
	})
}
