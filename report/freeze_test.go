package report

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daybook/assets/profiles"
	"daybook/evidence"
	"daybook/report/leak"
	"daybook/report/lint"
	"daybook/timeline"
)

// later adds a file with one event.
func (k *realCase) later(t *testing.T, name, text, when string) {
	t.Helper()
	k.laterWith(t, name, text, when)
}

// laterWith adds a file with one event that names files.
func (k *realCase) laterWith(t *testing.T, name, text, when string, files ...timeline.Attachment) {
	t.Helper()
	ctx := t.Context()
	batch := must(k.c.Begin(ctx, ""))(t)
	w := k.x.Begin(ctx, batch.Number())
	p := must(batch.Add(ctx, strings.NewReader(text), evidence.Provenance{Name: name, Path: name, Type: "message/rfc822", Size: -1, How: "file"}))(t)
	r := w.Read(atOnce(t, batch, p), "mail", 2, nil)
	event(t, r, timeline.Event{Kind: timeline.Email, When: at(t, when), From: timeline.Party{Address: "alex@example.org"}, Text: text, Files: files, Source: timeline.Pinpoint{Record: "message"}})
	closeReading(t, r)
	must(w.Commit(ctx))(t)
	if err := batch.Finish(ctx, timeline.Reconcile(batch.Number(), k.x.ReadingsOf(batch.Number()))); err != nil {
		t.Fatal(err)
	}
}

func (k *realCase) freeze(t *testing.T, set func(*Selection)) (*Bundle, string) {
	t.Helper()
	b := k.planned(t, Full, func(s *Selection) { s.Freeze = true; set(s) })
	dir := filepath.Join(t.TempDir(), "b")
	if err := b.Write(t.Context(), dir, WriteOptions{Still: asItIs}); err != nil {
		t.Fatal(err)
	}
	return b, dir
}

func unchanged(*Selection) {}

