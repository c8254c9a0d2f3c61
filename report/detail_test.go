package report

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"

	"daybook/evidence"
	"daybook/timeline"
)

// served writes a served pack and gives its files, those of the pages' text.
func (k *realCase) served(t *testing.T, show ...Detail) map[string][]byte {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "b")
	b := k.planned(t, Served, func(s *Selection) { s.Show = show })
	if err := b.Write(t.Context(), dir, WriteOptions{Still: asItIs}); err != nil {
		t.Fatal(err)
	}
	if v := verdict(t, dir); !v.OK() {
		t.Error(v.Problems)
	}
	tree := readTree(t, dir)
	tree["the plan"] = []byte(dump(t, b))
	return tree
}

func holds(tree map[string][]byte, words string) (in []string) {
	for name, data := range tree {
		if strings.Contains(string(data), words) {
			in = append(in, name)
		}
	}
	return in
}

// The data and the document are written beside each other, and each walks the rows for
// itself: a walk changes nothing that the plan holds. The race detector sees one that does.
func TestRowsAreWalkedBesideEachOther(t *testing.T) {
	k := newCase(t)
	for _, pack := range []Pack{Full, Served} {
		b := k.planned(t, pack, func(s *Selection) {
			if pack == Served {
				s.Show = Details()
			}
		})
		var walks errgroup.Group
		for range 3 {
			walks.Go(func() error {
				for range 20 { // so that one surely meets another
					for _, err := range b.Walk(t.Context(), 1, b.Rows) {
						if err != nil {
							return err
						}
					}
				}
				return nil
			})
		}
		if err := walks.Wait(); err != nil {
			t.Error(pack, err)
		}
	}
}

// A correction strikes something out of what the other side reads: neither the
// earlier version nor the reason is anywhere in a served pack, and the count is.
func TestServedPackHoldsTheCurrentVersionAlone(t *testing.T) {
	k := newCase(t)
	in := timeline.IncidentDraft{Occurred: must(timeline.Typed("2024-03-15 19:30", "", "", k.c.Zone()))(t), What: "Parked at 9 Oak Lane where Kasia sleeps",
		Place: timeline.IncidentPlace{Text: "9 Oak Lane"}, Witnesses: []timeline.Witness{{Name: "little Ola"}}, FeelingThen: "cold all over"}
	w := must(k.x.WriteIncident(t.Context(), in))(t)
	in.What, in.Place.Text, in.Protect = "Parked near my sister's.", "street by the depot", []string{timeline.ProtectWitnesses}
	must(k.x.Correct(t.Context(), w.ID, in, "names a child and an address"))(t)
	in.Protect = nil
	must(k.x.Correct(t.Context(), w.ID, in, "no reason at all"))(t)

	tree := k.served(t)
	for _, secret := range []string{"9 Oak Lane", "Kasia sleeps", "names a child", "no reason at all", "the duration was missing", "street by the depot", "little Ola", "cold all over"} {
		if in := holds(tree, secret); len(in) > 0 {
			t.Errorf("%q is in %v", secret, in)
		}
	}
	for _, said := range []string{"Parked near my sister's.", "2 earlier versions are withheld", "1 earlier version is withheld; the full pack and the journal hold it", "place, witnesses, feelings"} {
		if len(holds(tree, said)) == 0 {
			t.Errorf("the pack does not say %q", said)
		}
	}
	tree = k.served(t, Details()...)
	for _, shown := range []string{"street by the depot", "cold all over"} {
		if len(holds(tree, shown)) == 0 {
			t.Errorf("%q was asked for and is not shown", shown)
		}
	}
	for _, secret := range []string{"9 Oak Lane", "little Ola", "12 Acacia Avenue"} {
		if in := holds(tree, secret); len(in) > 0 {
			t.Errorf("%q is protected in one version, and is in %v", secret, in)
		}
	}
}

