package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"daybook/evidence"
	"daybook/timeline"
	"daybook/ui/model"
)

// tour is the walk through the sample case while somebody is on it.
type tour struct {
	at     int
	folder string // where the sample case lies, and the bundle that is made of it
	bundle string // that was made on the way; empty: none yet
	on     *tourButton
	text   *container.Scroll // of the step that stands
}

// stop is a step of the walk: a short text, and the page that it speaks of, which
// stands above it.
type stop struct {
	name    string
	text    string
	minutes int
	acts    bool // the person does something on the page, which has the keys
	show    func(*Window)
}

// stops are the walk, in order.
func stops() []stop {
	return []stop{
		{"A record", "This is the record of Maya. She is invented, and so is all that happens to her. It lies in one locked folder. The pages are at the side. Ctrl+J goes to the next step from anywhere, Esc ends the walk.", 1, false,
			func(w *Window) { w.show(homeID) }},
		{"Everything in one list", "Chats, calls, mail, pictures and what Maya wrote stand in one list by time. In it the arrow keys go from line to line. Enter opens one and says from which file it came.", 1, false,
			func(w *Window) { w.show(timelineID) }},
		{"One incident", "Maya wrote this down herself. What is saved stays as it is. If something was wrong she writes it anew: both are kept, with the reason.", 1, false, (*Window).tourIncident},
		{"What stands beside the incidents", "A court made this order, and here are its terms. When something happens later, Daybook names the terms that were in force on that day.", 1, false, (*Window).tourOrder},
		{"The pattern", "One incident may look small. Here they are counted together: by month, by hour, by way. Each figure opens the list of what was counted. Daybook counts. It does not judge.", 1, false,
			func(w *Window) { w.show(patternID) }},
		{"What the law asks", "Each part of an offence stands beside what may show it. “No material linked yet” says only that nothing was linked. Whether it is shown is for others to say.", 1, false,
			func(w *Window) { w.show(lawID) }},
		{"A file to hand over", "Now make one. Choose “Police, prosecutor, my own solicitor”, then “Next” up to the last page. The folder is filled in: “Make the bundle” makes it. Then take the next step here.", 3, true,
			func(w *Window) { w.show(bundleID) }},
		{"Open it as they will", "Whoever gets the file opens it so, with no case and no passphrase. It is checked first. Look at its timeline and exhibits too. If you have made none yet, go back a step.", 1, true, (*Window).tourBundle},
	}
}

// minutesFrom is how long the walk takes from a step on.
func minutesFrom(at int) (n int) {
	for _, s := range stops()[at:] {
		n += s.minutes
	}
	return n
}

// tourPage begins the walk.
func tourPage(w *Window) view {
	text := stacked(plain(lang.L("In {{.N}} steps and about {{.Minutes}} minutes you see what Daybook does, on a record that is invented. Each step shows a page and says a few words about it. At the end you make a file to hand over and open it as others will. You can go back, and end at any time.",
		map[string]any{"N": len(stops()), "Minutes": minutesFrom(0)})))
	if w.desk.Open() {
		text.Add(plain(lang.L("The case that is open now is saved and locked first. Nothing in it is changed.")))
	}
	text.Add(plain(lang.L("The sample case is made in a folder of its own, and deleted when it is locked. To keep it, choose a folder.")))
	text.Add(plain(lang.L("Its passphrase is: {{.Passphrase}}", map[string]any{"Passphrase": model.SamplePassphrase})))
	return read(text,
		primary(lang.L("Begin the walk"), func() { w.beginTour("") }),
		newButton(lang.L("Choose a folder and begin"), func() { w.chooseFolder(w.beginTour) }),
		newButton(lang.L("Back"), func() { w.show(helpID) }),
	)
}

// beginTour makes the sample case, in a folder or, where none is given, in one that
// goes when the case is locked, and shows the first step. What was open is saved
// before.
func (w *Window) beginTour(folder string) {
	if !w.leave() {
		return
	}
	offered, apart := w.offered, folder == ""
	var made model.Sample
	w.runJob(lang.L("Making the sample case"), func(ctx context.Context, p evidence.Progress) (err error) {
		if apart {
			made, err = w.desk.PractiseApart(ctx, p)
			return err
		}
		made.Folder = folder
		made.Case, err = w.desk.Practise(ctx, folder, p)
		return err
	}, func(err error) {
		if err != nil {
			w.tell(err)
			return
		}
		w.tour = &tour{folder: made.Folder}
		w.enter(made.Case, homeID)
		if apart {
			w.offered = offered // there is nothing to open again once it is locked
		}
		w.atStop(0)
	})
}

// atStop shows a step.
func (w *Window) atStop(n int) {
	if n < 0 || n == len(stops()) {
		return
	}
	w.depart(func() {
		if !w.leave() {
			return
		}
		w.tour.at = n
		s := stops()[n]
		s.show(w)
		if !s.acts {
			w.win.Canvas().Focus(w.tour.on)
		}
	})
}

func (w *Window) tourOn() {
	if w.tour.at == len(stops())-1 {
		w.endTour()
		return
	}
	w.atStop(w.tour.at + 1)
}

func (w *Window) tourBack() { w.atStop(w.tour.at - 1) }

