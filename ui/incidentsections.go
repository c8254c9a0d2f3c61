package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// sections are the questions that most people leave for later. Each is open and
// neutral: nothing that could be said is put into anybody's mouth.
func (f *incidentForm) sections() []section {
	a := &f.form.Form
	return []section{
		{lang.L("The words that were used"), a.ExactWords != "", f.wordsUsed},
		{lang.L("Did anyone else see or hear it?"), len(a.Witnesses) > 0, f.witnesses},
		{lang.L("How did it feel?"), a.FeelingThen+a.FeelingAfter+a.FearedViolence+a.FearedWhy != "", f.feelings},
		{lang.L("What changed because of it? What did you do?"), a.ChangeMade+a.MyReply != "", f.changes},
		{lang.L("Who was told? Was it reported?"), len(a.ToldAnyone)+len(a.ReportedTo) > 0 || a.Support != "", f.reports},
		{lang.L("Online: which app and accounts?"), a.Platform+a.Channel+a.AccountFrom+a.AccountTo != "", f.online},
		{lang.L("Anything else"), a.Description+a.AimedAt+a.UnwantedSignal+a.Children+a.OrderInForce+a.NoEvidence+a.Late != "", f.rest},
		{lang.L("A private note"), a.PrivateNote != "", f.privateNote},
	}
}

func (f *incidentForm) wordsUsed() []fyne.CanvasObject {
	a := &f.form.Form
	return []fyne.CanvasObject{
		f.asking(lang.L("What was said or written?"), lang.L("The very words can matter. As near as you remember is enough."), f.lines(&a.ExactWords, "", 3)),
		f.tick(&a.NearWords, lang.L("As near as I remember")),
	}
}

func (f *incidentForm) feelings() []fyne.CanvasObject {
	a := &f.form.Form
	return []fyne.CanvasObject{
		quiet(lang.L("In your own words. You need not answer.")),
		f.asking(lang.L("How did you feel then?"), lang.L("The law asks what it did to you. Only you can say that."), f.lines(&a.FeelingThen, "", 2)),
		f.asking(lang.L("And afterwards?"), lang.L("What stays with you later counts too."), f.lines(&a.FeelingAfter, "", 2)),
		f.asking(lang.L("Were you afraid of violence?"), lang.L("One of the offences asks whether somebody feared violence, and on how many days."), f.chips(model.YesNo(), a.FearedViolence, true, func(v string) { a.FearedViolence = v })),
		f.asking(lang.L("Why?"), lang.L("What was said or done before can be the reason. It helps others to see it."), f.line(&a.FearedWhy, "")),
	}
}

func (f *incidentForm) changes() []fyne.CanvasObject {
	a := &f.form.Form
	return []fyne.CanvasObject{
		f.asking(lang.L("What have you changed, or had to change?"), lang.L("A change to your days shows how much weight it has for you."), f.lines(&a.ChangeMade, "", 2)),
		f.asking(lang.L("What did you do or answer?"), lang.L("The whole of it counts, your answers too."), f.lines(&a.MyReply, "", 2)),
	}
}

func (f *incidentForm) online() []fyne.CanvasObject {
	a := &f.form.Form
	return []fyne.CanvasObject{
		beside(f.asking(lang.L("App or site"), lang.L("The app can be asked what it still holds, if somebody asks in time."), f.line(&a.Platform, "")), f.asking(lang.L("Conversation or group"), lang.L("A group shows who else could read it."), f.line(&a.Channel, ""))),
		beside(f.asking(lang.L("From which account"), lang.L("A name on a screen can change. The account leads back to it."), f.line(&a.AccountFrom, lang.L("User name or number"))), f.asking(lang.L("To which account"), lang.L("You may have more than one. It shows which one they found."), f.line(&a.AccountTo, ""))),
	}
}

func (f *incidentForm) rest() []fyne.CanvasObject {
	a := &f.form.Form
	return []fyne.CanvasObject{
		f.asking(lang.L("What did they look or sound like? Which car, which phone?"), lang.L("A small thing may be seen again on a camera, or by somebody else."), f.lines(&a.Description, "", 2)),
		f.asking(lang.L("Whom was it aimed at?"), lang.L("It may be aimed at your family, a friend or your work."), f.line(&a.AimedAt, "")),
		f.asking(lang.L("What was said to them before about contact, and when?"), lang.L("The law asks whether they knew that it was unwanted."), f.lines(&a.UnwantedSignal, "", 2)),
		f.asking(lang.L("Were children there?"), lang.L("Children who see it are harmed too, and can get help."), f.line(&a.Children, "")),
		f.asking(lang.L("Is there an order or a warning?"), lang.L("What happened may break it."), f.line(&a.OrderInForce, "")),
		f.asking(lang.L("If there is nothing to show it: why?"), lang.L("“Only my memory” is an answer. It is better said than left open."), f.line(&a.NoEvidence, "")),
		f.asking(lang.L("If you write this later: from memory, or from what?"), lang.L("Writing later is fine. It is only said when."), f.line(&a.Late, "")),
	}
}

