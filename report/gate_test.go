package report

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"daybook/report/leak"
	"daybook/report/papertest"
	"daybook/timeline"
)

// filled fills every text, list and map in a value.
func filled(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			v.SetString(text)
		}
	case reflect.Struct:
		if v.Type().PkgPath() == "time" {
			return
		}
		for i := range v.NumField() {
			filled(v.Field(i), text)
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Struct || v.Type().Elem().Kind() == reflect.String {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			filled(v.Index(0), text)
		}
	case reflect.Map:
		if v.Type() == reflect.TypeFor[map[string]string]() {
			v.Set(reflect.ValueOf(map[string]string{"subject": text}))
		}
	}
}

// Every text of a row goes through the gate, those of fields too that are new.
func TestGateKnowsEveryTextOfARow(t *testing.T) {
	const secret = "12 High Street"
	g := must(gateOf(nil, &addresses{words: strings.NewReplacer()}, []timeline.Withholding{{WithholdingDraft: timeline.WithholdingDraft{Code: "ADDRESS", Text: secret}}}))(t)
	var row timeline.Row
	filled(reflect.ValueOf(&row).Elem(), secret)
	row.When.Zone, row.Source.Importer = "", "" // the program's own words
	row.Claims[0].When.Zone, row.Files[0].Type = "", ""
	row.Kind, row.Marks[0].LeftOut = timeline.Message, ""
	served, _ := Served.row(row, nil)
	row.Also[0].Importer = ""
	served.Also, served.Elsewhere, served.Differs, served.Read = row.Also, nil, nil, nil
	served.Extra = timeline.FactsOf("subject", secret)
	served.Marks = row.Marks
	served.Marks[0].LeftOut = secret
	for i := range served.Marks {
		served.Marks[i].Code = "" // of a list
	}
	shown, marks := g.row(served)
	if len(marks) != 1 || marks[0] != "[withheld: address]" {
		t.Error(marks)
	}
	everyText(reflect.ValueOf(&shown).Elem(), func(s string) string {
		if strings.Contains(s, secret) {
			t.Errorf("%q is left", s)
		}
		return s
	})
	if len(shown.Also) != 1 || shown.Also[0].Path != "[withheld: address]" {
		t.Errorf("%+v", shown.Also)
	}
	if shown.Extra.Get("subject") != "[withheld: address]" || shown.When.Raw != "[withheld: address]" {
		t.Errorf("%+v", shown)
	}
	var v timeline.Version
	filled(reflect.ValueOf(&v).Elem(), secret)
	v, _ = g.version(timeline.ID{}, v)
	everyText(reflect.ValueOf(&v).Elem(), func(s string) string {
		if strings.Contains(s, secret) {
			t.Errorf("%q is left in an incident", s)
		}
		return s
	})
}

// Of one reason, words that are kept out wherever they stand and a passage of a row are
// told apart: rows of the one are not said to hold the other.
func TestWordsAndPassagesOfOneReasonAreToldApart(t *testing.T) {
	k := newCase(t)
	must(k.x.Withhold(t.Context(),
		timeline.WithholdingDraft{Code: "SAFETY", Text: "quillwort"},
		timeline.WithholdingDraft{Code: "SAFETY", Event: k.find(t, "where are you"), From: 0, To: len("where")},
		timeline.WithholdingDraft{Code: "CHILD", Text: "alex"},
	))(t)
	kept := k.planned(t, Served, func(*Selection) {}).Told.Kept
	for mark, want := range map[string]int{withheldMark("SAFETY"): 1, withheldMark("CHILD"): 0} {
		if !slices.ContainsFunc(kept, func(k Kept) bool { return k.Mark == mark && k.Passages == want && len(k.Words) == 1 && k.Rows > 0 }) {
			t.Errorf("%s: %+v", mark, kept)
		}
	}
}

// A protected word stands in no file of a served pack, and its mark does; the
// full pack has it and lists it.
func TestProtectedWordIsInNoFile(t *testing.T) {
	k := newCase(t)
	id := k.find(t, "where are you")
	must(k.x.Withhold(t.Context(),
		timeline.WithholdingDraft{Code: "CHILD", Text: "alex"},
		timeline.WithholdingDraft{Code: "LOCATION", Text: "bus-stop"},
		timeline.WithholdingDraft{Code: "SAFETY", Event: id, From: 0, To: len("where")},
		timeline.WithholdingDraft{Code: "EMPLOYER_SCHOOL", Text: "Smith"},
		timeline.WithholdingDraft{Code: "THIRD_PARTY", Text: "O'Neill"},
	))(t)
	tree := k.served(t, Details()...)
	for name, data := range tree {
		for _, secret := range []string{"alex", "bus stop", "where are", "smith", "o’neill"} {
			if strings.Contains(strings.ToLower(string(data)), secret) {
				t.Errorf("%q is in %s", secret, name)
			}
		}
	}
	for _, said := range []string{"[withheld: child]", "[withheld: place], for an hour", "[withheld: safety] are you", "R v [withheld: work or school]", sayWithinRows} {
		if len(holds(tree, said)) == 0 {
			t.Errorf("the pack does not say %q", said)
		}
	}
	full := dump(t, k.planned(t, Full, func(s *Selection) { s.Moment = Moment{} }))
	for _, said := range []string{"Alex", "bus stop", titleWithheld, "bus-stop", "wherever it stands", " | where | Row 1"} {
		if !strings.Contains(full, said) {
			t.Errorf("the full pack does not say %q", said)
		}
	}
}

