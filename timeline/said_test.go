package timeline

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var noon = time.Date(2024, 3, 5, 12, 0, 0, 0, time.UTC)

func TestMarksAreEntriesAndTakingThemAwayIsOneMore(t *testing.T) {
	ctx := context.Background()
	x, store, log := newIndex(t)
	add(t, x, 1, message("1", "Sam", "one", noon), message("2", "Sam", "two", noon))
	ids := []ID{find(t, x, Filter{})[0].ID, find(t, x, Filter{})[1].ID}
	made, err := x.Mark(ctx, MarkDraft{Events: ids, Code: "CONTACT", Note: "a threat"})
	must(t, err)
	_, err = x.Mark(ctx, MarkDraft{Events: ids[:1], LeftOut: "about the children", Tag: "child_present"})
	must(t, err)
	other, err := x.Mark(ctx, MarkDraft{Events: ids[:1], Code: "FOLLOW"})
	must(t, err)
	must(t, x.Unmark(ctx, other[0].Number, "wrong code", ids[0]))
	must(t, x.Unmark(ctx, made[1].Number, "wrong one", ids[1]))
	if n := len(log.list); n != 6 {
		t.Errorf("%d entries", n)
	}
	for _, y := range []*Index{x, reopen(t, store, log)} {
		for mark, want := range map[string][]string{"CONTACT": {"one"}, "left-out": {"one"}, "child_present": {"one"}, "exhibit": {}} {
			if d := cmp.Diff(want, texts(find(t, y, Filter{Marks: []string{mark}}))); d != "" {
				t.Errorf("%s: %s", mark, d)
			}
		}
		if d := cmp.Diff([]string{"one"}, texts(find(t, y, Filter{Words: "threat"}))); d != "" {
			t.Error(d)
		}
		if marks := y.MarksOf(ids[0]); len(marks) != 2 || marks[0].By != "Ada" || marks[0].At.IsZero() {
			t.Errorf("%+v", marks)
		}
		if d := cmp.Diff(ids[:1], y.Marked()); d != "" {
			t.Error(d)
		}
	}
	entries := len(log.list)
	for name, err := range map[string]error{
		"nothing said":  second(x.Mark(ctx, MarkDraft{Events: ids})),
		"no event":      second(x.Mark(ctx, MarkDraft{Code: "CONTACT"})),
		"unknown event": second(x.Mark(ctx, MarkDraft{Events: []ID{{1}}, Code: "CONTACT"})),
		"unknown mark":  x.Unmark(ctx, 99, "", ids[0]),
		"mark of none":  x.Unmark(ctx, made[0].Number, ""),
	} {
		if err == nil {
			t.Errorf("%s: was written", name)
		}
	}
	if len(log.list) != entries {
		t.Error("what was refused is in the journal")
	}
}

func second[T any](_ T, err error) error { return err }

func TestAFullJournalChangesNothing(t *testing.T) {
	ctx := context.Background()
	x, store, log := newIndex(t)
	add(t, x, 1, message("1", "Sam", "one", noon))
	log.full = errors.New("the disk is full")
	id := find(t, x, Filter{})[0].ID
	w := x.Begin(ctx, 2)
	read(t, w, 2, "whatsapp", []Event{message("1", "Sam", "two", noon)})
	_, commitErr := w.Commit(ctx)
	for name, err := range map[string]error{
		"mark":     second(x.Mark(ctx, MarkDraft{Events: []ID{id}, Exhibit: true})),
		"incident": second(x.WriteIncident(ctx, IncidentDraft{Occurred: FromInstant(noon, Minute, ""), What: "w"})),
		"commit":   commitErr,
	} {
		if !errors.Is(err, log.full) {
			t.Errorf("%s: %v", name, err)
		}
	}
	log.full = nil
	for _, y := range []*Index{x, reopen(t, store, log)} {
		if d := cmp.Diff([]string{"one"}, texts(find(t, y, Filter{}))); d != "" {
			t.Error(d)
		}
	}
	add(t, x, 2, message("1", "Sam", "two", noon))
	if d := cmp.Diff([]string{"one", "two"}, texts(find(t, reopen(t, store, log), Filter{}))); d != "" {
		t.Error(d)
	}
}

