package model

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"daybook/evidence"
	"daybook/timeline"
)

// opened is a new case on a desk.
func opened(t *testing.T) *Desk {
	t.Helper()
	d, f := desk(), form(t.TempDir())
	r, err := NewRecovery()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.Create(f, r), d.Unlock(t.Context(), f.Path(), f.Passphrase, nil)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Lock(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func relocked(t *testing.T, d *Desk) {
	t.Helper()
	c, _, err := d.held()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.Lock(), d.Unlock(t.Context(), c.Dir(), form("").Passphrase, nil)); err != nil {
		t.Fatal(err)
	}
}

func writing(t *testing.T, d *Desk) *Writing {
	t.Helper()
	w, err := d.WriteDown()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestLeastFields: words and a day are enough, saved as they were typed.
func TestLeastFields(t *testing.T) {
	d := opened(t)
	w := writing(t, d)
	now := time.Now()
	for _, step := range []struct {
		change func()
		says   string
	}{
		{func() {}, "write what happened"},
		{func() { w.Form.What = " He stood at the gate.\n\n" }, "say when it happened"},
		{func() { w.Form.Occurred.Day = "31 June" }, "“31 June” is no date"},
		{func() { w.Form.Occurred.Day, w.Form.Occurred.Clock = "yesterday", "6" }, "write 6 am or 6 pm"},
		{func() { w.Form.Noticed.Day = "later" }, "write 6 am"},
		{func() { w.Form.Occurred.Clock = "18:30" }, "when you noticed it: “later”"},
	} {
		step.change()
		if _, err := w.Save(t.Context(), now); err == nil || !strings.HasPrefix(err.Error(), step.says) {
			t.Errorf("%s: %v", step.says, err)
		}
	}
	w.Form.Noticed = TimeForm{How: ThatDay, Day: "3 March 2020"}
	if _, err := w.Save(t.Context(), now); err == nil || !strings.Contains(err.Error(), "is before it happened") {
		t.Errorf("noticed before it happened: %v", err)
	}
	w.Form.Noticed = TimeForm{}
	s, err := w.Save(t.Context(), now)
	if err != nil || !strings.HasPrefix(s.Title, "Saved as entry ") || !strings.Contains(s.Text, now.Format("2006 at 15:04")) {
		t.Fatalf("%+v, %v", s, err)
	}
	p, err := d.Incident(s.Event)
	if err != nil || len(p.Versions) != 1 || p.Versions[0].Parts[0].Text() != " He stood at the gate.\n\n" {
		t.Errorf("%+v, %v", p, err)
	}
	if got := p.Versions[0].Written; !strings.Contains(got, "by Maya") || !strings.HasSuffix(got, "after it happened. Locked.") {
		t.Errorf("%s", got)
	}
	if drafts, err := d.Drafts(); err != nil || len(drafts) != 0 {
		t.Errorf("the draft stays: %v, %v", drafts, err)
	}
	if err := w.Keep(now); err != nil {
		t.Error(err)
	}
	if drafts, err := d.Drafts(); err != nil || len(drafts) != 0 {
		t.Errorf("what is saved becomes a draft again: %v, %v", drafts, err)
	}
}

// TestDraftsAreKeptLetterForLetter over a lock, several of them, and a half
// date with them.
func TestDraftsAreKeptLetterForLetter(t *testing.T) {
	d := opened(t)
	one, two := writing(t, d), writing(t, d)
	now := time.Now()
	if drafts, err := d.Drafts(); err != nil || len(drafts) != 0 {
		t.Fatalf("nothing is typed yet: %v, %v", drafts, err)
	}
	one.Form.What, one.Form.Occurred.Day = "First  one ", "14 mar"
	one.Form.Witnesses = []timeline.Witness{{Name: "Ann", Contact: "07700 900123"}}
	two.Form.What = strings.Repeat("long words ", 20)
	if err := errors.Join(one.Keep(now.Add(-time.Minute)), two.Keep(now)); err != nil {
		t.Fatal(err)
	}
	if keep, err := one.Due(now); err != nil || keep != nil {
		t.Errorf("kept already, and due again: %v", err)
	}
	two.Form.What = "older"
	late, err := two.Due(now)
	if err != nil || late == nil {
		t.Fatalf("changed, and not due: %v", err)
	}
	two.Form.What = "newer"
	if err := errors.Join(two.Keep(now.Add(-time.Second)), late()); err != nil { // a clock that was put back, a disk that is slow
		t.Fatal(err)
	}
	relocked(t, d)
	drafts, err := d.Drafts()
	if err != nil || len(drafts) != 2 || drafts[1].Begin != "First  one " {
		t.Fatalf("%+v, %v", drafts, err)
	}
	if back, err := d.Continue(drafts[0].Name); err != nil || back.Form.What != "newer" {
		t.Errorf("an older state took the place of a newer one: %+v, %v", back.Form, err)
	}
	back, err := d.Continue(drafts[1].Name)
	if err != nil {
		t.Fatal(err)
	}
	if f := back.Form; f.What != "First  one " || f.Occurred != (TimeForm{How: About, Day: "14 mar"}) || f.Witnesses[0].Contact != "07700 900123" {
		t.Errorf("%+v", f)
	}
	if keep, err := back.Due(now); err != nil || keep != nil {
		t.Errorf("opened and not changed, and due: %v", err)
	}
	back.Form.What, back.Form.Occurred, back.Form.Witnesses = "", blankForm().Occurred, nil
	if err := back.Leave(now); err != nil {
		t.Fatal(err)
	}
	if drafts, err := d.Drafts(); err != nil || len(drafts) != 1 {
		t.Errorf("a form that is empty again: %+v, %v", drafts, err)
	}
	if err := d.Lock(); err != nil {
		t.Fatal(err)
	}
	two.Form.What += "more"
	if err := two.Keep(now); err == nil {
		t.Error("a draft was kept in a locked case")
	}
}

// TestDraftOfWhatWasSaved: a crash between saving and the end of the draft
// leaves no second copy to save again.
func TestDraftOfWhatWasSaved(t *testing.T) {
	d := opened(t)
	w := writing(t, d)
	w.Form.What, w.Form.Occurred.How = "He rang the bell", NotSure
	now := time.Now()
	if err := w.Keep(now); err != nil {
		t.Fatal(err)
	}
	text := slices.Clone(w.kept)
	if _, err := w.Save(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	if err := w.c.KeepDraft(w.name, text); err != nil {
		t.Fatal(err)
	}
	if drafts, err := d.Drafts(); err != nil || len(drafts) != 0 {
		t.Errorf("%+v, %v", drafts, err)
	}
	again := writing(t, d)
	again.Form.What, again.Form.Occurred.How = "He rang the bell", NotSure
	if err := again.Keep(now.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if drafts, err := d.Drafts(); err != nil || len(drafts) != 1 {
		t.Errorf("the same words written down anew: %+v, %v", drafts, err)
	}
}

// TestCorrection: the fields come filled in, a time that is left alone stays as
// it was, the reason is asked for, and both versions show what changed.
func TestCorrection(t *testing.T) {
	d := opened(t)
	_, x, err := d.held()
	if err != nil {
		t.Fatal(err)
	}
	when, err := timeline.Typed("2025-10-11 17:40", "", timeline.Before, d.c.Zone())
	if err != nil {
		t.Fatal(err)
	}
	in, err := x.WriteIncident(t.Context(), timeline.IncidentDraft{Occurred: when, What: "He stood there", Who: "Dan", FeelingThen: "cold"})
	if err != nil {
		t.Fatal(err)
	}
	w, err := d.Correct(in.ID.String())
	if err != nil {
		t.Fatal(err)
	}
	if w.Form.Occurred != (TimeForm{How: About, Day: "11 October 2025", Clock: "17:40"}) || w.Form.Who != "Dan" {
		t.Errorf("%+v", w.Form)
	}
	w.Form.Who, w.Form.FeelingThen, w.Form.Place.Text = "Dan R", "", "the gate"
	now := time.Now()
	if _, err := w.Save(t.Context(), now); err == nil || !strings.Contains(err.Error(), "say why") {
		t.Fatalf("without a reason: %v", err)
	}
	drafts, err := d.Drafts()
	if err != nil || len(drafts) != 1 || !strings.HasPrefix(drafts[0].Begin, "A correction: He stood") {
		t.Fatalf("%+v, %v", drafts, err)
	}
	if w, err = d.Continue(drafts[0].Name); err != nil {
		t.Fatal(err)
	}
	w.Form.Reason = "his full name"
	s, err := w.Save(t.Context(), now)
	if err != nil || s.Event != in.ID.String() || !strings.HasPrefix(s.Title, "Version 2 is saved") {
		t.Fatalf("%+v, %v", s, err)
	}
	p, err := d.Incident(in.ID.String())
	if err != nil || len(p.Versions) != 2 {
		t.Fatalf("%+v, %v", p, err)
	}
	if !strings.HasPrefix(p.Title, "Not later than Sat 11 Oct 2025 17:40 BST") {
		t.Errorf("a time that was left alone became %q", p.Title)
	}
	var changes []string
	for _, part := range p.Versions[0].Parts {
		if part.Was != nil {
			changes = append(changes, part.Label+": "+part.Was.Text()+" > "+part.Text())
		}
	}
	want := []string{"Where: nothing > the gate", "Who: Dan > Dan R", "How it felt then: cold > nothing"}
	if !slices.Equal(changes, want) || p.Versions[0].Reason != "his full name" || p.Versions[1].Title != "Version 1 of 2" {
		t.Errorf("%q", changes)
	}
	lines, err := d.Incidents()
	if err != nil || len(lines) != 1 || !strings.HasSuffix(lines[0].Entry, ", 2 versions") || lines[0].Begin != "He stood there" {
		t.Errorf("%+v, %v", lines, err)
	}
}

// TestEveryFieldIsShown: what can be filled in is there to be read, and what
// the other side must never get is marked as apart.
func TestEveryFieldIsShown(t *testing.T) {
	d := opened(t)
	w := writing(t, d)
	w.Form.IncidentDraft = timeline.IncidentDraft{
		TimeSource: "memory", Late: "f-late", What: "f-what", ExactWords: "f-words", NearWords: true,
		Place: timeline.IncidentPlace{Text: "f-place", Type: "home", Protected: true}, Channel: "f-channel", Platform: "f-platform", AccountFrom: "f-from", AccountTo: "f-to",
		Who: "f-who", HowKnown: "f-known", Description: "f-looks", AimedAt: "f-aimed", UnwantedSignal: "f-before",
		Witnesses:   []timeline.Witness{{Name: "f-name", Relation: "f-relation", Saw: "f-saw", Willing: "f-willing", Contact: "f-contact"}},
		FeelingThen: "f-then", FeelingAfter: "f-after", FearedViolence: "unsure", FearedWhy: "f-why", ChangeMade: "f-change", NoEvidence: "f-none", MyReply: "f-reply",
		ToldAnyone: []timeline.Told{{Who: "f-told", When: "f-toldwhen", How: "f-toldhow"}},
		ReportedTo: []timeline.Report{{To: "f-police", How: "f-how", When: "f-when", Officer: "f-officer", Number: "f-collar", Crime: "f-crime", Advice: "f-advice", Outcome: "f-outcome", Next: "f-next"}},
		Support:    "f-support", Children: "f-children", OrderInForce: "f-order", PrivateNote: "f-private",
	}
	w.Form.Occurred.How = NotSure
	w.Form.Noticed = TimeForm{How: ThatDay, Day: "1 May 2026"}
	it, err := w.c.Add(t.Context(), strings.NewReader("picture"), evidence.Provenance{Name: "f-file.png", Size: -1})
	if err != nil {
		t.Fatal(err)
	}
	w.Show(it.Number, it.Number)
	if e := w.Evidence(); len(e) != 1 || e[0].Label+": "+e[0].Text() != "Item 1: f-file.png, 7 bytes" {
		t.Errorf("%+v", e)
	}
	s, err := w.Save(t.Context(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	p, err := d.Incident(s.Event)
	if err != nil {
		t.Fatal(err)
	}
	var all, apart strings.Builder
	for _, part := range p.Versions[0].Parts {
		all.WriteString(part.Label + ": " + part.Text() + "\n")
		if part.Apart {
			apart.WriteString(part.Text() + "\n")
		}
	}
	for _, field := range strings.Fields("late what words place channel platform from to who known looks aimed before name relation saw willing contact then after why change none reply told toldwhen toldhow police how when officer collar crime advice outcome next support children order private file") {
		if !strings.Contains(all.String(), "f-"+field) {
			t.Errorf("%s is not shown:\n%s", field, all.String())
		}
	}
	if !strings.Contains(all.String(), "I remember") || !strings.Contains(all.String(), "1 May 2026") {
		t.Error(all.String())
	}
	if got := apart.String(); got != "f-place, home\nf-name, f-relation\nf-contact\nf-private\n" {
		t.Errorf("apart: %s", got)
	}
}

// TestSavedTimesFillTheFieldsAgain: reading what the fields are filled with
// gives the same time.
func TestSavedTimesFillTheFieldsAgain(t *testing.T) {
	now := thursday(t)
	for _, f := range []TimeForm{
		{How: Exactly, Day: "14/3", Clock: "18:30"}, {How: Exactly, Day: "14/3", Clock: "18:30:05"}, {How: About, Day: "14/3"}, {How: About, Day: "march", Clock: ""},
		{How: ThatDay, Day: "yesterday"}, {How: NotSure}, {How: NotSure, Day: "2024"}, {How: Between, Day: "14/3", Clock: "18:30", UntilDay: "15/3", UntilClock: "7am"},
		{How: Between, Day: "march", UntilDay: "may"},
	} {
		before := f.Read(now)
		after := timeForm(before.When).Read(now)
		if before.Err != nil || after.Err != nil || before.When.Text(now.Location()) != after.When.Text(now.Location()) {
			t.Errorf("%+v: %s, then %s; %v, %v", f, before.When.Text(now.Location()), after.When.Text(now.Location()), before.Err, after.Err)
		}
	}
}

// A time between is said in its nearest unit: three minutes to twelve hours are not
// eleven.
func TestHowLongAfter(t *testing.T) {
	for d, want := range map[time.Duration]string{
		30 * time.Second: "less than a minute", 59 * time.Minute: "59 minutes", 61 * time.Minute: "about 1 hour",
		11*time.Hour + 57*time.Minute: "about 12 hours", 23*time.Hour + 40*time.Minute: "about 1 day", 47 * time.Hour: "about 2 days",
	} {
		if got := long(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}