// What was written down with an incident stands in each of the pack's files, as
// far as the pack shows it; what it does not show is named.
func TestEachFileHoldsEveryFieldOfAnIncident(t *testing.T) {
	k := newCase(t)
	must(k.x.WriteIncident(t.Context(), timeline.IncidentDraft{
		Occurred: must(timeline.Typed("2024-03-15 19:30", "", "", k.c.Zone()))(t), What: "He waited.", Who: "07700 900333", AccountFrom: "him@there.example",
		Noticed:   must(timeline.Typed("2024-03-16 08:15", "", "", k.c.Zone()))(t),
		Witnesses: []timeline.Witness{{Name: "Mrs Okonkwo", Contact: "next door"}}, FeelingThen: "cold all over", ChangeMade: "took the other bus",
		ReportedTo: []timeline.Report{{To: "police", Crime: "CR/123/24"}}, ToldAnyone: []timeline.Told{{Who: "my brother Piotr"}}, Support: "the helpline",
		PrivateNote: "I could not sleep",
	}))(t)
	all := map[Detail][]string{ShowWitnesses: {"Mrs Okonkwo"}, ShowFeelings: {"cold all over"}, ShowChanges: {"took the other bus"}, ShowReports: {"CR/123/24", "my brother Piotr", "the helpline"}}
	files := []string{"data/chronology.csv", "data/events.jsonl", ".html", "the plan"}
	check := func(name string, tree map[string][]byte, words string, shown bool) {
		t.Helper()
		in := holds(tree, words)
		if !shown && len(in) > 0 {
			t.Errorf("%s: %q is in %v", name, words, in)
		}
		for _, f := range files {
			if shown && !slices.ContainsFunc(in, func(name string) bool { return strings.HasSuffix(name, f) }) {
				t.Errorf("%s: %q is not in %s", name, words, f)
			}
		}
	}
	for _, show := range []Detail{ShowWitnesses, ShowFeelings, ShowChanges, ShowReports, ""} {
		tree := k.served(t, show)
		for d, words := range all {
			for _, w := range words {
				check("served with "+string(show), tree, w, d == show)
			}
		}
		for _, never := range []string{"next door", "I could not sleep"} {
			check("served with "+string(show), tree, never, false)
		}
		check("served with "+string(show), tree, "08:15", true)
		check("served with "+string(show), tree, "900333", false)
		check("served with "+string(show), tree, "him@there", false)
	}
	if tree := k.served(t); len(holds(tree, "witnesses, feelings, changes, reports")) == 0 || len(holds(tree, "what was changed because of an incident")) == 0 || len(holds(tree, "to whom an incident was reported")) == 0 {
		t.Error("the pack does not name what it withholds")
	}
	dir := filepath.Join(t.TempDir(), "b")
	b := k.planned(t, Full, func(s *Selection) { s.Private = true })
	if err := b.Write(t.Context(), dir, WriteOptions{Still: asItIs}); err != nil {
		t.Fatal(err)
	}
	tree := readTree(t, dir)
	tree["the plan"] = []byte(dump(t, b))
	for _, words := range []string{"Mrs Okonkwo", "next door", "cold all over", "took the other bus", "CR/123/24", "my brother Piotr", "the helpline", "I could not sleep", "08:15"} {
		check("full", tree, words, true)
	}
}