func TestIncidentIsLockedAndCorrectionsKeepBoth(t *testing.T) {
	ctx := context.Background()
	x, store, log := newIndex(t)
	words := "  He stood at the bus stop.\n\nTwice.  "
	d := IncidentDraft{
		Occurred: FromLocal(noon, london, About, "about noon"), What: words, ExactWords: "I see you", Who: "Sam", HowKnown: "recognised",
		Place: IncidentPlace{Text: "bus stop", Type: "street", Protected: true}, PrivateNote: "shaking", FearedViolence: "unsure",
		Witnesses: []Witness{{Name: "Mrs Okonkwo", Saw: "him", Contact: "07700 900999"}}, Codes: []string{"LOITER"}, Tags: []string{"threat"},
		ReportedTo: []Report{{To: "police", Crime: "CR/123/24"}}, Evidence: []int64{3},
	}
	w, err := x.WriteIncident(ctx, d)
	must(t, err)
	later := d
	later.What, later.Occurred = "He stood at the bus stop on Monday.", FromLocal(noon.Add(-24*time.Hour), london, About, "")
	corrected, err := x.Correct(ctx, w.ID, later, "the day was wrong")
	must(t, err)
	if corrected.ID != w.ID || len(corrected.Versions) != 2 || len(w.Versions) != 1 {
		t.Fatalf("%+v", corrected)
	}
	for _, y := range []*Index{x, reopen(t, store, log), reopen(t, memory{}, log)} {
		got := y.Incidents()
		if d := cmp.Diff([]Written{corrected}, got); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff(d, got[0].Versions[0].IncidentDraft); d != "" {
			t.Error("the first version was changed:\n" + d)
		}
		rows := find(t, y, Filter{})
		if len(rows) != 1 || rows[0].Text != later.What || rows[0].ID != w.ID || rows[0].Kind != Incident || rows[0].When != later.Occurred {
			t.Fatalf("on the timeline: %+v", rows)
		}
		// The words are those of the last version: so are the entry and its hash.
		last := corrected.Current()
		if src := rows[0].Source; src.Record != fmt.Sprintf("entry %d", last.Entry) || src.Hash != last.Hash || last.Hash == w.Current().Hash || rows[0].WrittenFirst() != fmt.Sprintf("entry %d", w.Number) {
			t.Errorf("it says that it stands at %+v", src)
		}
		if got := rows[0].Marks; len(got) != 2 || got[0].Code != "LOITER" || got[1].Tag != "threat" {
			t.Errorf("marks %+v", got)
		}
		for _, words := range []string{"shaking", "okonkwo", `"I see you"`, "CR/123/24", "bus"} {
			if n := len(find(t, y, Filter{Words: words})); n != 1 {
				t.Errorf("%q finds %d", words, n)
			}
		}
		for _, f := range rows[0].Extra {
			if strings.Contains(f.Value, "shaking") || strings.Contains(f.Value, "900999") {
				t.Errorf("%s shows what is private: %s", f.Name, f.Value)
			}
		}
	}
	if delay, ok := w.Versions[0].Delay(); !ok || delay != w.Versions[0].Recorded.Sub(noon) {
		t.Errorf("delay %v", delay)
	}
	for name, err := range map[string]error{
		"no words":  second(x.WriteIncident(ctx, IncidentDraft{Occurred: d.Occurred, What: " \n"})),
		"no time":   second(x.WriteIncident(ctx, IncidentDraft{What: "w"})),
		"no reason": second(x.Correct(ctx, w.ID, later, " ")),
		"no such":   second(x.Correct(ctx, ID{1}, later, "r")),
		"fear":      second(x.WriteIncident(ctx, IncidentDraft{Occurred: d.Occurred, What: "w", FearedViolence: "perhaps"})),
	} {
		if err == nil {
			t.Errorf("%s: was written", name)
		}
	}
}

