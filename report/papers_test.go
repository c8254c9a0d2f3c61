//go:build linux || darwin

package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"daybook/assets/profiles"
	"daybook/evidence/disk"
	"daybook/report/papertest"
	"daybook/timeline"
)

// told is an incident that says everything a person may protect.
func (k *realCase) told(t *testing.T) {
	t.Helper()
	_, err := k.x.WriteIncident(t.Context(), timeline.IncidentDraft{
		Occurred: must(timeline.Typed("2024-03-15 08:10", "", "", k.c.Zone()))(t), What: "He rang my new number.", Who: "Sam Hart", ExactWords: "found you", HowKnown: "his voice",
		FeelingThen: "Cold with fear", ChangeMade: "I changed my route", PrivateNote: "only for me", OrderInForce: "the order of May",
		Place: timeline.IncidentPlace{Text: "9 Hidden Mews"}, Protect: []string{timeline.ProtectPlace, timeline.ProtectFeelings},
		ReportedTo: []timeline.Report{{To: "the station desk", Officer: "PC Rook"}}, Support: "the helper Quill", Evidence: []int64{2},
		Witnesses: []timeline.Witness{{Name: "Kim", Contact: "07700 900998"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = k.x.Enter(t.Context(), timeline.RegisterDraft{Kind: timeline.CourtOrder, Words: "Not to contact Jo", When: at(t, "2024-05-01 10:00"), Ends: must(timeline.Typed("2025-05-01", "", "", k.c.Zone()))(t),
		Fields: map[string]string{"sort": "other"}, Terms: []timeline.Term{{Text: "not to enter Larch Close"}}, Items: []int64{3}})
	if err != nil {
		t.Fatal(err)
	}
}

func police(t *testing.T) Profile {
	t.Helper()
	return ProfileOf(must(profiles.Named("EW-criminal-police-pack"))(t))
}

// wordsOf are the words of a paper's pages, one after the other.
func wordsOnPages(p papertest.Paper) (pages []string) {
	for _, words := range p.Words {
		var s []string
		for _, w := range words {
			s = append(s, w.Text)
		}
		pages = append(pages, strings.Join(s, " "))
	}
	return pages
}

// A draft has the person's words, a mark on each page, and nothing that was
// protected, though the pack it is of is full.
func TestStatementIsTheirWordsAndNoMore(t *testing.T) {
	k := newCase(t)
	k.told(t)
	for _, w := range []timeline.WithholdingDraft{
		{Code: "PHONE", Text: "new number"}, {Code: "THIRD_PARTY", Text: "PC Rook"}, {Code: "SAFETY", Event: k.x.Incidents()[0].ID, To: len("He waited")},
	} {
		must(k.x.Withhold(t.Context(), w))(t)
	}
	b := k.plan(t, Full)
	file := filepath.Join(t.TempDir(), "draft.pdf")
	f := must(os.Create(file))(t)
	pages := must(b.WriteStatements(t.Context(), f))(t)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	all := wordsOnPages(papertest.Read(t, file))
	if len(all) != pages || b.Statements() != 1 {
		t.Errorf("%d pages and %d said, %d statements", len(all), pages, b.Statements())
	}
	for i, p := range all {
		if !strings.Contains(p, markDraft) {
			t.Errorf("page %d has no mark: %s", i+1, p)
		}
	}
	text := strings.Join(all, " ")
	for _, want := range []string{"Draft statement of Jo O’Neill", "[withheld: safety] at the bus stop, for an hour.", "He rang my [withheld: telephone number].", "found you", "his voice", "I changed my route", "Sam Hart", "Kim", "the station desk; [withheld: another person]", b.Exhibits[1].Label} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the draft:\n%s", want, text)
		}
	}
	for field, n := range map[string]int{"Place": 2, "Feeling then": 1, "Kim; how to reach them": 2} {
		if got := strings.Count(text, field+": "+sayOnSheet) + strings.Count(text, field+" "+sayOnSheet); got != n {
			t.Errorf("%s is said to be withheld %d times, want %d:\n%s", field, got, n, text)
		}
	}
	for _, secret := range []string{"Acacia", "Hidden Mews", "Cold with fear", "only for me", "I cried", "900999", "900998", "Quill", "new number", "Rook", "He waited"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is in the draft", secret)
		}
	}
	if _, err := k.plan(t, Served).WriteStatements(t.Context(), &bytes.Buffer{}); !errors.Is(err, ErrNoStatement) {
		t.Errorf("a served pack: %v", err)
	}
}

// Orders, effects and reports stand in the full pack; the served one has what it
// may show of them.
func TestWhatIncidentsSayIsGathered(t *testing.T) {
	k := newCase(t)
	k.told(t)
	full, served := dump(t, k.plan(t, Full)), dump(t, k.plan(t, Served))
	for _, want := range []string{"Other / Not to contact Jo", "not to enter Larch Close", "Order in force: the order of May", "Feeling then: Cold with fear", "What was changed: I changed my route", "Reported to: the station desk; PC Rook"} {
		if !strings.Contains(full, want) {
			t.Errorf("the full pack does not say %q", want)
		}
	}
	for _, secret := range []string{"Larch Close", "Cold with fear", "changed my route", "PC Rook", "Quill"} {
		if strings.Contains(served, secret) {
			t.Errorf("the served pack says %q", secret)
		}
	}
	if !strings.Contains(served, "Other / Not to contact Jo") {
		t.Error("the served pack has no order")
	}
}

// An order is made; that somebody was told is of a day, and nobody makes it.
func TestANoticeIsNotMade(t *testing.T) {
	for notice, want := range map[bool]string{false: "Made: 5 March\nServed: 6 March", true: "On: 5 March\nServed: 6 March"} {
		if got := textOf(order{Notice: notice, Made: "5 March", Served: "6 March"}.dates()); got != want {
			t.Errorf("notice %t: %q", notice, got)
		}
	}
}

// The schedule names each item once, and says of each whether it is here.
func TestScheduleListsAllMaterial(t *testing.T) {
	k := newCase(t)
	k.leaveOut(t, "where you live", "about another person")
	b := k.plan(t, Full)
	list := section(t, b, profiles.PartSchedule)
	for n := range k.c.Len() {
		item := must(k.c.Item(n + 1))(t)
		if got := strings.Count(list, ": "+item.Name+" | "); got != 1 {
			t.Errorf("item %d, %s, is listed %d times:\n%s", n+1, item.Name, got, list)
		}
	}
	for _, want := range []string{"JO/1->exhibit-1", sayHeldBroken, sayHeldUnread, "is held in the case as material, whether or not it is in this bundle: 6"} {
		if !strings.Contains(list, want) {
			t.Errorf("the schedule does not say %q:\n%s", want, list)
		}
	}
	k.freeze(t, unchanged)
	again := section(t, k.plan(t, Full), profiles.PartSchedule)
	for _, want := range []string{"whether or not it is in this bundle: 6", fmt.Sprintf(sayBesideOwn, "7") + " | 1 | 0"} {
		if !strings.Contains(again, want) {
			t.Errorf("after a bundle was frozen the schedule does not say %q:\n%s", want, again)
		}
	}
	served := section(t, k.plan(t, Served), profiles.PartSchedule)
	if strings.Contains(served, "unknown.xyz") || strings.Contains(served, "calls.xml") || !strings.Contains(served, sayScheduleServed) {
		t.Errorf("the served pack's schedule:\n%s", served)
	}
}

// section is a part of a bundle as text.
func section(t *testing.T, b *Bundle, part profiles.PartID) string {
	t.Helper()
	for _, s := range b.Sections {
		if s.Part == part {
			var out strings.Builder
			dumpSection(t, &out, s, "#")
			return out.String()
		}
	}
	t.Fatalf("no part %s", part)
	return ""
}

// What a page of continuity says stands in the journal, entry by entry, and
// nothing else does; what the pack does not open is counted.
func TestContinuityIsTheJournals(t *testing.T) {
	k := newCase(t)
	picture := k.plan(t, Full).Exhibits[1]
	painted := must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "CHILD", Item: picture.Item, Areas: []timeline.Area{{Width: 1, Height: 1, Wide: 2, High: 2}}}))(t)[0]
	if err := k.x.ShowAgain(t.Context(), painted.Number, "the wrong picture"); err != nil {
		t.Fatal(err)
	}
	for _, pack := range []Pack{Full, Served} {
		b := k.planned(t, pack, func(s *Selection) { s.Moment = Moment{} })
		bodies := map[uint64]string{}
		for e, err := range b.Entries(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			bodies[e.Seq] = string(e.Body)
		}
		for _, e := range b.Exhibits {
			s := b.steps[e.Item]
			if len(s.Known) == 0 {
				t.Errorf("%s pack: nothing is known of %s", pack, e.Label)
			}
			for _, x := range s.Known {
				if !strings.Contains(bodies[x.Entry], x.By) || bodies[x.Entry] == "" {
					t.Errorf("%s pack, %s: entry %d is said to be %q by %s and is %s", pack, e.Label, x.Entry, x.What, x.By, bodies[x.Entry])
				}
			}
			want := 0 // of its reading, and of its adding where that would tell its sum
			if e.Records > 0 {
				want++
			}
			if e.NoSum {
				want++
			}
			if e.Item == picture.Item { // that some of it was withheld, and is shown again
				want += 2
			}
			if said := fmt.Sprint(s.Known); pack == Full && strings.Contains(said, fmt.Sprintf(sayStepAgain, painted.Number)) != (e.Item == picture.Item) {
				t.Errorf("%s: %s", e.Label, said)
			}
			if pack == Served && s.Closed != want {
				t.Errorf("served pack, %s: %d entries are closed, want %d", e.Label, s.Closed, want)
			}
		}
	}
}