// What is written without being frozen says so and is not kept; a frozen bundle
// is kept with its rows, labels and pages, once, and comes out the same again.
func TestFrozenBundleIsKept(t *testing.T) {
	k := newCase(t)
	draft := k.planned(t, Full, unchanged)
	if err := draft.Write(t.Context(), filepath.Join(t.TempDir(), "draft"), WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	if got := must(FrozenBundles(t.Context(), k.c))(t); len(got) != 0 || draft.Number != 0 || draft.mark() != "DRAFT" {
		t.Errorf("after a draft: %v, number %d, header %q", got, draft.Number, draft.header())
	}
	b, dir := k.freeze(t, unchanged)
	if b.Number != 1 || b.mark() != "" || !strings.HasPrefix(b.header(), "Bundle 1. ") {
		t.Errorf("bundle %d, header %q", b.Number, b.header())
	}
	kept := must(FrozenBundles(t.Context(), k.c))(t)
	if len(kept) != 1 {
		t.Fatalf("%d are kept", len(kept))
	}
	sum := sha256.Sum256(must(os.ReadFile(filepath.Join(dir, payloadList)))(t))
	if got := kept[0]; got.Bundle != 1 || got.Manifest != hex.EncodeToString(sum[:]) || got.Rows != b.Rows || len(got.Exhibits) != len(b.Exhibits) || got.Exhibits[0].Page == "" || got.Last.Label == "" {
		t.Errorf("kept: %+v", got)
	}
	again := filepath.Join(t.TempDir(), "again")
	same := k.planned(t, Full, func(s *Selection) { s.Freeze, s.Moment = true, b.Moment })
	if err := same.Write(t.Context(), again, WriteOptions{Still: asItIs}); err != nil {
		t.Fatal(err)
	}
	if !maps.EqualFunc(readTree(t, dir), readTree(t, again), slices.Equal) {
		t.Error("the same frozen bundle has other bytes")
	}
	if kept := must(FrozenBundles(t.Context(), k.c))(t); len(kept) != 1 {
		t.Errorf("the same bundle is kept %d times", len(kept))
	}
	other := k.planned(t, Full, func(s *Selection) {
		s.Freeze, s.Moment, s.Filter.Kinds = true, b.Moment, []timeline.Kind{timeline.Email}
	})
	if err := other.Write(t.Context(), filepath.Join(t.TempDir(), "other"), WriteOptions{}); err == nil || !strings.Contains(err.Error(), "bundle 1 is frozen") {
		t.Errorf("another bundle of the same number: %v", err)
	}
	if text := dump(t, k.planned(t, Full, unchanged)); strings.Contains(text, "bundle-1.jsonl") || !strings.Contains(text, sayNoChanges) {
		t.Errorf("the next bundle:\n%s", text)
	}
}

// What has come, changed, been withheld or gone since is said by row and page.
func TestChangesSinceFrozen(t *testing.T) {
	k := newCase(t)
	k.freeze(t, unchanged)
	k.later(t, "second.eml", "I am outside.", "2024-03-12 13:00") // before all others: every number moves
	k.tag(t, "where are you", "before the move", "")
	c := k.planned(t, Full, unchanged).Changes
	if c == nil || c.Since != 1 || c.Added.String() != "1" || len(c.Changed) != 1 || c.Changed[0].Row != 2 || c.Changed[0].Issued[0].Row != 1 || c.Changed[0].Issued[0].Page == "" ||
		!slices.Equal(c.Changed[0].Parts, []string{partMarks}) || len(c.New) != 1 || len(c.Withheld)+len(c.Gone)+len(c.NotHere)+len(c.Shown) != 0 {
		t.Errorf("%+v", c)
	}
	if c := k.planned(t, Full, func(s *Selection) { s.Filter.Kinds = []timeline.Kind{timeline.Message} }).Changes; len(c.Gone) != 3 || len(c.NotHere) == 0 {
		t.Errorf("of messages alone: %+v", c)
	}
	if c := k.planned(t, Full, func(s *Selection) { s.Since = -1 }).Changes; c != nil {
		t.Errorf("held against none: %+v", c)
	}
	if c := k.planned(t, Served, unchanged).Changes; c != nil {
		t.Errorf("a served pack is held against a full one: %+v", c)
	}
	served := k.planned(t, Served, func(s *Selection) { s.Freeze = true })
	if err := served.Write(t.Context(), filepath.Join(t.TempDir(), "served"), WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	k.leaveOut(t, "address", "about another person")
	b := k.planned(t, Served, unchanged)
	if c := b.Changes; c.Since != 2 || len(c.Withheld) != 1 || len(c.Changed) != 0 || len(c.Added) != 0 {
		t.Errorf("served: %+v", c)
	}
	if text := dump(t, b); !strings.Contains(text, "# What has changed since bundle 2 {since}") || strings.Contains(text, "the address is private") {
		t.Errorf("served:\n%s", text)
	}
	if _, err := Plan(t.Context(), k.c, k.x, Selection{Since: 9}, General, Full); !errors.Is(err, ErrNotFrozen) {
		t.Errorf("bundle 9: %v", err)
	}
	for pack, want := range map[Pack]string{Served: "bundle 1: a supplement continues a bundle of the same pack: it is a full pack, and this is a served one; a served pack can continue bundle 2", Full: "bundle 2: a supplement continues a bundle of the same pack: it is a served pack, and this is a full one; a full pack can continue bundle 1"} {
		other := map[Pack]int{Served: 1, Full: 2}[pack]
		if _, err := Plan(t.Context(), k.c, k.x, Selection{Continue: other, Freeze: true}, General, pack); !errors.Is(err, ErrOtherPack) || err.Error() != want {
			t.Errorf("%s pack after bundle %d: %v", pack, other, err)
		}
	}
}

// A supplement has what is new or has changed, and counts rows and pages on.
func TestSupplementCountsOn(t *testing.T) {
	for _, name := range []string{"EW-general-2021", "EW-family-2026", "EW-criminal-police-pack"} {
		t.Run(name, func(t *testing.T) {
			k := newCase(t)
			court := must(profiles.Named(name))(t)
			rules := ProfileOf(court)
			write := func(sel Selection) (*Bundle, []byte, string) {
				t.Helper()
				sel.Freeze = true
				b := must(Plan(t.Context(), k.c, k.x, sel, rules, Full))(t)
				dir := filepath.Join(t.TempDir(), "b")
				if err := b.Write(t.Context(), dir, WriteOptions{Still: asItIs}); err != nil {
					t.Fatal(err)
				}
				if v := verdict(t, dir); !v.OK() {
					t.Error(v.Problems)
				}
				return b, must(os.ReadFile(filepath.Join(dir, "data/bundle.pdf")))(t), dir
			}
			first, _, _ := write(selection)
			if _, err := Plan(t.Context(), k.c, k.x, Selection{Continue: 1}, rules, Full); !errors.Is(err, ErrNothingNew) {
				t.Errorf("with nothing new: %v", err)
			}
			k.later(t, "second.eml", "I am outside.", "2024-03-12 13:00")
			k.tag(t, "where are you", "before the move", "")
			sel := selection
			sel.Continue = 1
			b, pdf, _ := write(sel)
			if b.Rows != 2 || b.first() != first.Rows+1 || b.Changes.Added.String() != "7" || b.Changes.Changed[0].Row != 8 {
				t.Errorf("rows %d from %d, %+v", b.Rows, b.first(), b.Changes)
			}
			kept := must(FrozenBundles(t.Context(), k.c))(t)
			before, after := kept[0].Last, kept[1].Last
			start := fmt.Sprint(before.Pages + 1)
			switch name {
			case "EW-family-2026":
				start = sectionLetter(before.Letters+1) + "1"
			case "EW-criminal-police-pack":
				start = before.Label + "A"
			}
			v := must(lint.Hold(t.Context(), lint.File{Name: "bundle.pdf", Data: strings.NewReader(string(pdf)), Size: int64(len(pdf)), First: start}, court, sampleTime))(t)
			if v.Faults() > 0 {
				t.Errorf("first page %s: %+v", start, v.Findings)
			}
			if v := must(lint.Hold(t.Context(), lint.File{Name: "bundle.pdf", Data: strings.NewReader(string(pdf)), Size: int64(len(pdf))}, court, sampleTime))(t); v.Faults() == 0 {
				t.Error("pages that do not begin at 1 are no fault")
			}
			if kept[1].Continues != 1 || kept[1].Rows != first.Rows+2 || after.Label == before.Label || name == "EW-criminal-police-pack" && after.Pages != before.Pages {
				t.Errorf("kept: %+v after %+v", after, before)
			}
			k.later(t, "third.eml", "I am outside again.", "2024-03-12 13:30")
			if _, err := Plan(t.Context(), k.c, k.x, sel, rules, Full); err == nil || !strings.Contains(err.Error(), "bundle 2 continues it already") {
				t.Errorf("a second supplement to the same: %v", err)
			}
			sel.Continue = 2
			third, _, _ := write(sel)
			if third.Rows != 1 || third.first() != first.Rows+3 || third.After != after {
				t.Errorf("the next supplement: %d rows from %d after %+v", third.Rows, third.first(), third.After)
			}
		})
	}
}

// Whether a row has changed goes by what was said about the event, and not by the
// program's words for it; of bundles that kept their words it is said.
func TestNewWordsOfTheProgramChangeNoRow(t *testing.T) {
	event := timeline.Event{ID: timeline.ID{1}, Kind: timeline.Message, Text: "where are you"}
	row := func(basis, text string) Row {
		e := event
		e.Text = text
		return Row{ID: e.ID, Kind: "message", Text: text, Time: Time{Local: "2024-03-12 14:03", Basis: basis}, Flags: []string{basis}, Detail: []Fact{fact("Written down", say(basis))}, Data: &timeline.Row{Event: e}}
	}
	kept := func(r Row) FrozenRow {
		return FrozenRow{ID: r.ID, Sums: saidSums + must(sumsOf(saidParts(r)))(t), printed: must(sumsOf(printedParts(r)))(t)}
	}
	then, reworded, changed := kept(row("by the clock", "where are you")), kept(row("as assumed", "where are you")), kept(row("by the clock", "where were you"))
	if parts, printed := reworded.changed(then); len(parts) > 0 || printed {
		t.Errorf("new words of the program change %q", parts)
	}
	if parts, _ := changed.changed(then); !slices.Equal(parts, []string{partWords}) {
		t.Errorf("other words of the source change %q", parts)
	}
	old := FrozenRow{ID: then.ID, Sums: then.printed}
	if parts, printed := then.changed(old); len(parts) > 0 || !printed {
		t.Errorf("a bundle of an earlier version: %q", parts)
	}
	for _, c := range []struct {
		now  FrozenRow
		rows int
	}{{then, 0}, {reworded, 1}} {
		changes := &Changes{Since: 1}
		changes.row(c.now, map[timeline.ID]issuedRow{old.ID: {old, []Issued{{1, 1, "7"}}}})
		b := &Bundle{Changes: changes}
		if said := strings.Contains(fmt.Sprint(b.changes()), sayPrinted); len(changes.Changed) != c.rows || said != (c.rows > 0) {
			t.Errorf("%d rows are named as changed, want %d; it says of which version: %v", len(changes.Changed), c.rows, said)
		}
	}
}

// handOver freezes a served pack of the case as it is.
func (k *realCase) handOver(t *testing.T, set func(*Selection)) *Bundle {
	t.Helper()
	b := k.planned(t, Served, func(s *Selection) { s.Freeze, s.Moment = true, Moment{}; set(s) })
	if err := b.Write(t.Context(), filepath.Join(t.TempDir(), "b"), WriteOptions{Still: asItIs}); err != nil {
		t.Fatal(err)
	}
	return b
}

// A row that names a file whose sum this pack does not give has not changed: the sum
// is of the pack, and nothing that was said about the event.
func TestServedSupplementHasNoRowThatIsAsItWas(t *testing.T) {
	k := newCase(t)
	k.laterWith(t, "note.eml", "The letter is attached.", "2024-03-15 10:00", timeline.Attachment{Name: "unknown.xyz", Item: 4, Hash: must(k.c.Item(4))(t).Hash})
	first := k.handOver(t, unchanged)
	if i := slices.IndexFunc(first.Exhibits, func(e Exhibit) bool { return e.Item == 4 }); i < 0 || !first.Exhibits[i].NoSum {
		t.Fatal("the pack gives the sum of the file: this test would see nothing")
	}
	k.later(t, "second.eml", "I am outside.", "2024-03-16 13:00")
	b := k.handOver(t, func(s *Selection) { s.Continue = 1 })
	if c := b.Changes; b.Rows != 1 || c.Added.Len() != 1 || len(c.Changed) != 0 || len(b.Exhibits) != 1 {
		t.Errorf("%d rows and %d exhibits: %+v", b.Rows, len(b.Exhibits), c)
	}
	if c := k.planned(t, Served, func(s *Selection) { s.Since, s.Moment = 1, Moment{} }).Changes; len(c.Changed) != 0 {
		t.Errorf("held against bundle 1: %+v", c.Changed)
	}
}

// A row that was left out and still is has not changed either, and the numbers of a
// supplement are not said to be those of the full pack, which may have other rows.
func TestServedSupplementHasNoRowThatWasLeftOutBefore(t *testing.T) {
	k := newCase(t)
	k.leaveOut(t, "where are you", "about another person")
	first := k.handOver(t, unchanged)
	if first.LeftOut == 0 {
		t.Fatal("no row is left out of bundle 1: this test would see nothing")
	}
	k.later(t, "second.eml", "I am outside.", "2024-03-16 13:00")
	b := k.handOver(t, func(s *Selection) { s.Continue = 1 })
	if b.Rows != 1 || b.LeftOut != 0 || b.Changes.Added.Len() != 1 {
		t.Errorf("%d rows, %d left out: %+v", b.Rows, b.LeftOut, b.Changes)
	}
	k.leaveOut(t, "I am outside", "about another person")
	text := dump(t, k.planned(t, Served, func(s *Selection) { s.Freeze, s.Continue, s.Moment = true, 2, Moment{} }))
	for _, never := range []string{"numbers are those of the full pack", "hold for this bundle, and for the other pack"} {
		if strings.Contains(text, never) {
			t.Errorf("a supplement says %q", never)
		}
	}
	if !strings.Contains(text, "left out of this pack. The numbers go on from those of that bundle") {
		t.Errorf("rows left out of a supplement:\n%s", text)
	}
}

// Of a row in which a word is withheld that was not before, it is said that this is
// what has changed; what a source or a person said is as it was.
func TestWithheldSinceIsSaidAsThat(t *testing.T) {
	k := newCase(t)
	k.handOver(t, unchanged)
	must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "THIRD_PARTY", Text: "letter"}, timeline.WithholdingDraft{Code: "THIRD_PARTY", Text: "live now"}))(t)
	k.tag(t, "where are you", "", "")
	b := k.planned(t, Served, func(s *Selection) { s.Freeze, s.Continue, s.Moment = true, 1, Moment{} })
	for _, r := range b.Changes.Changed {
		row := readRow(t, b, r.Row)
		want := []string{partMarks}
		if strings.Contains(row.Text, "[withheld") {
			want = []string{partWithheld}
		}
		if !slices.Equal(r.Parts, want) {
			t.Errorf("row %d, %q: %q has changed, want %q", r.Row, row.Text, r.Parts, want)
		}
	}
	if text := dump(t, b); len(b.Changes.Changed) != 2 || !strings.Contains(text, partWithheld) || !strings.Contains(text, "Rows left out now") {
		t.Errorf("%+v\n%s", b.Changes, text)
	}
}