func TestPeopleAreLinkedWithReasonAndSplitAgain(t *testing.T) {
	ctx := context.Background()
	x, store, log := newIndex(t)
	from := func(record string, p Party, at time.Time) Event {
		e := message(record, "", "hi", at)
		e.From, e.To = p, []Party{{Name: "Ada", Owner: true}}
		return e
	}
	add(t, x, 1,
		from("1", Party{Name: "Sam", Address: "07700 900123"}, noon),
		from("2", Party{Name: "Sammy", Address: "+44 7700 900123"}, noon.Add(time.Hour)),
		from("3", Party{Name: "S", Address: "S@Example.COM"}, noon.Add(2*time.Hour)),
		from("4", Party{Name: "nobody"}, noon.Add(3*time.Hour)))
	people := x.People()
	var names []string
	for _, p := range people {
		names = append(names, p.Name)
	}
	if d := cmp.Diff([]string{"Ada", "Sam", "S", "nobody"}, names); d != "" {
		t.Fatal(d)
	}
	sam, mail := people[1], people[2]
	want := Link{Handle: Handle{Key: "phone:+447700900123", Kind: PhoneHandle, Address: "+447700900123"}, Printed: []string{"Sam", "07700 900123", "Sammy", "+44 7700 900123"},
		Strength: Certain, Reason: "one telephone number; 07700 900123 is printed without a country code and taken to be British", First: noon, Last: noon.Add(time.Hour), Sent: 2, Events: 2}
	if d := cmp.Diff([]Link{want}, sam.Handles); d != "" {
		t.Error(d)
	}
	if !people[0].Owner || people[0].Events != 4 || people[0].Sent != 0 {
		t.Errorf("%+v", people[0])
	}
	must(t, x.Link(ctx, mail.Handles[0].Key, sam.Number, Likely, "signs as Sam"))
	must(t, x.Merge(ctx, people[3].Number, sam.Number, "same words"))
	must(t, x.Name(ctx, sam.Number, "Samuel Smith"))
	for _, y := range []*Index{x, reopen(t, store, log)} {
		p := y.People()
		if len(p) != 2 || p[1].Name != "Samuel Smith" && p[0].Name != "Samuel Smith" {
			t.Fatalf("%+v", p)
		}
		if n := len(find(t, y, Filter{People: []int64{sam.Number}})); n != 4 {
			t.Errorf("finds %d events of the person", n)
		}
		for _, q := range p {
			for _, l := range q.Handles {
				if l.Kind == EmailHandle && (l.Strength != Likely || l.Reason != "signs as Sam" || l.By != "Ada" || l.Address != "s@example.com") {
					t.Errorf("%+v", l)
				}
			}
		}
	}
	must(t, x.Split(ctx, mail.Handles[0].Key, "not him"))
	if n := len(find(t, reopen(t, store, log), Filter{People: []int64{sam.Number}})); n != 3 {
		t.Errorf("after the split: %d events", n)
	}
	for name, err := range map[string]error{
		"no reason": x.Link(ctx, mail.Handles[0].Key, sam.Number, Likely, ""),
		"strength":  x.Link(ctx, mail.Handles[0].Key, sam.Number, "sure", "r"),
		"handle":    x.Link(ctx, "phone:1", sam.Number, Likely, "r"),
		"person":    x.Link(ctx, mail.Handles[0].Key, 7, Likely, "r"),
		"split":     x.Split(ctx, "phone:1", "r"),
		"self":      x.Merge(ctx, sam.Number, sam.Number, "r"),
		"name":      x.Name(ctx, 7, "x"),
	} {
		if err == nil {
			t.Errorf("%s: was written", name)
		}
	}
}

func TestHandlesAreTheSameOnlyWhereTheyMeanTheSame(t *testing.T) {
	for _, c := range []struct {
		p    Party
		want string
	}{
		{Party{Address: "(07700) 900-123"}, "phone:+447700900123"},
		{Party{Address: "0044 7700 900123"}, "phone:+447700900123"},
		{Party{Address: "+1 202-555-0143"}, "phone:+12025550143"},
		{Party{Address: "60000"}, "account:sms:60000"},
		{Party{Address: "A.B@Example.com"}, "email:a.b@example.com"},
		{Party{Address: "@sam"}, "account:sms:@sam"},
		{Party{Name: " Zoe\u0308 "}, "name:sms:7: Zoë "},
		{Party{Address: "\u212aate@example.com"}, "email:\u212aate@example.com"},
		{Party{Address: "12345678901234567890"}, "account:sms:12345678901234567890"},
	} {
		if got := NewHandle(c.p, "sms", 7).Key; got != c.want {
			t.Errorf("%+v: %s, want %s", c.p, got, c.want)
		}
	}
}