// endTour ends the walk and says what becomes of the sample case.
func (w *Window) endTour() {
	w.depart(func() {
		if !w.leave() {
			return
		}
		whole := w.tour.at == len(stops())-1 && w.tour.bundle != ""
		w.tour = nil
		p, _ := find(tourID)
		w.put(p, tourOver(w, whole))
	})
}

// tourOver is what stands at the end of the walk.
func tourOver(w *Window, whole bool) view {
	text := lang.L("The walk has ended. Help leads to it again.")
	if whole {
		text = lang.L("That was the walk. You have made a file to hand over and have seen it checked. Help leads to the walk again, and to a page for what you do with Daybook.")
	}
	v := read(stacked(plain(text), plain(lang.L("The sample case is still open: try on it what you like. If it was made for the walk alone, it is deleted when it is locked."))),
		primary(lang.L("Lock the sample case"), w.lock), newButton(lang.L("Go on trying it"), func() { w.show(homeID) }), w.leads(rolesID))
	v.title = lang.L("The walk has ended")
	return v
}

// tourIncident shows the first thing that was written down in the sample case.
func (w *Window) tourIncident() {
	lines, err := w.desk.Incidents()
	if err != nil || len(lines) == 0 {
		w.show(writeID)
		w.tell(err)
		return
	}
	w.page, _ = find(writeID)
	w.incident(lines[len(lines)-1].Event)
}

// tourOrder shows the first order of the sample case.
func (w *Window) tourOrder() {
	rows, err := w.desk.RegisterEntries(timeline.CourtOrder, w.env.Now())
	if err != nil || len(rows) == 0 {
		w.show(registersID)
		w.tell(err)
		return
	}
	w.entry(rows[0].Event)
}

// tourBundle opens what was made on the way.
func (w *Window) tourBundle() {
	w.show(readerID)
	if w.tour.bundle != "" {
		w.readBundle(w.tour.bundle)
	}
}

// madeBundle keeps for the walk where a bundle lies.
func (w *Window) madeBundle(path string) {
	if w.tour != nil {
		w.tour.bundle = path
	}
}

// tourFolder is where the walk proposes to put a bundle; empty without one.
func (w *Window) tourFolder() string {
	if w.tour == nil {
		return ""
	}
	return w.tour.folder
}

// more tells that the text of the step goes on in a direction: it is scrolled before
// the page is.
func (t *tour) more(name fyne.KeyName) bool {
	if name == fyne.KeyPageUp {
		return t.text.Offset.Y > 0
	}
	return t.text.Offset.Y+t.text.Size().Height < t.text.Content.MinSize().Height
}

// withTour puts the step below what the frame shows of a page.
func (w *Window) withTour(page fyne.CanvasObject) fyne.CanvasObject {
	if w.tour == nil {
		return page
	}
	s := stops()[w.tour.at]
	n := map[string]any{"N": w.tour.at + 1, "All": len(stops()), "Step": lang.L(s.name), "Minutes": minutesFrom(w.tour.at)}
	title := lang.L("Step {{.N}} of {{.All}}: {{.Step}} – about {{.Minutes}} min left", n)
	back := w.tourButton(lang.L("Step back"), title, w.tourBack)
	if w.tour.at == 0 {
		back.Disable()
	}
	on := lang.L("Next step")
	if w.tour.at == len(stops())-1 {
		on = lang.L("Finish")
	}
	w.tour.on = w.tourButton(on, title+". "+lang.L(s.text), w.tourOn)
	w.tour.on.Importance = widget.HighImportance
	w.tour.text = scrolled(plain(lang.L(s.text)))
	l := &overLayout{asked(title), w.tour.text, container.New(&lineLayout{end: true}, back, w.tour.on, w.tourButton(lang.L("End the walk"), title, w.endTour))}
	panel := container.NewStack(newSurface(), container.New(l, l.title, l.body, l.buttons))
	return container.New(tourLayout{l}, page, panel)
}

// tourButton is a button of the walk, which says to a screen reader at which step
// it stands.
type tourButton struct {
	answerButton
	says string
}

func (w *Window) tourButton(text, says string, tapped func()) *tourButton {
	b := &tourButton{says: text + ". " + says}
	b.escape = func() {} // the window hears Esc before
	b.Text, b.OnTapped = text, tapped
	b.ExtendBaseWidget(b)
	return b
}

// AccessibilityLabel is for screen readers.
func (b *tourButton) AccessibilityLabel() string { return b.says }

// tourLayout puts a step below the page, as high as its text wants to be, and never
// more than half of the window or than what the page can spare.
type tourLayout struct{ step *overLayout }

// MinSize is that of the page: the step takes from it.
func (l tourLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().Max(o[1].MinSize())
}

// Layout gives the page what the step leaves.
func (l tourLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	high := min(size.Height/2, size.Height-o[0].MinSize().Height, l.step.height(size.Width, l.step.body.(*container.Scroll).Content))
	o[0].Resize(fyne.NewSize(size.Width, size.Height-high))
	o[1].Move(fyne.NewPos(0, size.Height-high))
	o[1].Resize(fyne.NewSize(size.Width, high))
}