// Nor has what a person gives for an event changed where a detail that was shown, such
// as the place, or the addresses of a person, is not chosen any more.
func TestChosenNoMoreIsSaidAsWithheld(t *testing.T) {
	k := newCase(t)
	who := k.x.People()
	must(k.x.WriteIncident(t.Context(), timeline.IncidentDraft{Occurred: must(timeline.Typed("2024-03-16 14:00", "", "", k.c.Zone()))(t), What: "He stood there.",
		Place: timeline.IncidentPlace{Text: "at the bus stop"}}))(t)
	k.handOver(t, func(s *Selection) {
		s.Show = []Detail{ShowPlace, ShowAddresses}
		s.About = []int64{who[0].Number}
	})
	b := k.planned(t, Served, func(s *Selection) { s.Since, s.Moment = 1, Moment{} })
	if len(b.Changes.Changed) == 0 {
		t.Fatal("nothing has changed: this test would see nothing")
	}
	for _, r := range b.Changes.Changed {
		if !slices.Equal(r.Parts, []string{partWithheld}) {
			t.Errorf("row %d: %q has changed", r.Row, r.Parts)
		}
	}
	k.handOver(t, unchanged)
	b = k.planned(t, Served, func(s *Selection) { s.Since, s.Show, s.Moment = 2, []Detail{ShowPlace}, Moment{} })
	for _, r := range b.Changes.Changed {
		if slices.Contains(r.Parts, partWithheld) {
			t.Errorf("row %d shows more and is said to be withheld: %q", r.Row, r.Parts)
		}
	}
	for shown, b := range map[bool]*Bundle{true: b, false: k.planned(t, Served, unchanged)} {
		if sought := slices.ContainsFunc(b.Secrets, func(s leak.Secret) bool { return strings.Contains(s.Text, "bus stop") }); sought == shown {
			t.Errorf("places are shown: %v; this one is looked for as withheld: %v", shown, sought)
		}
	}
}