func TestReadingsSayWhatTheyFound(t *testing.T) {
	ctx := context.Background()
	x, store, log := newIndex(t)
	w := x.Begin(ctx, 5)
	r := w.read(1, itemHash(1), "a.txt", "sms", 2, map[string]string{"zone": "Europe/London"})
	e := message("1", "Sam", strings.Repeat("é", maxText), noon)
	e.Files = []Attachment{{Name: "a"}, {Name: "b", Missing: true}}
	must(t, r.Event(e))
	must(t, r.Event(message("2", "Sam", "x", noon.Add(-time.Hour))))
	must(t, r.Skip(Skip{Record: "3", Text: strings.Repeat("x", 9000), Reason: "odd"}))
	must(t, r.Covers(FromInstant(noon, Day, ""), FromInstant(noon.Add(time.Hour), Day, ""), "as stated"))
	must(t, r.Close(errors.New("line 4: cut off")))
	dropped := w.read(2, itemHash(2), "b.txt", "sms", 2, nil)
	must(t, dropped.Event(message("1", "Sam", "dropped", noon)))
	must(t, dropped.Drop())
	infos, err := w.Commit(ctx)
	must(t, err)
	want := ReadingInfo{Item: 1, Batch: 5, Importer: "sms", Version: 2, Assume: map[string]string{"zone": "Europe/London"}, Events: 2, Skips: 1,
		Named: 2, Found: 1, Missing: 1, First: FromInstant(noon.Add(-time.Hour), Second, noon.Add(-time.Hour).String()), Last: FromInstant(noon, Second, noon.String()),
		Covers: []Coverage{{FromInstant(noon, Day, ""), FromInstant(noon.Add(time.Hour), Day, ""), "as stated"}}, Broken: "line 4: cut off"}
	if d := cmp.Diff([]ReadingInfo{want}, infos, cmpopts.IgnoreFields(ReadingInfo{}, "Digest")); d != "" {
		t.Error(d)
	}
	for _, y := range []*Index{x, reopen(t, store, log)} {
		if d := cmp.Diff(infos, y.Readings()); d != "" {
			t.Error(d)
		}
		rows := find(t, y, Filter{})
		if len(rows) != 2 || len(rows[1].Text) != maxText || rows[1].Flags[0] != TextCut || rows[0].Flags != nil {
			t.Errorf("%d rows", len(rows))
		}
		if s := skipsOf(t, y); len(s) != 1 || len(s[0].Text) != maxSkipText {
			t.Errorf("%d skips", len(s))
		}
		rec := Reconcile(5, y.ReadingsOf(5))
		if rec.Events != 2 || rec.Skips != 1 || rec.Attachments != (AttachmentCount{2, 1, 1}) || len(rec.Failed) != 1 || rec.Last.Instant != "2024-03-05T12:00:00Z" {
			t.Errorf("%+v", rec)
		}
	}
	again := x.Begin(ctx, 6)
	r = again.read(1, itemHash(1), "a.txt", "sms", 2, map[string]string{"zone": "Europe/London"})
	must(t, r.Event(message("1", "Sam", "another text", noon)))
	must(t, r.Close(nil))
	differ, err := again.Commit(ctx)
	must(t, err)
	if differ[0].Differ != infos[0].Digest {
		t.Error("another result of the same importer, version and answers is not reported")
	}
}

func TestWriterRefusesWhatItCannotKeep(t *testing.T) {
	ctx := context.Background()
	x, store, _ := newIndex(t)
	for name, e := range map[string]Event{
		"kind":      {Kind: "dream", When: When{Precision: Undated}},
		"flag":      {Kind: Message, Flags: []Flag{"odd"}},
		"basis":     {Kind: Message, When: When{Basis: "hearsay"}},
		"precision": {Kind: Message, Claims: []Claim{{When: When{Precision: "fortnight"}}}},
	} {
		w := x.Begin(ctx, 1)
		r := w.read(1, itemHash(1), "a", "sms", 1, nil)
		if err := r.Event(e); err == nil || !strings.Contains(err.Error(), "not one that Daybook knows") {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := w.Commit(ctx); err == nil {
			t.Errorf("%s: was committed", name)
		}
		must(t, w.Discard())
	}
	w := x.Begin(ctx, 1)
	w.read(1, itemHash(1), "a", "sms", 1, nil)
	if _, err := w.Commit(ctx); err == nil {
		t.Error("an open reading was committed")
	}
	must(t, w.Discard())
	r := w.read(1, itemHash(1), "a", "sms", 1, nil)
	must(t, r.Event(message("1", "a", "b", noon)))
	must(t, r.Close(nil))
	if err := r.Event(message("2", "a", "b", noon)); err == nil {
		t.Error("a closed reading took an event")
	}
	must(t, w.Discard())
	if len(store) != 0 || x.Len() != 0 {
		t.Errorf("%d values are left", len(store))
	}
}