// witnesses keeps each apart: what one saw is not mixed with what another saw,
// and how to reach them stands by itself.
func (f *incidentForm) witnesses() []fyne.CanvasObject {
	a := &f.form.Form
	return []fyne.CanvasObject{f.several(lang.L("Add another person"), func() int { return len(a.Witnesses) }, func() { a.Witnesses = append(a.Witnesses, model.Witness{}) }, func(i int) fyne.CanvasObject {
		w := &a.Witnesses[i]
		return stacked(
			beside(f.asking(lang.L("Name"), lang.L("So that they can be asked."), f.line(&w.Name, "")), f.asking(lang.L("Who they are to you"), lang.L("A neighbour sees other things than a friend does."), f.line(&w.Relation, ""))),
			f.asking(lang.L("What did they see or hear?"), lang.L("Each person tells their own. It is not mixed with yours."), f.lines(&w.Saw, "", 2)),
			f.asking(lang.L("Would they say so?"), lang.L("Nobody has to. It is good to know before they are asked."), f.line(&w.Willing, "")),
			f.asking(lang.L("How to reach them"), lang.L("So that they can be asked soon, while they remember."), f.line(&w.Contact, ""), quiet(lang.L("Kept apart: this never goes into what the other side may read."))),
		)
	})}
}

// reports keeps each report with its reference number.
func (f *incidentForm) reports() []fyne.CanvasObject {
	a := &f.form.Form
	told := f.several(lang.L("Add another person"), func() int { return len(a.ToldAnyone) }, func() { a.ToldAnyone = append(a.ToldAnyone, model.Told{}) }, func(i int) fyne.CanvasObject {
		t := &a.ToldAnyone[i]
		return stacked(f.asking(lang.L("Whom did you tell?"), lang.L("Somebody whom you told at the time can say so later."), f.line(&t.Who, "")),
			beside(f.asking(lang.L("When"), lang.L("It shows how soon after it you told them."), f.line(&t.When, "")), f.asking(lang.L("How"), lang.L("A message in which you told it can be added too."), f.line(&t.How, ""))))
	})
	reported := f.several(lang.L("Add another report"), func() int { return len(a.ReportedTo) }, func() { a.ReportedTo = append(a.ReportedTo, model.Report{}) }, func(i int) fyne.CanvasObject {
		r := &a.ReportedTo[i]
		return stacked(
			beside(f.asking(lang.L("Reported to"), lang.L("It shows whom you asked for help, and how often."), f.line(&r.To, lang.L("Police force, school, landlord, app"))), f.asking(lang.L("Reference or crime number"), lang.L("With a number it can be found again. Without one you can ask for it."), f.line(&r.Crime, ""))),
			beside(f.asking(lang.L("When"), lang.L("Reports are read in order, beside what happened."), f.line(&r.When, "")), f.asking(lang.L("How"), lang.L("A call, a form and a talk are kept in different places."), f.line(&r.How, lang.L("101, online, at the station")))),
			beside(f.asking(lang.L("Who took it"), lang.L("They can be asked what they wrote down."), f.line(&r.Officer, "")), f.asking(lang.L("Their number"), lang.L("Two may have one name. A number finds the right one."), f.line(&r.Number, ""))),
			f.asking(lang.L("What did they say or advise?"), lang.L("Advice differs. It is good to have what you were told."), f.lines(&r.Advice, "", 2)),
			beside(f.asking(lang.L("What came of it?"), lang.L("“Nothing yet” is an answer too. It shows what is still to be done."), f.line(&r.Outcome, "")), f.asking(lang.L("What happens next, and when?"), lang.L("So that you can ask when the day has passed."), f.line(&r.Next, ""))),
		)
	})
	return []fyne.CanvasObject{told, widget.NewSeparator(), reported, f.asking(lang.L("Helpline, doctor, adviser"), lang.L("They may have noted it on the day, should you ever want to ask them."), f.line(&a.Support, ""))}
}

// several shows each of a list, one at least, and adds another when asked.
func (f *typing) several(another string, n func() int, add func(), one func(int) fyne.CanvasObject) fyne.CanvasObject {
	list := stacked()
	if n() == 0 {
		add()
	}
	for i := range n() {
		list.Add(one(i))
	}
	more := f.button(another, func() {
		add()
		if n() > 1 {
			list.Add(widget.NewSeparator())
		}
		entry := one(n() - 1)
		list.Add(entry)
		f.body.Refresh()
		f.w.win.Canvas().Focus(firstField(entry))
	})
	return stacked(list, container.NewHBox(more))
}

// firstField is the field of an object that comes first.
func firstField(o fyne.CanvasObject) fyne.Focusable {
	switch o := o.(type) {
	case *formField:
		return o
	case *chips:
		return o
	case *fyne.Container:
		for _, c := range o.Objects {
			if f := firstField(c); f != nil {
				return f
			}
		}
	}
	return nil
}

// privateNote says first what private means here, where nobody has read it yet.
func (f *incidentForm) privateNote() []fyne.CanvasObject {
	box := stacked(quiet(lang.L("Not put into what is handed over, but it could still be asked for or seized.")))
	f.w.afterNotice(func() {
		note := f.lines(&f.form.Form.PrivateNote, "", 3)
		box.Add(note)
		f.body.Refresh()
		f.w.win.Canvas().Focus(note)
	})
	return []fyne.CanvasObject{box}
}