// readRow is a row of a bundle by its number.
func readRow(t *testing.T, b *Bundle, n int) (row Row) {
	t.Helper()
	for r, err := range b.Walk(t.Context(), n, n) {
		row = must(r, err)(t)
	}
	return row
}

// What the other side has been given is no leak in the supplement to it.
func TestSupplementMayRepeatWhatWasIssued(t *testing.T) {
	k := newCase(t)
	k.handOver(t, unchanged)
	k.later(t, "second.eml", "He waited at the bus stop, for an hour.", "2024-03-16 13:00")
	b := k.handOver(t, func(s *Selection) { s.Continue = 1 })
	for _, s := range b.Secrets {
		if strings.Contains(s.Text, "bus stop") {
			t.Errorf("%q is looked for as %q; bundle 1 has it", s.Text, s.What)
		}
	}
	if !slices.ContainsFunc(b.Secrets, func(s leak.Secret) bool { return strings.Contains(s.Text, "Acacia") }) {
		t.Error("what the place of the incident is, is not looked for")
	}
}

// Pages that were counted through are not counted on by section, nor the other way
// round.
func TestSupplementNumbersAsTheBundleDoesThatItContinues(t *testing.T) {
	byPage, bySection := General, ProfileOf(must(profiles.Named("EW-family-2026"))(t))
	for _, c := range []struct {
		first, then Profile
		refused     bool
	}{{byPage, byPage, false}, {bySection, bySection, false}, {byPage, bySection, true}, {bySection, byPage, true}} {
		k := newCase(t)
		sel := selection
		sel.Freeze = true
		b := must(Plan(t.Context(), k.c, k.x, sel, c.first, Full))(t)
		if err := b.Write(t.Context(), filepath.Join(t.TempDir(), "b"), WriteOptions{Still: asItIs}); err != nil {
			t.Fatal(err)
		}
		k.later(t, "second.eml", "I am outside.", "2024-03-16 13:00")
		sel.Continue = 1
		_, err := Plan(t.Context(), k.c, k.x, sel, c.then, Full)
		if c.refused != errors.Is(err, errNumbering) || c.refused && !strings.Contains(err.Error(), c.first.Name) {
			t.Errorf("%s on %s: %v", c.then.Name, c.first.Name, err)
		}
	}
}

// Rows that were not selected are listed one by one where they are few, and otherwise by
// their numbers, each once.
func TestManyRowsThatAreGoneAreFolded(t *testing.T) {
	c := &Changes{Changed: []ChangedRow{{Row: 1, Issued: []Issued{{Bundle: 1, Row: 1}}, Parts: []string{partMarks}}}}
	listed := func() string {
		var out strings.Builder
		dumpSection(t, &out, Section{Blocks: []Block{c.table()}}, "#")
		return out.String()
	}
	for n := 2; n < 2+goneShown; n++ {
		c.Gone = append(c.Gone, ChangedRow{Issued: []Issued{{Bundle: 1, Row: n}}})
	}
	if got := listed(); strings.Count(got, sayNowGone) != goneShown {
		t.Errorf("a few are not listed one by one:\n%s", got)
	}
	c.Gone = append(c.Gone, ChangedRow{Issued: []Issued{{Bundle: 2, Row: 90}, {Bundle: 1, Row: 40}}}, ChangedRow{Issued: []Issued{{Bundle: 1, Row: 50}}})
	got := listed()
	for _, want := range []string{"bundle 1, rows 2–13, 50 | 13: " + sayNowGone, "bundle 2, rows 90 | 1: " + sayNowGone, partMarks} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}
