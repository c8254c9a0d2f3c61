package ui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daybook/assets/papers"
	"daybook/timeline"
	"daybook/ui/model"
)

// counted does what a person does with a button or a card, and counts it.
func (w *Window) counted(t *testing.T, steps *int, name string) {
	t.Helper()
	*steps++
	w.tap(t, name)
}

// secondOrder writes an order down beside that of the sample case.
func (w *Window) secondOrder(t *testing.T) {
	t.Helper()
	form, err := w.desk.Enter(timeline.CourtOrder)
	if err != nil {
		t.Fatal(err)
	}
	form.Form.Words, form.Form.Occurred.Day, form.Form.Fields["sort"] = "Not to enter Larch Close", "1 May 2026", "other"
	form.Form.Terms = []timeline.Term{{Text: "not to enter Larch Close"}}
	if _, err := form.Save(t.Context(), w.env.Now()); err != nil {
		t.Fatal(err)
	}
}

// TestABreachPackInFiveSteps: from the rail to the written pack of an order, each
// field seen before.
func TestABreachPackInFiveSteps(t *testing.T) {
	out := t.TempDir()
	w := practised(t)
	w.chosen.Notice = 0
	w.secondOrder(t)
	w.show(homeID)
	steps := 0
	w.counted(t, &steps, "Papers")
	wants(t, w, "For the police", "For yourself", "[Breach pack for an order]")
	looked(t, w, "papers")
	w.counted(t, &steps, "Breach pack for an order")
	wants(t, w, "Which one is it about?", "What would be in it", "It has", "Daybook; looked up on")
	looked(t, w, "paper-which")
	w.counted(t, &steps, "This one")
	wants(t, w, "Held", "Missing", "Terms (1)", "What would stand there", "[Another one]")
	if s := w.words(); strings.Contains(s, "[This one]") {
		t.Errorf("the order that was chosen does not stand alone: %s", s)
	}
	looked(t, w, "paper-breach")
	w.counted(t, &steps, "Hand it over…")
	wants(t, w, "may be given to the other side")
	w.tap(t, "I have read this")
	w.tap(t, "Write it")
	wants(t, w, "Say to whom it goes and what for")
	w.tap(t, "OK")
	w.filling(t, "To whom does it go?", "PC Rook")
	w.filling(t, "What for?", "the breach in October")
	w.filling(t, "In which folder?", out)
	looked(t, w, "paper-hand")
	w.counted(t, &steps, "Write it")
	wants(t, w, "It is written", "Read it before you hand it over.", "notes.pdf")
	looked(t, w, "paper-written")
	if steps > 5 {
		t.Errorf("%d steps", steps)
	}
	data, err := os.ReadFile(filepath.Join(out, "notes.pdf"))
	if err != nil || !strings.HasPrefix(string(data), "%PDF") {
		t.Errorf("%.20s, %v", data, err)
	}
	w.tap(t, "All papers")
	if c, ok := w.win.Canvas().Focused().(*card); !ok || c.name != "Breach pack for an order" {
		t.Errorf("%T has the keys", w.win.Canvas().Focused())
	}
}

// TestAnItemIsAnswered: from the paper that has it; what does not apply needs its
// reason and no more; the paper has the answer then.
func TestAnItemIsAnswered(t *testing.T) {
	w := practised(t)
	w.openPaper(model.PaperAsked{ID: "referral"})
	wants(t, w, "It is not complete: R2 has no words yet.", "Where it stands: Not answered", "[Answer…]", "Left out, private")
	looked(t, w, "paper-referral")
	w.answerPaper(model.PaperItem{Paper: "referral", Item: "R2"})
	wants(t, w, "Where it stands", "Who does it")
	if s := w.words(); strings.Contains(s, "Which item of it") || strings.Contains(s, "Of a term") {
		t.Errorf("it asks for what the program knows: %s", s)
	}
	looked(t, w, "paper-answer")
	w.saveKey()
	wants(t, w, "Write it in your own words")
	w.answering(t, "Where it stands", "Not applicable")
	w.saveKey()
	wants(t, w, "This must be said")
	w.filling(t, "Why it does not apply", "no pattern before May")
	w.filling(t, "When it is due", "1 March 2027")
	w.saveKey()
	wants(t, w, "Saved as entry", "no pattern before May", "[Back to the paper]")
	w.tap(t, "Back to the paper")
	wants(t, w, "Where it stands: Not applicable, no pattern before May")
	w.show(registersID)
	w.tap(t, "Answers for papers")
	if strings.Contains(w.words(), "Write one down") {
		t.Error("an answer to nothing can be begun")
	}
	w.answerPaper(model.PaperItem{Paper: "spo-summary", Item: "term"})
	wants(t, w, "Of a term: whether it clashes")
}