// The parts stand in the order of the profile, and where pages are counted by
// section each section has the next letter, though parts of it are not there.
func TestPartsStandInTheProfilesOrder(t *testing.T) {
	k := newCase(t)
	for _, court := range must(profiles.All())(t) {
		b := must(Plan(t.Context(), k.c, k.x, selection, ProfileOf(court), Full))(t)
		var letters string
		at := -1
		for _, s := range b.Sections {
			i := slices.IndexFunc(court.Order(), func(p profiles.Part) bool { return p.ID == s.Part })
			if i <= at {
				t.Errorf("%s: %s stands too late or is not asked for", court.ID, s.Part)
			}
			at, letters = i, letters+s.Letter
		}
		want := ""
		if court.Numbering == profiles.BySection {
			want = "ABCD" // no order was noted, and its section is left away
		}
		if letters != want {
			t.Errorf("%s: sections %q, want %q", court.ID, letters, want)
		}
	}
}

// The receipt names the list of the payload by its sum, and the journal's head.
func TestReceiptNamesWhatIsHandedOver(t *testing.T) {
	s := newSample(t, Full)
	dir := s.write(t)
	sum := sha256.Sum256(must(os.ReadFile(filepath.Join(dir, payloadList)))(t))
	text := strings.Join(wordsOnPages(papertest.Read(t, filepath.Join(dir, receiptFile))), " ")
	digits := hex.EncodeToString(sum[:])
	for _, want := range []string{groups(digits[:32], 8), groups(digits[32:], 8), s.bundle.Log.Phrase, s.bundle.Case} {
		if !strings.Contains(text, want) {
			t.Errorf("the receipt does not say %q:\n%s", want, text)
		}
	}
}

