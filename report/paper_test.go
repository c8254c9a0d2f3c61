//go:build linux || darwin

package report

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"daybook/assets/papers"
	"daybook/report/papertest"
	"daybook/timeline"
)

// made plans a paper and reads its pages and its text.
func (k *realCase) made(t *testing.T, def papers.Paper, ask PaperAsk) (p *Paper, text string, pages []string) {
	t.Helper()
	p = must(PlanPaper(t.Context(), k.c, k.x, def, ask))(t)
	file := filepath.Join(t.TempDir(), "paper.pdf")
	f := must(os.Create(file))(t)
	must(p.WritePDF(t.Context(), f))(t)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := p.WriteText(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	return p, out.String(), wordsOnPages(papertest.Read(t, file))
}

// Every paper is made of a case, has its version, author, day of review and number
// on each page, and one that is not for the whole record has no address in it.
func TestEveryPaperIsMade(t *testing.T) {
	k := newCase(t)
	k.told(t)
	enquiry := must(k.x.Enter(t.Context(), timeline.RegisterDraft{Kind: timeline.Enquiry, Words: "the film", When: at(t, "2024-05-01 10:00"), Fields: map[string]string{"owner": "Jo", "state": "open"}}))(t)
	one := map[string]timeline.ID{"order": k.x.Registers(timeline.CourtOrder)[0].ID, "enquiry": enquiry.ID}
	whole := 0
	for _, def := range must(papers.All())(t) {
		p, text, pages := k.made(t, def, PaperAsk{One: one[def.One]})
		for i, page := range pages {
			if !def.Bare && (!strings.Contains(page, def.Version) || !strings.Contains(page, def.Author) || !strings.Contains(page, def.ReviewBy)) {
				t.Errorf("%s, page %d: no version, author or day: %s", def.ID, i+1, page)
			}
			if !regexp.MustCompile(fmt.Sprintf(`\b%d( |$)`, i+1)).MatchString(page) || strings.Contains(page, markNotFrozen) {
				t.Errorf("%s, page %d: no number, or the mark of a bundle: %s", def.ID, i+1, page)
			}
		}
		if def.Pages > 0 && len(pages) > def.Pages {
			t.Errorf("%s: %d pages", def.ID, len(pages))
		}
		if len(p.Items) != len(def.Sections) {
			t.Errorf("%s: %d items of %d", def.ID, len(p.Items), len(def.Sections))
		}
		for _, secret := range []string{"Hidden Mews", "900998", "only for me"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s says %q", def.ID, secret)
			}
		}
		if strings.Contains(text, "Cold with fear") {
			whole++
			if !def.Whole {
				t.Errorf("%s says what was protected", def.ID)
			}
		}
	}
	if whole == 0 {
		t.Error("no paper for the whole record has the effect: this test would see nothing")
	}
}

// What is withheld from the other side is in no paper but one for the whole record.
func TestAPaperWithholds(t *testing.T) {
	k := newCase(t)
	must(k.x.Enter(t.Context(), timeline.RegisterDraft{Kind: timeline.CourtOrder, Words: "x", When: at(t, "2024-05-01 10:00"), Fields: map[string]string{"sort": "other", "against": "Dan Reed"},
		Terms: []timeline.Term{{Text: "Dan is not to enter Larch Close, nor to speak to Mali or to Jo", People: "Dan; Mali Hughes (7), Jo; Reed (aged 9)", Places: "14 Ffordd y Castell; the mill"}, {Text: "not to be at 14a Ffordd y Castell", Places: "14 Ffordd y Castell", People: "none"},
			{Text: "To stay away from Rowan Primary, RW1 2AB, and from Rose Lane", Sort: "prohibition"}, {Text: "Not to ring 07700 900461 nor to follow AB12 CDE along Castell Row", People: "none", Places: "3 Castell Row"}}}))(t)
	must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "ADDRESS", Text: "Larch Close"}))(t)
	for name, want := range map[string]bool{"pack-police": true, "pack-school": false} {
		def := must(papers.Named(name))(t)
		p, text, _ := k.made(t, def, PaperAsk{})
		for _, word := range []string{"Larch Close", "Mali", "(7)", "Ffordd", "the mill", "Rowan", "RW1", "Rose Lane", "900461", "AB12", "Castell Row"} {
			if strings.Contains(text, word) != want {
				t.Errorf("%s: %q is in it: %t: %s", name, word, !want, text)
			}
		}
		if !want && !strings.Contains(text, "Dan is not to enter [withheld: address], nor to speak to [withheld: another person] or to Jo; people: Dan; Jo; [withheld: another person]; places: [withheld: address]") {
			t.Errorf("%s: %s", name, text)
		}
		if !want && (p.TermsApart != 1 || !strings.Contains(text, "3. "+sayTermApart+"; prohibition") || !strings.Contains(text, "4. Not to ring [withheld: telephone number] nor to follow [withheld: vehicle] along [withheld: address]; places")) || want && p.Untold() != "" {
			t.Errorf("%s: %d terms are withheld: %s", name, p.TermsApart, text)
		}
		for _, field := range []string{termPeople, termPlaces} {
			fields := must(PaperFields(def, false))(t)
			if i := slices.IndexFunc(fields, func(f PaperField) bool { return f.Field == field }); i < 0 || strings.Contains(fields[i].Label, "mark") == want {
				t.Errorf("%s: field %s is at %d", name, field, i)
			}
		}
	}
}

// Material for a charge is no answer to which charge: somebody says that.
func TestMaterialSelectsNoCharge(t *testing.T) {
	k := newCase(t)
	k.told(t)
	p, _, _ := k.made(t, must(papers.Named("referral"))(t), PaperAsk{})
	for _, item := range p.Items {
		if item.ID == "R27" && (item.Held == 0 || item.State != StatePart) {
			t.Errorf("%d held, %s", item.Held, item.State)
		}
	}
}

