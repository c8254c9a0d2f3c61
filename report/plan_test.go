package report

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/report/leak"
	"daybook/timeline"
)

var update = flag.Bool("update", false, "write the golden files")

// realCase is a small case with its timeline: a chat with a picture and a
// skipped line, an e-mail, a film that is named and missing, a place, an
// incident with a correction.
type realCase struct {
	c *evidence.Case
	x *timeline.Index
}

func newCase(t testing.TB) *realCase {
	t.Helper()
	c, err := evidence.Create(filepath.Join(t.TempDir(), "x.daybook"), evidence.CreateOptions{
		Title: "R v Smith", Zone: "Europe/London", Actor: "Jo O’Neill", Passphrase: "correct horse battery staple nine lives", KDF: keys.LeastCost(), Weak: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	ctx := t.Context()
	batch := must(c.Begin(ctx, "from the phone"))(t)
	add := func(name, kind, text string) evidence.Item {
		p := must(batch.Add(ctx, strings.NewReader(text), evidence.Provenance{Name: name, Path: "export/" + name, Type: kind, Size: -1, How: "file"}))(t)
		return atOnce(t, batch, p)
	}
	chat := add("_chat.txt", "text/plain; charset=utf-8", "12/03/2024, 14:03 - Alex: where are you\n???\n12/03/2024, 14:05 - Alex: IMG.png (file attached)\n13/03/2024, 09:00 - Sam: the address is private\n")
	picture := add("IMG.png", "image/png", string(pngChunk(tinyPicture(t), "tEXt", "Place\x0051.5 -0.1")))
	letter := add("letter.eml", "message/rfc822", "From: alex@example.org\n\nI know where you live now.\n")
	add("unknown.xyz", "application/octet-stream", "\x00\x01\x02")
	cutOff := add("calls.xml", "text/xml", "<calls>")
	asked := add("chat2.txt", "text/plain", "1/2/24 …")
	x := must(timeline.Open(ctx, c))(t)
	w := x.Begin(ctx, batch.Number())
	r := w.Read(chat, "chat", 1, map[string]string{"zone": "Europe/London"})
	alex, sam := timeline.Party{Name: "Alex"}, timeline.Party{Name: "Sam", Owner: true}
	event(t, r, timeline.Event{Kind: timeline.Message, When: at(t, "2024-03-12 14:03"), From: alex, Thread: "Alex", Text: "where are you", Source: timeline.Pinpoint{Record: "line 1"}})
	if err := r.Skip(timeline.Skip{Record: "line 2", Text: "??? no clock", Reason: "This line has no time."}); err != nil {
		t.Fatal(err)
	}
	event(t, r, timeline.Event{Kind: timeline.Message, When: at(t, "2024-03-12 14:05"), From: alex, Thread: "Alex", Source: timeline.Pinpoint{Record: "line 3"},
		Files: []timeline.Attachment{{Name: "IMG.png", Item: picture.Number, Hash: picture.Hash}, {Name: "VID.mp4", Missing: true, Note: "left out by the app"}}})
	event(t, r, timeline.Event{Kind: timeline.Message, When: at(t, "2024-03-13 09:00"), From: sam, Thread: "Alex", Text: "the address is private", Flags: []timeline.Flag{timeline.Edited}, Source: timeline.Pinpoint{Record: "line 4"}})
	closeReading(t, r)
	r = w.Read(letter, "mail", 2, map[string]string{"owner": "Jo O’Neill"})
	event(t, r, timeline.Event{Kind: timeline.Email, When: timeline.FromInstant(time.Date(2024, 7, 1, 8, 30, 0, 0, time.UTC), timeline.Second, "Mon, 1 Jul 2024 08:30:00 +0000"),
		From: timeline.Party{Address: "alex@example.org"}, To: []timeline.Party{{Owner: true}}, Text: "I know where you live now.", Extra: timeline.FactsOf("subject", "you", "x-originating-ip", "192.0.2.7"), Source: timeline.Pinpoint{Record: "message"}})
	closeReading(t, r)
	r = w.Read(picture, "photo", 1, nil)
	event(t, r, timeline.Event{Kind: timeline.Photo, When: at(t, "2024-03-12 14:04"), Place: timeline.Place{Lat: 51.5, Lon: -0.1, Fix: true}, Source: timeline.Pinpoint{Record: "exif"}})
	closeReading(t, r)
	r = w.Read(cutOff, "sms", 3, nil)
	if err := r.Close(errors.New("the file ends inside a record")); err != nil {
		t.Fatal(err)
	}
	must(w.Commit(ctx))(t)
	rec := timeline.Reconcile(batch.Number(), x.ReadingsOf(batch.Number()))
	rec.Unclaimed = append(rec.Unclaimed, timeline.Unclaimed{Item: 4, Path: "export/unknown.xyz", Type: "application/octet-stream"})
	rec.Asks = append(rec.Asks, timeline.Question{Item: asked.Number, Path: asked.Path, Question: "Which comes first, day or month?"})
	rec.Failed = append(rec.Failed, timeline.Failure{Item: letter.Number, Path: letter.Path, Reason: "a part of it lies too deep"}, timeline.Failure{Path: "export/locked", Reason: "permission denied"})
	if err := batch.Finish(ctx, rec); err != nil {
		t.Fatal(err)
	}
	in := timeline.IncidentDraft{Occurred: must(timeline.Typed("2024-03-14 19:30", "", "", c.Zone()))(t), What: "He waited at the bus stop.", Who: "Alex", HowKnown: "recognised",
		Place: timeline.IncidentPlace{Text: "12 Acacia Avenue", Protected: true}, PrivateNote: "I cried.", Witnesses: []timeline.Witness{{Name: "Kim", Contact: "07700 900999"}}, Codes: []string{"FOLLOW"}, Evidence: []int64{4, 99}}
	written := must(x.WriteIncident(ctx, in))(t)
	in.What = "He waited at the bus stop, for an hour."
	must(x.Correct(ctx, written.ID, in, "the duration was missing"))(t)
	return &realCase{c, x}
}

// atOnce is the item that was added: whoever waits for it without a word waits
// until the time of its group is over.
func atOnce(t testing.TB, b *evidence.Batch, p *evidence.Pending) evidence.Item {
	t.Helper()
	if err := b.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	return must(p.Item(t.Context()))(t)
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func at(t testing.TB, s string) timeline.When {
	t.Helper()
	local := must(time.Parse("2006-01-02 15:04", s))(t)
	return timeline.FromLocal(local, must(time.LoadLocation("Europe/London"))(t), timeline.Minute, s)
}

func event(t testing.TB, r *timeline.Reading, e timeline.Event) {
	t.Helper()
	if err := r.Event(e); err != nil {
		t.Fatal(err)
	}
}

func closeReading(t testing.TB, r *timeline.Reading) {
	t.Helper()
	if err := r.Close(nil); err != nil {
		t.Fatal(err)
	}
}

// tag marks the row whose text holds words, in private.
func (k *realCase) tag(t testing.TB, words, tag, note string) {
	t.Helper()
	found := must(k.x.Find(t.Context(), timeline.Filter{}))(t)
	for _, r := range must(found.Rows(0, found.Len()))(t) {
		if strings.Contains(r.Text, words) {
			must(k.x.Mark(t.Context(), timeline.MarkDraft{Events: []timeline.ID{r.ID}, Code: "CONTACT", Tag: tag, Note: note}))(t)
		}
	}
}

// leaveOut marks the row whose text holds words.
func (k *realCase) leaveOut(t testing.TB, words, why string) {
	t.Helper()
	found := must(k.x.Find(t.Context(), timeline.Filter{}))(t)
	for _, r := range must(found.Rows(0, found.Len()))(t) {
		if strings.Contains(r.Text, words) {
			must(k.x.Mark(t.Context(), timeline.MarkDraft{Events: []timeline.ID{r.ID}, LeftOut: why, Note: "for my solicitor"}))(t)
		}
	}
}

var selection = Selection{Version: "0.1.0", Sources: map[string]string{"chat": "WhatsApp chat", "mail": "e-mail", "photo": "photo"}, Moment: Moment{Time: sampleTime}}

func (k *realCase) plan(t testing.TB, pack Pack) *Bundle {
	t.Helper()
	return must(Plan(t.Context(), k.c, k.x, selection, General, pack))(t)
}

func TestPlan(t *testing.T) {
	k := newCase(t)
	k.leaveOut(t, "address", "about another person")
	for _, pack := range []Pack{Full, Served} {
		got := scrub(dump(t, k.plan(t, pack)))
		file := filepath.Join("testdata", "plan-"+string(pack)+".golden.txt")
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want := string(must(os.ReadFile(file))(t))
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s pack (-want +got):\n%s", pack, d)
		}
	}
}

// What a served pack must not hold stands nowhere in any file of it.
func TestServedPackHoldsNothingProtected(t *testing.T) {
	k := newCase(t)
	k.leaveOut(t, "address", "her new flat in Leeds")
	k.tag(t, "where are you", "before the move", "ask Kim")
	secrets := []string{"12 Acacia Avenue", "07700 900999", "I cried", "new flat in Leeds", "for my solicitor", "192.0.2.7", "51.50000", "the address is private", "from the phone", "chat2.txt", "??? no clock", "before the move", "ask Kim"}
	for _, pack := range []Pack{Full, Served} {
		dir := filepath.Join(t.TempDir(), "b")
		if err := k.planned(t, pack, func(s *Selection) { s.Private = pack == Full }).Write(t.Context(), dir, WriteOptions{Still: asItIs}); err != nil {
			t.Fatal(err)
		}
		tree := readTree(t, dir)
		for _, secret := range secrets {
			in := slices.DeleteFunc(slices.Sorted(keysOf(tree)), func(n string) bool { return !strings.Contains(string(tree[n]), secret) })
			if pack == Full && len(in) == 0 {
				t.Errorf("%q is not in the full pack: this test would see nothing", secret)
			}
			if pack == Served && len(in) > 0 {
				t.Errorf("%q is in the served pack: %v", secret, in)
			}
		}
		if v := verdict(t, dir); !v.OK() {
			t.Errorf("%s pack: %v", pack, v.Problems)
		}
	}
}

// A served pack prints the reasons that can be chosen and no other words; that a
// row is a place is a private reason like any other.
func TestReasonsTellNothing(t *testing.T) {
	row := func(kind timeline.Kind, why string) timeline.Row {
		r := timeline.Row{Event: timeline.Event{Kind: kind}}
		if why != "" {
			r.Marks = []timeline.Mark{{LeftOut: why}}
		}
		return r
	}
	all := Reasons()
	if len(all) != 5 {
		t.Errorf("%d reasons", len(all))
	}
	for _, r := range all {
		for _, said := range []string{r.Word, " " + strings.ToUpper(r.Word), r.Text} {
			if _, why := Served.row(row(timeline.Message, ReasonText(said)), nil); why != r.Text {
				t.Errorf("%q is printed as %q", said, why)
			}
		}
	}
	for _, own := range []string{"her new flat in Leeds", "private (her clinic)", "about another person: Kim"} {
		if _, why := Served.row(row(timeline.Message, own), nil); why != sayOtherReason {
			t.Errorf("%q is printed as %q", own, why)
		}
	}
	_, chosen := Served.row(row(timeline.Message, "private"), nil)
	if _, place := Served.row(row(timeline.Location, ""), nil); place != chosen {
		t.Errorf("a place is left out with %q, and what is private with %q", place, chosen)
	}
	if r, why := Full.row(row(timeline.Location, "her new flat in Leeds"), nil); why != "" || r.Marks == nil {
		t.Error("a full pack leaves a row out")
	}
}

// Acts of adding that brought nothing new are counted, not listed.
func TestBatchesThatBroughtNothing(t *testing.T) {
	k := newCase(t)
	add := func(texts ...string) {
		b := must(k.c.Begin(t.Context(), "later"))(t)
		for i, text := range texts {
			p := must(b.Add(t.Context(), strings.NewReader(text), evidence.Provenance{Name: fmt.Sprint(i, ".bin"), Type: "application/octet-stream", Size: -1, How: "file"}))(t)
			atOnce(t, b, p)
		}
		if err := b.Finish(t.Context(), timeline.Reconcile(b.Number(), nil)); err != nil {
			t.Fatal(err)
		}
	}
	add()
	add("\x00\x01\x02") // is in the case already
	add("new")
	add("new", "newer")
	add("new", "newer")
	text := dump(t, k.plan(t, Full))
	if want := "are not listed: 3 (No. 2–3, 6)."; !strings.Contains(text, want) {
		t.Errorf("the plan does not say %q", want)
	}
	_, table, _ := strings.Cut(text, sayBatches)
	table, _, _ = strings.Cut(table, "Acts of adding")
	var listed []string
	for _, m := range regexp.MustCompile(`\| \{\} (\d+) \|`).FindAllStringSubmatch(table, -1) {
		listed = append(listed, m[1])
	}
	if want := []string{"1", "4", "5"}; !slices.Equal(listed, want) {
		t.Errorf("batches %v are listed; want %v", listed, want)
	}
}

// Where the zones of most rows come from is said once, and beside the others.
func TestTheUsualZoneIsSaidOnce(t *testing.T) {
	text := dump(t, newCase(t).plan(t, Full))
	_, chronology, _ := strings.Cut(text, "# "+titleChronology)
	chronology, _, _ = strings.Cut(chronology, "\n#")
	if n := strings.Count(chronology, "assumed"); n != 1 || !strings.Contains(chronology, "GMT, UTC 14:03") {
		t.Errorf("“assumed” stands %d times in:\n%s", n, chronology)
	}
	if n := strings.Count(chronology, "BST (from UTC)"); n != 1 {
		t.Errorf("the row of another basis says so %d times", n)
	}
	for counts, want := range map[string]string{"aab": "a", "ab": "", "": "", "uuu": ""} {
		bases := map[string]int{}
		for _, c := range counts {
			bases[strings.Replace(string(c), "u", sayBasisUnknown, 1)]++
		}
		if got := most(bases); got != want {
			t.Errorf("most of %q: %q, want %q", counts, got, want)
		}
	}
}

func TestLabelsAreGivenOnce(t *testing.T) {
	k := newCase(t)
	some := selection
	some.Filter.Kinds = []timeline.Kind{timeline.Email}
	first := must(Plan(t.Context(), k.c, k.x, some, General, Full))(t)
	all := k.plan(t, Full)
	again := k.plan(t, Served)
	want := map[int64]string{3: "JO/1", 1: "JO/2", 2: "JO/3", 4: "JO/4"}
	for _, b := range []*Bundle{first, all, again} {
		for _, e := range b.Exhibits {
			if e.Label != want[e.Item] {
				t.Errorf("item %d is %s; want %s", e.Item, e.Label, want[e.Item])
			}
		}
	}
	if len(first.Exhibits) != 1 || len(all.Exhibits) != 4 {
		t.Errorf("%d and %d exhibits; want 1 and 4", len(first.Exhibits), len(all.Exhibits))
	}
	if first.Log.Entries+1 > all.Log.Entries || all.Log.Entries != again.Log.Entries {
		t.Errorf("the journal had %d, %d and %d entries", first.Log.Entries, all.Log.Entries, again.Log.Entries)
	}
}

// A bundle of a moment is the same when the case has moved on by entries that
// are not about rows.
func TestOneMomentOneBundle(t *testing.T) {
	k := newCase(t)
	b := k.plan(t, Full)
	dir := t.TempDir()
	write := func(name string, b *Bundle) map[string][]byte {
		if err := b.Write(t.Context(), filepath.Join(dir, name), WriteOptions{Still: asItIs}); err != nil {
			t.Fatal(err)
		}
		return readTree(t, filepath.Join(dir, name))
	}
	one := write("one", b)
	must(k.c.Record(t.Context(), "bundle", nil, map[string]string{"out": "one"}))(t)
	sel := selection
	sel.Moment = b.Moment
	two := write("two", must(Plan(t.Context(), k.c, k.x, sel, General, Full))(t))
	if d := cmp.Diff(one, two); d != "" {
		t.Errorf("two bundles of one moment differ:\n%s", d)
	}
}

func TestWriteRefusesAndCleansUp(t *testing.T) {
	b := newCase(t).plan(t, Full)
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "x"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := b.Write(t.Context(), full, WriteOptions{}); err == nil || !strings.Contains(err.Error(), ErrNotEmpty.Error()) {
		t.Errorf("a folder that holds something: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	above := t.TempDir()
	err := b.Write(ctx, filepath.Join(above, "b"), WriteOptions{Progress: func(int64, int64, string) {
		cancel()
	}})
	if err == nil {
		t.Error("a cancelled writing said that it was done")
	}
	if left := must(os.ReadDir(above))(t); len(left) != 0 {
		t.Errorf("a cancelled writing left %v", left)
	}
}

// A full pack of a choice opens what is about that choice, and no other words
// of the case.
func TestFullPackOpensWhatWasChosen(t *testing.T) {
	k := newCase(t)
	k.tag(t, "where are you", "before the move", "ask Kim")
	k.tag(t, "I know where", "letters", "keep the envelope")
	secrets := []string{"12 Acacia Avenue", "07700 900999", "I cried", "the address is private", "before the move", "ask Kim", "Which comes first", "???"}
	some := selection
	some.Filter.Kinds = []timeline.Kind{timeline.Email}
	b := must(Plan(t.Context(), k.c, k.x, some, General, Full))(t)
	dir := filepath.Join(t.TempDir(), "b")
	if err := b.Write(t.Context(), dir, WriteOptions{Still: asItIs}); err != nil {
		t.Fatal(err)
	}
	var opened strings.Builder
	for name, data := range readTree(t, dir) {
		if strings.HasPrefix(name, "log/entries/") {
			opened.Write(data)
		}
	}
	for _, secret := range secrets {
		if strings.Contains(opened.String(), secret) {
			t.Errorf("%q was not chosen, and an opened entry holds it", secret)
		}
	}
	for _, own := range []string{"letter.eml", "keep the envelope", `"create"`, `"reading"`, `"JO/1"`, "from the phone"} {
		if !strings.Contains(opened.String(), own) {
			t.Errorf("%q was chosen, and no opened entry holds it", own)
		}
	}
	if text := dump(t, b); strings.Contains(text, "???") || !strings.Contains(text, "in files that are not in this bundle: 1.") {
		t.Error("the words of a skipped record that was not chosen are shown, or it is not counted")
	}
	if v := verdict(t, dir); !v.OK() {
		t.Error(v.Problems)
	}
}

// A private note stays with the person: a full pack has neither the note nor the
// entries that hold it, unless it is asked for. A served pack refuses to be asked.
func TestPrivateNotes(t *testing.T) {
	k := newCase(t)
	never := selection
	never.Private = true
	if _, err := Plan(t.Context(), k.c, k.x, never, General, Served); !errors.Is(err, errPrivate) {
		t.Errorf("a served pack that is to have what is private: %v", err)
	}
	for asked, versions := range map[bool]int{false: 0, true: 2} {
		sel := selection
		sel.Filter.Kinds, sel.Private = []timeline.Kind{timeline.Incident}, asked
		diary := must(Plan(t.Context(), k.c, k.x, sel, General, Full))(t)
		opened := 0
		for e, err := range diary.Entries(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(e.Body), "12 Acacia Avenue") {
				opened++
			}
		}
		if opened != versions {
			t.Errorf("asked for: %t: %d versions of the incident are opened; want %d", asked, opened, versions)
		}
		text := dump(t, diary)
		if strings.Contains(text, "I cried.") != asked || strings.Contains(text, sayPrivateNote) == asked || strings.Contains(text, sayNotesOut) == asked {
			t.Errorf("asked for: %t: the plan says otherwise:\n%s", asked, text)
		}
		if _, found := checked(t, diary, []leak.Secret{{What: sayPrivateNote, Text: "I cried."}}); len(found.Findings) > 0 != asked {
			t.Errorf("asked for: %t: read again, the bundle holds %v", asked, found.Findings)
		}
	}
}

func TestNothingChosenIsAnError(t *testing.T) {
	k := newCase(t)
	before := k.c.Phrase()
	some := selection
	some.Filter.Parties = []string{"Nobody"}
	if _, err := Plan(t.Context(), k.c, k.x, some, General, Full); !errors.Is(err, ErrNothing) {
		t.Errorf("a choice that nothing matches: %v", err)
	}
	if k.c.Phrase() != before {
		t.Error("the journal was written to for a bundle that was not made")
	}
}

// Nothing of an earlier version is lost by a correction.
func TestCorrectionKeepsEveryField(t *testing.T) {
	k := newCase(t)
	w := k.x.Incidents()[0]
	in := w.Current().IncidentDraft
	in.Occurred = must(timeline.Typed("2024-03-16 20:45", "", "", k.c.Zone()))(t)
	in.Who, in.Place.Text, in.FeelingThen = "Sam", "the station", "afraid"
	must(k.x.Correct(t.Context(), w.ID, in, "it was another day"))(t)
	text := dump(t, k.plan(t, Full))
	for _, want := range []string{
		"Happened (changed) = Thu 14 Mar 2024 19:30 GMT", "Who (changed) = Alex", "Place (changed) = 12 Acacia Avenue",
		"version 3 has changed: Happened, Who, Place, Feeling then", "version 2 has changed: What happened\n",
		"What happened (changed) = He waited at the bus stop.\n", "corrected: this is version 3",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the plan does not say %q", want)
		}
	}
	shown := k.planned(t, Served, func(s *Selection) { s.Show = Details() })
	if served := dump(t, shown); strings.Contains(served, "Acacia") || !strings.Contains(served, "afraid") {
		t.Error("the served pack shows an earlier version's protected place, or loses a field that was asked for")
	}
}

func keysOf(m map[string][]byte) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// dump is a plan as text.
func dump(t testing.TB, b *Bundle) string {
	t.Helper()
	var out strings.Builder
	for i, p := range b.Pages {
		fmt.Fprintf(&out, "page %d: %s %q rows %s\n", i+1, p.File, p.Title, Span{p.First, p.Last})
	}
	for _, s := range b.Sections {
		dumpSection(t, &out, s, "#")
	}
	return out.String()
}

// aCount is what stands in a column that counts: a dash where nothing was counted, as the
// reason beside it says.
var aCount = regexp.MustCompile(`^([0-9]*|–)$`)

func dumpSection(t testing.TB, out *strings.Builder, s Section, level string) {
	t.Helper()
	fmt.Fprintf(out, "\n%s %s {%s}\n", level, s.Title, s.Anchor)
	for _, b := range s.Blocks {
		switch b := b.(type) {
		case Para:
			fmt.Fprintf(out, "  %s\n", marked(b.Runs))
		case Bullets:
			for _, i := range b.Items {
				fmt.Fprintf(out, "  - %s\n", marked(i))
			}
		case QR:
			fmt.Fprintf(out, "  QR code: %s\n", b.Caption)
		case Facts:
			for _, f := range b.List {
				fmt.Fprintf(out, "  %s = %s\n", f.Name, marked(f.Value))
			}
		case Table:
			fmt.Fprintf(out, "  table %q\n", b.Title)
			for l, err := range b.Rows(t.Context()) {
				if err != nil {
					t.Fatal(err)
				}
				var cells []string
				for _, c := range l.Cells {
					cells = append(cells, marked(c))
				}
				for _, at := range b.Counts {
					if len(l.Cells) == len(b.Cols) && !aCount.MatchString(textOf(l.Cells[at])) {
						t.Errorf("%s: column %q counts nothing: %q", s.Title, b.Cols[at].Title, textOf(l.Cells[at]))
					}
				}
				fmt.Fprintf(out, "  | {%s} %s\n", l.Anchor, strings.Join(cells, " | "))
			}
		default:
			fmt.Fprintf(out, "  %T %+v\n", b, b)
		}
	}
	if s.Parts == nil {
		return
	}
	for part, err := range s.Parts(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		dumpSection(t, out, part, level+"#")
	}
}

// marked is runs with their links.
func marked(runs []Run) string {
	var s strings.Builder
	for _, r := range runs {
		s.WriteString(plain([]Run{r}))
		if r.Link != "" {
			s.WriteString("->" + r.Link)
		}
	}
	return strings.ReplaceAll(s.String(), "\n", " / ")
}

// scrub takes out what differs from case to case: its ID, keys, hashes of
// salted entries, and the time of the test.
func scrub(s string) string {
	year := time.Now().Format("2006")
	for _, r := range []struct{ pattern, with string }{
		{year + `-\d\d-\d\d \d\d:\d\d:\d\d( [+-]\d\d:\d\d)?`, "<now>"},
		{` – \d\d:\d\d:\d\d`, " – <now>"},
		{`(Case number = ).*`, "$1<id>"},
		{`(Journal head = ).*`, "$1<hash>"},
		{`(As a phrase = ).*`, "$1<words>"},
		{`(Fingerprint = ).*`, "$1<key>"},
		{`\d+ days after`, "<days> after"},
	} {
		s = regexp.MustCompile(r.pattern).ReplaceAllString(s, r.with)
	}
	return s
}