func (k *realCase) find(t testing.TB, words string) timeline.ID {
	t.Helper()
	found := must(k.x.Find(t.Context(), timeline.Filter{}))(t)
	for _, r := range must(found.Rows(0, found.Len()))(t) {
		if strings.Contains(r.Text, words) {
			return r.ID
		}
	}
	t.Fatalf("no row says %q", words)
	return timeline.ID{}
}

// Passages that lie over one another are taken out whole.
func TestPassagesLieOverOneAnother(t *testing.T) {
	p := passagesOf([]timeline.Withholding{
		{WithholdingDraft: timeline.WithholdingDraft{Code: "CHILD", From: 4, To: 8}}, {WithholdingDraft: timeline.WithholdingDraft{Code: "ADDRESS", From: 2, To: 6}},
		{WithholdingDraft: timeline.WithholdingDraft{Code: "PHONE", From: 9, To: 99}},
	})
	if got, want := p.blank("0123456789"), "01[withheld: address]8[withheld: telephone number]"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// The pixels of a withheld part are gone from the picture, with those of the
// blocks around it, and the file is not in the pack.
func TestPictureIsPaintedOver(t *testing.T) {
	k := newCase(t)
	must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "VEHICLE", Item: 2, Areas: []timeline.Area{{X: 100, Y: 100, Width: 50, Height: 30, Wide: 640, High: 320}}}))(t)
	white := func(_ context.Context, r io.Reader, _ Fit) (Still, error) {
		img := image.NewGray(image.Rect(0, 0, 320, 160))
		for i := range img.Pix {
			img.Pix[i] = 255
		}
		var b bytes.Buffer
		err := jpeg.Encode(&b, img, nil)
		return Still{b.Bytes(), 320, 160}, err
	}
	dir := filepath.Join(t.TempDir(), "b")
	b := k.planned(t, Served, func(s *Selection) { s.Show = Details() })
	if err := b.Write(t.Context(), dir, WriteOptions{Still: white}); err != nil {
		t.Fatal(err)
	}
	tree := readTree(t, dir)
	i := slices.IndexFunc(b.Exhibits, func(e Exhibit) bool { return e.Item == 2 })
	e := b.Exhibits[i]
	if e.File != "" || e.Withheld != sayWithheldArea {
		t.Errorf("%+v", e)
	}
	img := must(jpeg.Decode(bytes.NewReader(tree[e.Picture])))(t)
	for y := range 160 {
		for x := range 320 {
			got := color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y
			dark := x >= 48 && x < 80 && y >= 48 && y < 80
			if dark && got > 12 || !dark && got < 243 {
				t.Fatalf("at %d, %d: %d", x, y, got)
			}
		}
	}
	if text := dump(t, b); !strings.Contains(text, "[withheld: vehicle]") || !strings.Contains(text, sayWithinPictures) {
		t.Error("the pack does not say that a part is withheld")
	}
	if pages := wordsOnPages(papertest.Read(t, filepath.Join(dir, "data", "bundle.pdf"))); !together(pages, e.Label+": a copy to look at.", sayPicturePainted) {
		t.Error("the picture does not say that a part of it is painted over")
	}
}

// A word that is written from its end behind a sign that turns the direction round is
// seen as the word: it is withheld with it, and the leak check sees it. A full pack has
// it as it came.
func TestWordTurnedRoundIsWithheld(t *testing.T) {
	const turned = "\u202eknabhcraM yllit\u202c"
	k := newCase(t)
	k.later(t, "second.eml", "Ask for "+turned+" there.", "2024-03-12 13:00")
	loose := k.served(t)
	must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "CHILD", Text: "Tilly Marchbank"}))(t)
	b := k.planned(t, Served, func(s *Selection) { s.Moment = Moment{} })
	for name, data := range k.served(t) {
		if strings.Contains(string(data), "knabhcraM") {
			t.Errorf("it is in %s", name)
		}
	}
	for _, name := range []string{"data/chronology.csv", "data/events.jsonl"} {
		l := must(leak.Look(t.Context(), fstest.MapFS{name: {Data: loose[name]}}, b.Secrets, leak.Options{}))(t)
		if !slices.ContainsFunc(l.Findings, func(f leak.Finding) bool { return f.Text == "Tilly Marchbank" }) {
			t.Errorf("%s: the leak check does not see it: %+v", name, l.Findings)
		}
	}
	if text := dump(t, k.planned(t, Full, func(s *Selection) { s.Moment = Moment{} })); !strings.Contains(text, turned) {
		t.Error("the full pack does not have it as it came")
	}
}

// The list of rows in which something is withheld names each part that a row says is
// withheld of it, and that there are versions before; the page of the diary says so too.
func TestRowsInWhichSomethingIsWithheld(t *testing.T) {
	k := newCase(t)
	b := k.planned(t, Served, func(s *Selection) { s.Moment = Moment{} })
	text := dump(t, b)
	_, list, _ := strings.Cut(text, sayWithinRows)
	for r, err := range b.Walk(t.Context(), 1, b.Rows) {
		row := must(r, err)(t)
		if row.Incident == 0 {
			continue
		}
		line := fmt.Sprintf("| {} %d->row-%d | %s, %s\n", row.Number, row.Number, "place, witnesses", sayVersionsBefore)
		if !strings.Contains(list, line) {
			t.Errorf("%q is not in %s", line, list)
		}
		if sheet := fmt.Sprint(row.diaryPart("")); !strings.Contains(sheet, row.Flags[0]) {
			t.Errorf("the page of the diary does not say %q: %s", row.Flags[0], sheet)
		}
	}
}