// What was reported with an incident is no less reported than what the register has.
func TestAPaperNamesReportsOfIncidents(t *testing.T) {
	k := newCase(t)
	def := must(papers.Named("officer-brief"))(t)
	if _, text, _ := k.made(t, def, PaperAsk{}); strings.Contains(text, "station desk") {
		t.Fatalf("%s", text)
	}
	k.told(t)
	if _, text, _ := k.made(t, def, PaperAsk{}); !strings.Contains(text, "the station desk") {
		t.Errorf("%s", text)
	}
	must(k.x.Enter(t.Context(), timeline.RegisterDraft{Kind: timeline.ReportMade, Words: "told", When: at(t, "2024-05-02 10:00"), Fields: map[string]string{"body": "police", "name": "Kent", "reference": "n/a"}}))(t)
	_, text, _ := k.made(t, must(papers.Named("pack-housing"))(t), PaperAsk{})
	if _, under, _ := strings.Cut(text, "Reported under"); strings.Contains(under, "n/a") || strings.Contains(under[:min(200, len(under))], sayPaperNothing) || !strings.Contains(under, "without a crime or log number in a field of its own") {
		t.Errorf("%s", text)
	}
}

// What is held of each field is counted from what stands in the paper, before it is
// written: what nobody said is 0, and so is what is private until it is asked for.
func TestAPaperCountsWhatItsFieldsHold(t *testing.T) {
	k := newCase(t)
	k.told(t)
	must(k.x.Enter(t.Context(), timeline.RegisterDraft{Kind: timeline.Wish, Words: "no contact at all", When: at(t, "2024-05-02 10:00"), Fields: map[string]string{"by": "Jo"}}))(t)
	held := func(name string, ask PaperAsk) map[string]int {
		p, _, _ := k.made(t, must(papers.Named(name))(t), ask)
		n := map[string]int{}
		for _, f := range p.Fields {
			n[f.From+"."+f.Field] += f.Held
		}
		if all := must(PaperFields(p.Paper, ask.Private))(t); len(all) != len(p.Fields) {
			t.Errorf("%s: %d fields, and %d listed", name, len(p.Fields), len(all))
		}
		return n
	}
	order := k.x.Registers(timeline.CourtOrder)[0].ID
	n := held("breach-pack", PaperAsk{One: order})
	for field, want := range map[string]int{"register order.terms": 1, "register order.ends": 1, "register order.number": 0, "register breach.term": 0, "register order.items": 2} {
		if n[field] != want {
			t.Errorf("%s: %d", field, n[field])
		}
	}
	if got := held("wishes", PaperAsk{})["register wish.words"]; got != 0 {
		t.Errorf("a private wish that nobody asked for: %d", got)
	}
	if got := held("wishes", PaperAsk{Private: true})["register wish.words"]; got == 0 {
		t.Error("a wish that was asked for is not counted")
	}
}

// The sheet of statistics counts reports that were noted with incidents: whoever
// wrote them down in that place is not counted as one who told nobody.
func TestStatisticsCountReportsOfIncidents(t *testing.T) {
	k := newCase(t)
	def := must(papers.Named("statistics"))(t)
	const line = "noted with an incident\n    Count: "
	for _, want := range []string{"<5", "5+"} {
		if _, text, _ := k.made(t, def, PaperAsk{}); !strings.Contains(text, line+want+"\n") {
			t.Errorf("no %s: %s", want, text)
		}
		for range 5 {
			k.told(t)
		}
	}
}

// A protected word that is split over messages is withheld from a paper as from a served
// pack, by the same rule.
func TestAPaperWithholdsASplitWord(t *testing.T) {
	k := newCase(t)
	must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "ADDRESS", Text: "17 Yew Tree Close"}))(t)
	k.talk(t, "Alex", []string{"Alex", "Sam"}, "I know it is 17 Yew", "stop it", "Tree Close, Hove")
	first := []timeline.ID{k.find(t, "17 Yew")}
	must(k.x.Enter(t.Context(), timeline.RegisterDraft{Kind: timeline.Answer, Words: "See what came.", When: at(t, "2024-05-02 10:00"), Events: first, Fields: map[string]string{"paper": "case", "item": "contact", "state": StateAnswered}}))(t)
	for name, whole := range map[string]bool{"pack-housing": false, "pack-police": true} {
		_, text, _ := k.made(t, must(papers.Named(name))(t), PaperAsk{})
		if strings.Contains(text, "17 Yew") != whole || !strings.Contains(text, "I know it is") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

// A small count cannot be worked out from the same entries counted by another field.
func TestTwoCountsTellNoSmallOne(t *testing.T) {
	for _, c := range []struct {
		a, b  breakdown
		tells bool
	}{
		{breakdown{n: []int{6, 1}}, breakdown{n: []int{7, 0}}, false},
		{breakdown{n: []int{9, 1}}, breakdown{n: []int{10, 0}}, true}, // 5 to 9 and a small one are 10 or more: it is one at the least
		{breakdown{n: []int{7, 4}}, breakdown{n: []int{5, 6}}, true},
		{breakdown{n: []int{16, 2}}, breakdown{n: []int{9, 9}}, true}, // 18 at the most, of which 15 at the least are others: no more than three
		{breakdown{n: []int{16, 2}}, breakdown{n: []int{9, 8}, unsaid: true}, false},
	} {
		if got := c.a.tells(c.b); got != c.tells {
			t.Errorf("%v beside %v: %t", c.a.n, c.b.n, got)
		}
	}
}