// A served pack names people and tells nobody how to reach them, but for those
// whom it is about; what the maker hands over is counted for them.
func TestServedPackHoldsNoAddress(t *testing.T) {
	k := newCase(t)
	ctx := t.Context()
	batch := must(k.c.Begin(ctx, ""))(t)
	p := must(batch.Add(ctx, strings.NewReader("mail"), evidence.Provenance{Name: "kasia@home.example.mbox", Path: "export/kasia@home.example.mbox", Type: "application/mbox", Size: -1, How: "file"}))(t)
	item := atOnce(t, batch, p)
	w := k.x.Begin(ctx, batch.Number())
	r := w.Read(item, "mail", 2, map[string]string{"owner": "kasia@home.example"})
	kasia, him := timeline.Party{Name: "Kasia", Address: "kasia@home.example", Owner: true}, timeline.Party{Name: "+44 7700 900111", Address: "+44 7700 900111"}
	event(t, r, timeline.Event{Kind: timeline.Message, When: at(t, "2024-08-01 10:00"), From: him, To: []timeline.Party{kasia, {Name: "Mother", Address: "mother@there.example"}}, Thread: "+447700900111", Text: "I see you", Source: timeline.Pinpoint{Record: "message from kasia@home.example"}})
	event(t, r, timeline.Event{Kind: timeline.Message, When: at(t, "2024-08-01 10:02"), From: timeline.Party{Name: "Alan", Address: "+447700900333"}, Text: "it is me", Source: timeline.Pinpoint{Record: "third"}})
	event(t, r, timeline.Event{Kind: timeline.Call, When: at(t, "2024-08-01 10:03"), From: timeline.Party{Name: "07700 900333", Address: "07700 900333"}, Text: "missed", Source: timeline.Pinpoint{Record: "fourth"}})
	event(t, r, timeline.Event{Kind: timeline.Message, When: at(t, "2024-08-01 10:01"), From: timeline.Party{Name: "+44 7700 900222"}, Text: "who is this", Source: timeline.Pinpoint{Record: "second"}})
	if err := r.Close(errors.New("the file ends inside a letter")); err != nil { // so that its name stands among those that were not read
		t.Fatal(err)
	}
	must(w.Commit(ctx))(t)
	if err := batch.Finish(ctx, timeline.Reconcile(batch.Number(), k.x.ReadingsOf(batch.Number()))); err != nil {
		t.Fatal(err)
	}
	who := must(timeline.CalledPerson(k.x.People(), "+447700900111"))(t)
	tree := k.served(t)
	for _, secret := range []string{fmt.Sprint(who.Number), "kasia@home", "mother@there", "7700 900111", "900222", "7700900111", "900333", "alex@example.org"} {
		if in := holds(tree, secret); len(in) > 0 {
			t.Errorf("%q is in %v", secret, in)
		}
	}
	for _, said := range []string{"Mother", "I see you", sayAddress, "(address withheld)", "(address withheld; other rows name it Alan)"} {
		if len(holds(tree, said)) == 0 {
			t.Errorf("the pack does not say %q", said)
		}
	}
	b := k.planned(t, Served, func(s *Selection) { s.About = []int64{who.Number} })
	text := dump(t, b)
	if !strings.Contains(text, "+44 7700 900111") || strings.Contains(text, "mother@there") || !strings.Contains(text, "of 1 person are shown") {
		t.Error(text)
	}
	if !slices.Contains(b.Told.Shows, Shown{sayShowsAddresses, 1, sayShowsAddress}) || !slices.Contains(b.Told.Shows, Shown{"rows", b.Rows, "row"}) {
		t.Errorf("%+v", b.Told.Shows)
	}
	if strings.Contains(text, titlePeople) {
		t.Error("the served pack has a page of people, and nothing on it")
	}
	text = dump(t, k.planned(t, Served, func(s *Selection) { s.Show = []Detail{ShowAddresses, ShowOwn} }))
	for _, shown := range []string{"kasia@home.example", "mother@there.example", "+44 7700 900111"} {
		if !strings.Contains(text, shown) {
			t.Errorf("%s was asked for and is not shown", shown)
		}
	}
	must(k.x.Withhold(ctx, timeline.WithholdingDraft{Code: "PHONE", Text: "07700 900111"}))(t)
	b = k.planned(t, Served, func(s *Selection) { s.About, s.Moment = []int64{who.Number}, Moment{} })
	if text := dump(t, b); strings.Contains(text, "of 1 person are shown") || strings.Contains(text, "900111") {
		t.Error("the cover says that a number is shown, and it is a protected word")
	}
	if len(b.Told.Contradicted) != 1 || slices.ContainsFunc(b.Told.Shows, func(s Shown) bool { return s.What == sayShowsAddresses }) {
		t.Errorf("%q, %+v", b.Told.Contradicted, b.Told.Shows)
	}
}

// What a letter says in its HTML alone, and what it hides there, is printed with it, in
// both packs; a word in it is withheld as any other.
func TestWordsOfTheHTMLAlone(t *testing.T) {
	k := newCase(t)
	batch := must(k.c.Begin(t.Context(), ""))(t)
	w := k.x.Begin(t.Context(), batch.Number())
	p := must(batch.Add(t.Context(), strings.NewReader("two forms"), evidence.Provenance{Name: "two.eml", Type: "message/rfc822", Size: -1, How: "file"}))(t)
	r := w.Read(atOnce(t, batch, p), "mail", 5, nil)
	event(t, r, timeline.Event{Kind: timeline.Email, When: at(t, "2024-03-15 10:00"), From: timeline.Party{Name: "Alex"}, Text: "I saw you today.",
		Extra: timeline.FactsOf("text of the HTML", "I saw you today.\nHtml only words: pineapple.", timeline.NotShown, "A hidden pineapple. "+strings.Repeat("And more. ", rowText/10)+"The end."), Source: timeline.Pinpoint{Record: "message"}})
	closeReading(t, r)
	must(w.Commit(t.Context()))(t)
	for _, pack := range []Pack{Full, Served} {
		text := dump(t, k.planned(t, pack, func(s *Selection) { s.Moment = Moment{} }))
		if !strings.Contains(text, "Only in its HTML: Html only words: pineapple.") {
			t.Errorf("%s pack:\n%s", pack, text)
		}
		if n := strings.Count(text, "Hidden in its HTML: A hidden pineapple. And more."); n != 2 || strings.Count(text, "The end.") != 1 { // the row has as much as a page shows, the transcript all
			t.Errorf("%s pack has what the letter hides in %d places:\n%s", pack, n, text)
		}
	}
	must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "CHILD", Text: "pineapple"}))(t)
	if text := dump(t, k.planned(t, Served, func(s *Selection) { s.Moment = Moment{} })); strings.Contains(text, "pineapple") || !strings.Contains(text, "Html only words: [withheld: child]") || !strings.Contains(text, "A hidden [withheld: child]") {
		t.Errorf("withheld:\n%s", text)
	}
}