// Each statement and each exhibit is a file of its own with a plain name, what is
// not relied on stands apart, and no part is larger than it may be.
func TestPolicePackIsFiles(t *testing.T) {
	k := newCase(t)
	k.told(t)
	const most = 60_000
	for _, flat := range []bool{false, true} {
		b := must(Plan(t.Context(), k.c, k.x, selection, police(t), Full))(t)
		b.Flat = flat
		dir := filepath.Join(t.TempDir(), "b")
		if err := b.Write(t.Context(), dir, WriteOptions{Still: asItIs}); err != nil {
			t.Fatal(err)
		}
		if v := verdict(t, dir); !v.OK() {
			t.Errorf("flat %v: %v", flat, v.Problems)
		}
		parts := filepath.Join(t.TempDir(), "parts")
		bag := newBag(t.Context(), disk.OS, parts, nil)
		b.still = asItIs
		if err := errors.Join(b.writeOriginals(bag, b.originals()), b.writeStills(bag), b.fileIn(bag, most), bag.finish()); err != nil {
			t.Fatal(err)
		}
		b.checkFiles(t, readTree(t, parts), most)
	}
}

var plainFile = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.-]*\.[a-z0-9]+$`)

func (b *Bundle) checkFiles(t *testing.T, tree map[string][]byte, most int) {
	t.Helper()
	table := bytes.TrimPrefix(tree[filesDir+"/contents.csv"], []byte("\ufeff"))
	rows := must(csv.NewReader(bytes.NewReader(table)).ReadAll())(t)[1:]
	sizes, kinds := map[string]int{}, map[string]int{}
	for _, r := range rows {
		part, kind, label, name, sum := r[0], r[1], r[2], r[4], r[6]
		got := sha256.Sum256(tree[name])
		if hex.EncodeToString(got[:]) != sum || !plainFile.MatchString(path.Base(name)) {
			t.Errorf("%s: its sum is %x, the table says %s; or its name is not plain", name, got, sum)
		}
		if dirs := strings.Count(name, "/"); dirs != 4 && !b.Flat || dirs != 3 && b.Flat {
			t.Errorf("%s: flat is %v", name, b.Flat)
		}
		sizes[part] += len(tree[name])
		kinds[kind+" "+label]++
		delete(tree, name)
	}
	for _, e := range b.Exhibits {
		if kinds["exhibit "+e.Label] != 2 {
			t.Errorf("%s has %d files, want its pages and itself", e.Label, kinds["exhibit "+e.Label])
		}
	}
	if kinds["statement "] != 1 || kinds["unused "] != 1 {
		t.Errorf("%v", kinds)
	}
	if len(sizes) < 2 {
		t.Errorf("all is in %d part", len(sizes))
	}
	for part, size := range sizes {
		if size > most {
			t.Errorf("part %s has %d bytes, and may have %d", part, size, most)
		}
	}
	for name := range tree {
		if strings.HasPrefix(name, filesDir) && path.Base(name) != "contents.csv" {
			t.Errorf("%s is not in the table", name)
		}
	}
}

func TestLabelsBecomePlainNames(t *testing.T) {
	for label, want := range map[string]string{"MK/1": "MK-001", "ABC/1234": "ABC-1234"} {
		if got := plainLabel(label); got != want {
			t.Errorf("%s becomes %s, want %s", label, got, want)
		}
	}
	a, b := plainLabel("ÉK/2"), plainLabel("ÅK/2")
	if !plainFile.MatchString(a+".pdf") || !plainFile.MatchString(b+".pdf") || a == b || a == plainLabel("K/2") {
		t.Errorf("ÉK/2 becomes %s, ÅK/2 %s", a, b)
	}
}

// The headers of a letter stand in the full pack, up to its first empty line; a
// served pack has none, for they tell of networks.
func TestLettersShowTheirHeaders(t *testing.T) {
	k := newCase(t)
	for _, pack := range []Pack{Full, Served} {
		b := k.plan(t, pack)
		i := slices.IndexFunc(b.Exhibits, func(e Exhibit) bool { return e.Name == "letter.eml" })
		shown := 0
		for _, block := range b.content(b.Exhibits[i]) {
			x, ok := block.(Excerpt)
			if !ok {
				continue
			}
			got, err := b.begin(t.Context(), b.Exhibits[i], x)
			if said := got.said(b.Exhibits[i], x); err != nil || said != sayHeaders || got.text != "From: alex@example.org" {
				t.Errorf("%q, %q, %v", got.text, said, err)
			}
			shown++
		}
		if want := map[Pack]int{Full: 1, Served: 0}[pack]; shown != want {
			t.Errorf("%s pack: headers are shown %d times, want %d", pack, shown, want)
		}
	}
}

// A chart has a bar for each month, those without a row too; of a long time, for
// each year.
func TestChartLeavesNoMonthOut(t *testing.T) {
	var s summary
	for _, m := range []string{"2024-11", "2024-11", "2025-02", ""} {
		s.add("message", "chat", ofMonth{key: m}, "then")
	}
	want := []Bar{{"November 2024", 2}, {"December 2024", 0}, {"January 2025", 0}, {"February 2025", 1}}
	if got := s.bars(); got.Title != "By month" || !slices.Equal(got.Bars, want) {
		t.Errorf("%v, want %v", got, want)
	}
	s.add("message", "chat", ofMonth{key: "2029-02"}, "then")
	want = []Bar{{"2024", 2}, {"2025", 1}, {"2026", 0}, {"2027", 0}, {"2028", 0}, {"2029", 1}}
	if got := s.bars(); got.Title != "By year" || !slices.Equal(got.Bars, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// The schedule of a served pack counts of the exhibits those whose files are in it.
func TestScheduleCountsTheFilesThatAreThere(t *testing.T) {
	tree := newCase(t).served(t)
	there := 0
	for name := range tree {
		if strings.HasPrefix(name, "data/originals/") {
			there++
		}
	}
	if want := fmt.Sprintf("%q,4,%d\n", sayHeldExhibits, there); there == 4 || !strings.Contains(strings.ReplaceAll(string(tree["data/schedule.csv"]), "\r", ""), want) {
		t.Errorf("%q is not in %s", want, tree["data/schedule.csv"])
	}
}
