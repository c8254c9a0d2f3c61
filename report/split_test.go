package report

import (
	"slices"
	"strings"
	"testing"

	"daybook/evidence"
	"daybook/timeline"
)

// chat adds messages of one conversation from one sender, a minute apart.
func (k *realCase) chat(t *testing.T, thread, sender string, lines ...string) {
	t.Helper()
	k.talk(t, thread, []string{sender}, lines...)
}

// talk adds messages of one conversation, each from the next of the senders.
func (k *realCase) talk(t *testing.T, thread string, senders []string, lines ...string) {
	t.Helper()
	ctx := t.Context()
	batch := must(k.c.Begin(ctx, ""))(t)
	w := k.x.Begin(ctx, batch.Number())
	p := must(batch.Add(ctx, strings.NewReader(thread+strings.Join(lines, "\n")), evidence.Provenance{Name: thread + ".txt", Path: thread + ".txt", Type: "text/plain", Size: -1, How: "file"}))(t)
	r := w.Read(atOnce(t, batch, p), "chat", 1, nil)
	for i, line := range lines {
		event(t, r, timeline.Event{Kind: timeline.Message, When: at(t, "2024-04-01 14:"+string(rune('1'+i/10))+string(rune('0'+i%10))), From: timeline.Party{Name: senders[i%len(senders)]}, Thread: thread, Text: line, Source: timeline.Pinpoint{Record: "line " + string(rune('a'+i))}})
	}
	closeReading(t, r)
	must(w.Commit(ctx))(t)
	if err := batch.Finish(ctx, timeline.Reconcile(batch.Number(), k.x.ReadingsOf(batch.Number()))); err != nil {
		t.Fatal(err)
	}
}

// A protected word that is sent in several messages is withheld from each of them, with
// the reason; what another conversation says between them, or words that are none, stay.
func TestAWordSplitOverMessagesIsWithheld(t *testing.T) {
	k := newCase(t)
	must(k.x.Withhold(t.Context(),
		timeline.WithholdingDraft{Code: "ADDRESS", Text: "17 Yew Tree Close"}, timeline.WithholdingDraft{Code: "PHONE", Text: "07911 123456"},
		timeline.WithholdingDraft{Code: "CHILD", Text: "Saoirse"}, timeline.WithholdingDraft{Code: "CHILD", Text: "Tom"},
	))(t)
	far := strings.Repeat("so it goes on ", 200)
	k.chat(t, "Alex", "Alex", "I know you moved to Flat 3, 17 Yew Tree", "Close, Hove", "her new number is 07911", "123456", "S", "a", "o", "irse is a nice name", "went to", "M 25", far+"at 17 Yew", "Tree Close? "+far)
	k.chat(t, "Others", "Rowan", "the one near 17 Yew", "Tree surgeons")
	var rows []string
	b := k.planned(t, Served, func(s *Selection) { s.Moment = Moment{} })
	if want := []string{"Tom"}; !slices.Equal(b.Told.Nowhere, want) {
		t.Errorf("%q stand nowhere, want %q", b.Told.Nowhere, want)
	}
	stands := must(Standings(t.Context(), k.c, k.x, k.x.Withholdings()))(t)
	for i, want := range []int{4, 2, 4, 0} {
		if w := k.x.Withholdings()[i]; stands[w.Number].Rows != want {
			t.Errorf("%s stands in %d rows, want %d", w.Text, stands[w.Number].Rows, want)
		}
	}
	for r, err := range b.Walk(t.Context(), 1, b.Rows) {
		if row := must(r, err)(t); row.Kind == timeline.Message.Title() {
			rows = append(rows, row.Text)
		}
	}
	said := strings.Join(rows, "|")
	for _, want := range []string{
		"moved to [withheld: address]|", "|[withheld: address], Hove|", "new number is [withheld: telephone number]|", "|[withheld: telephone number]|",
		"|[withheld: child]|[withheld: child]|", "|[withheld: child] is a nice name|", "|went to|", "|M 25|", "on at [withheld: address]|", "|[withheld: address]? so", "near 17 Yew|", "|Tree surgeons",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in %s", want, strings.ReplaceAll(said, far, "…"))
		}
	}
}

// A passage that a person withheld of a row stays withheld beside a piece of a word.
func TestAPieceStandsBesideAPassage(t *testing.T) {
	g := must(gateOf(nil, nil, []timeline.Withholding{
		{WithholdingDraft: timeline.WithholdingDraft{Code: "CHILD", Event: timeline.ID{1}, From: 0, To: 3}}, {WithholdingDraft: timeline.WithholdingDraft{Code: "ADDRESS", Text: "Yew Tree Close"}},
	}))(t)
	g.joined([]scrap{{id: timeline.ID{1}, text: "Ann is at Yew"}}, scrap{id: timeline.ID{2}, text: "Tree Close"})
	g.withPassages()
	if got, want := g.cut(timeline.ID{1}).blank("Ann is at Yew"), "[withheld: child] is at [withheld: address]"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// What somebody else writes between does not keep a word together from being withheld,
// in a bundle of one of its messages as in a bundle of all.
func TestAWordSplitBySomebodyElseIsWithheld(t *testing.T) {
	k := newCase(t)
	must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "ADDRESS", Text: "17 Yew Tree Close"}))(t)
	k.talk(t, "Alex", []string{"Alex", "Sam"}, "I know it is 17 Yew", "stop it", "Tree", "please, Close the chat", "Close, Hove", "ok")
	texts := func(b *Bundle) (all []string) {
		for r, err := range b.Walk(t.Context(), 1, b.Rows) {
			if row := must(r, err)(t); row.Kind == timeline.Message.Title() {
				all = append(all, row.Text)
			}
		}
		return all
	}
	whole := strings.Join(texts(k.planned(t, Served, unchanged)), "|")
	if want := "I know it is [withheld: address]|stop it|[withheld: address]|please, Close the chat|[withheld: address], Hove|ok"; !strings.HasSuffix(whole, want) {
		t.Errorf("%q, want %q", whole, want)
	}
	one := texts(k.planned(t, Served, func(s *Selection) { s.Filter.Words = "Yew" }))
	if want := []string{"I know it is [withheld: address]"}; !slices.Equal(one, want) {
		t.Errorf("%q, want %q", one, want)
	}
}
