package report

import (
	"slices"
	"strings"
	"testing"

	"daybook/evidence"
	"daybook/timeline"
)

// A served pack has no card of an address book but those of the persons whom it is
// about, and of theirs the numbers that it shows of them: of any other not so much as
// the name, and its row says why.
func TestContactCardsOfAServedPack(t *testing.T) {
	k := newCase(t)
	ctx := t.Context()
	batch := must(k.c.Begin(ctx, ""))(t)
	w := k.x.Begin(ctx, batch.Number())
	p := must(batch.Add(ctx, strings.NewReader("BEGIN:VCARD"), evidence.Provenance{Name: "people.vcf", Path: "people.vcf", Type: "text/vcard", Size: -1, How: "file"}))(t)
	r := w.Read(atOnce(t, batch, p), "contacts", 1, nil)
	const mine = "+44 7700 900555" // which stands on the card of another too
	event(t, r, timeline.Event{Kind: timeline.Message, When: at(t, "2024-04-02 10:00"), From: timeline.Party{Address: mine, Owner: true}, Text: "hello", Source: timeline.Pinpoint{Record: "a message"}})
	for _, card := range [][]string{{"Auntie Bogna", "+44 7700 900888"}, {"Dan Other", "+44 7700 900777", mine}} {
		e := timeline.Event{Kind: timeline.Contact, Thread: "address book", Text: "contact: " + strings.Join(card, " "), Source: timeline.Pinpoint{Record: "card of " + card[0]}}
		for _, number := range card[1:] {
			e.To = append(e.To, timeline.Party{Name: card[0], Address: number})
		}
		event(t, r, e)
	}
	closeReading(t, r)
	must(w.Commit(ctx))(t)
	if err := batch.Finish(ctx, timeline.Reconcile(batch.Number(), k.x.ReadingsOf(batch.Number()))); err != nil {
		t.Fatal(err)
	}
	var dan int64
	for _, who := range k.x.People() {
		if who.Shown() == "Dan Other" {
			dan = who.Number
		}
	}
	for _, c := range []struct {
		show        []Detail
		about       []int64
		has, hasNot []string
	}{
		{nil, nil, []string{sayContactCard}, []string{"Auntie", "900888", "Dan Other", "900777", "900555"}},
		{[]Detail{ShowAddresses}, nil, []string{sayContactCard}, []string{"Auntie", "900888", "Dan Other", "900777", "900555"}},
		{nil, []int64{dan}, []string{sayContactCard, "contact: Dan Other +44 7700 900777 " + sayAddress}, []string{"Auntie", "900888", "900555"}},
	} {
		b := k.planned(t, Served, func(s *Selection) { s.Show, s.About, s.Moment = c.show, c.about, Moment{} })
		text := dump(t, b)
		for _, has := range c.has {
			if !strings.Contains(text, has) {
				t.Errorf("about %v, showing %v: %q is missing", c.about, c.show, has)
			}
		}
		for _, has := range c.hasNot {
			if strings.Contains(text, has) {
				t.Errorf("about %v, showing %v: %q is in the pack", c.about, c.show, has)
			}
		}
		if slices.ContainsFunc(b.Exhibits, func(e Exhibit) bool { return e.Name == "people.vcf" && e.File != "" }) {
			t.Error("the address book is in the pack as a file")
		}
		if _, found := checked(t, b, b.Secrets); len(found.Findings) > 0 {
			t.Errorf("about %v, showing %v: %+v", c.about, c.show, found.Findings)
		}
	}
}