// TestPrivateEntriesAreAskedFor: they are out of a paper until the switch is set.
func TestPrivateEntriesAreAskedFor(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	w.openPaper(model.PaperAsked{ID: "wishes"})
	wants(t, w, "Left out, private", "Wishes about an order. Private")
	var tick *formTick
	w.walk(func(o fyne.CanvasObject) {
		if b, ok := o.(*formTick); ok {
			tick = b
		}
	})
	tick.SetChecked(true)
	if s := w.words(); strings.Contains(s, "Left out, private") || !strings.Contains(s, "Missing") {
		t.Errorf("%s", s)
	}
	w.openPaper(model.PaperAsked{ID: "breach-pack"})
	wants(t, w, "There is none here yet.")
	looked(t, w, "paper-none")
	w.tap(t, "Write it down first")
	wants(t, w, "What sort")
}

// TestEveryPaperFits: each in every manner and in the smallest window.
func TestEveryPaperFits(t *testing.T) {
	for name, w := range map[string]*Window{"sample": practised(t), "long": longNamed(t)} {
		all, err := papers.All()
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range all {
			if name == "long" && p.ID != "case" && p.ID != "officer-brief" {
				continue
			}
			w.inEveryManner(t, "paper-"+name+"-"+p.ID, func() { w.show(papersID); w.openPaper(model.PaperAsked{ID: p.ID}) })
			w.win.Resize(fyne.NewSize(900, 600))
			w.look(t, "paper-small-"+name+"-"+p.ID, manner{"light", "light", 100, small})
		}
	}
}

// TestAPaperOfOnePerson: of what was done a paper has what one person did, and says so;
// one that has nothing of it does not ask.
func TestAPaperOfOnePerson(t *testing.T) {
	w := practised(t)
	w.openPaper(model.PaperAsked{ID: "pack-police"})
	w.walk(func(o fyne.CanvasObject) {
		if s, ok := o.(*selection); ok && s.Selected == "Everybody" {
			s.SetSelectedIndex(slices.Index(s.Options, "Dan R"))
		}
	})
	wants(t, w, "Dan R alone.", "Entries of registers are those of the whole case.")
	looked(t, w, "paper-person")
	w.openPaper(model.PaperAsked{ID: "feedback"})
	if strings.Contains(w.words(), "Only what one person did") {
		t.Errorf("asked for whom: %s", w.words())
	}
}

// TestAPaperIsAskedForInWelsh: with the switch, what would stand on the paper is Welsh
// on its page and in the form of an answer: title, labels, choices, what is missing.
// What is kept of the answer stays as the forms know it, and what a person typed as typed.
func TestAPaperIsAskedForInWelsh(t *testing.T) {
	w := practised(t)
	w.openPaper(model.PaperAsked{ID: "referral"})
	wants(t, w, "Referral readiness check", "Missing")
	w.walk(func(o fyne.CanvasObject) {
		if b, ok := o.(*formTick); ok && b.Text == "The form's words in Welsh" {
			b.OnChanged(true)
		}
	})
	welsh, err := papers.In(papers.Welsh)
	if err != nil {
		t.Fatal(err)
	}
	all := w.words()
	for _, english := range []string{"Referral readiness check", "Missing", "Where it stands", "What would be in it", "Who reads it", "Source"} {
		if said := welsh.Say(english); said == english || !strings.Contains(all+w.view.title, said) {
			t.Errorf("%q is not said as %q: %s", english, said, all)
		}
	}
	if said := model.Capital(welsh.Say("not answered")); said == "Not answered" || !strings.Contains(all, said) {
		t.Errorf("an item does not stand as %q: %s", said, all)
	}
	looked(t, w, "paper-welsh")
	w.answerPaper(model.PaperItem{Paper: "referral", Item: "R2"})
	looked(t, w, "paper-welsh-answer")
	for _, english := range []string{"Where it stands", "Why it does not apply", "When it is due"} {
		if said := welsh.Say(english); said == english || !strings.Contains(w.words(), said) {
			t.Errorf("the form does not say %q: %s", said, w.words())
		}
	}
	w.answering(t, welsh.Say("Where it stands"), welsh.Say("Not applicable"))
	w.filling(t, welsh.Say("Why it does not apply"), "no pattern before May")
	w.saveKey()
	wants(t, w, "no pattern before May")
	w.tap(t, "Back to the paper")
	wants(t, w, welsh.Say("Where it stands")+": "+welsh.Say("Not applicable")+", no pattern before May")
}
