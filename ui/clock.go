package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"daybook/evidence"
	"daybook/ui/model"
)

// clockPage lists what was said of the clocks of cameras and telephones.
func clockPage(w *Window) view { return w.clocks(nil) }

// clockOf asks how far the clock was wrong by which a file was dated.
func (w *Window) clockOf(item int64, thread string) {
	if !w.leave() {
		return
	}
	p, _ := find(clockID)
	w.put(p, w.clocks(&model.ClockForm{Item: item, Thread: thread}))
}

func (w *Window) clocks(form *model.ClockForm) view {
	list, err := w.desk.Clocks(context.Background())
	if err != nil {
		return failed(err)
	}
	s := w.sheet()
	s.body.Add(plain(lang.L("A camera or a telephone whose clock was wrong dates everything wrongly. Say how far, when you know it: because you compared it, or because something else shows it. What the clock showed stays beside the corrected time, and every event says that it was corrected, and by whom.")))
	var focus fyne.Focusable
	if form != nil {
		focus = w.sayClock(s, form)
	} else {
		lead := s.button(lang.L("See the timeline"), func() { w.show(timelineID) })
		focus = lead
		s.body.Add(quiet(lang.L("To say it, open an event of that device on the timeline, and choose “Its clock was wrong…” in its details.")))
		s.body.Add(container.NewHBox(lead))
	}
	if len(list) > 0 {
		s.body.Add(heading(lang.L("What was said and holds")))
	}
	listed(s, s.body, list, func(l model.ClockLine) fyne.CanvasObject {
		back := s.button(lang.L("Take it back…"), func() { w.takeClockBack(l) })
		return container.NewBorder(nil, nil, nil, stacked(back), tight(asked(said(l.Says)), plain(l.Reason), quiet(said(l.About))))
	})
	return view{content: s.scroll, focus: focus}
}

// sayClock is the form of a statement.
func (w *Window) sayClock(s *sheet, f *model.ClockForm) fyne.Focusable {
	by := s.line(&f.By, lang.L("7 min, 1 h 30 min, 2 days"))
	s.body.Add(labelled(lang.L("How far was the clock wrong?"), by, s.chips([]model.Option{{Value: "", Label: lang.L("It was slow: it showed an earlier time")}, {Value: "fast", Label: lang.L("It was fast: it showed a later time")}}, "", false,
		func(v string) { f.Fast = v != "" })))
	s.body.Add(beside(labelled(lang.L("Since when?"), s.line(&f.From, lang.L("3 May 2025, or 3 May 2025 14:30"))), labelled(lang.L("Until when?"), s.line(&f.To, lang.L("That day is meant with its end")))))
	s.body.Add(quiet(lang.L("As the wrong clock showed it. Leave both empty where it was wrong all the time.")))
	if f.Thread != "" {
		s.body.Add(labelled(lang.L("What is it about?"), s.chips([]model.Option{{Value: "", Label: lang.L("The file of this event")}, {Value: "all", Label: lang.L("Everything from the same camera or conversation")}}, "", false,
			func(v string) { f.All = v != "" })))
	}
	s.body.Add(labelled(lang.L("How do you know it?"), s.line(&f.Reason, lang.L("Compared with my telephone on 3 May"))))
	say := s.button(lang.L("Put the times right"), func() {
		w.runJob(lang.L("Reading again"), func(ctx context.Context, p evidence.Progress) error {
			return w.desk.SayClock(ctx, *f, p)
		}, func(err error) {
			if err != nil {
				w.tell(err)
				return
			}
			w.show(clockID)
		})
	})
	say.Importance = widget.HighImportance
	s.body.Add(container.NewHBox(say))
	return by
}

func (w *Window) takeClockBack(l model.ClockLine) {
	why := newTextArea()
	why.SetMinRowsVisible(2)
	why.SetPlaceHolder(lang.L("Why? (You need not say.)"))
	w.dialog(lang.L("Take this back?"), stacked(plain(l.Says), why, quiet(lang.L("The times are then as the clock showed them. The record keeps that it was said and that it was taken back."))),
		answer{text: lang.L("Leave it")},
		answer{text: lang.L("Take it back"), main: true, do: func() {
			w.runJob(lang.L("Reading again"), func(ctx context.Context, p evidence.Progress) error {
				return w.desk.TakeClockBack(ctx, l, why.Text, p)
			}, func(err error) { w.tell(err); w.show(clockID) })
		}})
	w.win.Canvas().Focus(why)
}
