package model

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daybook/report"
	"daybook/timeline"
)

// paperEntries are what the journal says of papers that were written.
func paperEntries(t *testing.T, d *Desk) (list []map[string]any) {
	t.Helper()
	for e, err := range d.c.Journal(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Action != string(report.ActionPaper) {
			continue
		}
		var detail map[string]any
		if err := json.Unmarshal(e.Detail, &detail); err != nil {
			t.Fatal(err)
		}
		list = append(list, detail)
	}
	return list
}

// part is a part of a section by its title.
func (p PaperPage) part(t *testing.T, section, title string) PaperPart {
	t.Helper()
	for _, s := range p.Sections {
		for _, part := range s.Parts {
			if s.ID == section && part.Title == title {
				return part
			}
		}
	}
	t.Fatalf("no %s in section %s: %+v", title, section, p.Sections)
	return PaperPart{}
}

// TestAPaperIsSeenBeforeItIsWritten: every field of it, held, missing or left out;
// to look writes nothing, and to write is in the journal with purpose, recipient and
// fields. What has no purpose is not written.
func TestAPaperIsSeenBeforeItIsWritten(t *testing.T) {
	d := practised(t)
	entered(t, d, timeline.CourtOrder, "1 May 2026", "", map[string]string{"sort": "other"})
	ctx, before := t.Context(), entries(t, d)
	asked := PaperAsked{ID: "breach-pack"}
	p, err := d.Paper(ctx, asked, noon)
	if err != nil || p.Ready || len(p.Ones) < 2 || p.One != "Orders, bail and licence conditions" {
		t.Fatalf("%+v, %v", p, err)
	}
	if has := p.part(t, "order", p.One).Has; !slices.Contains(has, "Terms") {
		t.Errorf("%q", has)
	}
	asked.One = p.Ones[0].Event
	if p, err = d.Paper(ctx, asked, noon); err != nil || !p.Ready {
		t.Fatalf("%+v, %v", p, err)
	}
	order := p.part(t, "order", p.One)
	if !slices.ContainsFunc(order.Held, func(s string) bool { return strings.HasPrefix(s, "Terms (") }) || len(order.Has) > 0 {
		t.Errorf("%+v", order)
	}
	if s := p.Sections[0]; s.ID != "order" || !strings.Contains(s.Text, "Terms") {
		t.Errorf("%+v", s)
	}
	to := PaperTo{Folder: t.TempDir(), Name: PaperName}
	if _, err := d.WritePaper(ctx, asked, to, noon); err == nil || !strings.Contains(err.Error(), "to whom") {
		t.Errorf("without a purpose: %v", err)
	}
	if entries(t, d) != before {
		t.Error("to look wrote into the journal")
	}
	to.Purpose, to.Recipient = " what came in October ", "PC Rook"
	path, err := d.WritePaper(ctx, asked, to, noon)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(data), "%PDF") || filepath.Base(path) != "notes.pdf" {
		t.Errorf("%s: %.10q, %v", path, data, err)
	}
	list := paperEntries(t, d)
	if len(list) != 1 || list[0]["purpose"] != "what came in October" || list[0]["recipient"] != "PC Rook" || !strings.Contains(strings.Join(texts(list[0]["fields"]), " "), "order/register order.terms") {
		t.Errorf("%v", list)
	}
	if again, err := d.WritePaper(ctx, asked, to, noon); err != nil || again == path {
		t.Errorf("the second is %s, %v", again, err)
	}
	for _, bad := range []PaperTo{{Name: "x"}, {Folder: d.c.Dir(), Name: "x"}, {Folder: to.Folder, Name: "a/b"}, {Folder: to.Folder, Name: "con"}} {
		if _, err := d.PaperPlace(bad); err == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}

func texts(v any) (list []string) {
	for _, e := range v.([]any) {
		list = append(list, e.(string))
	}
	return list
}

// TestAnAnswerStandsInItsPaper: with its state and reason, and in its table; what
// nothing is done about needs no words, and an answer does.
func TestAnAnswerStandsInItsPaper(t *testing.T) {
	d := opened(t)
	ctx := t.Context()
	item := PaperItem{Paper: "spo-steps", Item: "S7"}
	e, err := d.AnswerPaper(item, noon)
	if err != nil {
		t.Fatal(err)
	}
	if drafts, err := d.Drafts(); err != nil || len(drafts) > 0 || !e.Form.blank() {
		t.Errorf("%v, %v: it has not been written on", drafts, err)
	}
	if _, err := e.Save(ctx, noon); err == nil || !strings.Contains(err.Error(), "own words") {
		t.Errorf("an empty answer: %v", err)
	}
	e.Form.Fields["state"], e.Form.Fields["owner"], e.Form.ToDo.Day = "under way", "PC Vale", "10 January 2027"
	if _, err := e.Save(ctx, noon); err != nil {
		t.Fatal(err)
	}
	p, err := d.Paper(ctx, PaperAsked{ID: "spo-steps"}, noon)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(p.Sections, func(s PaperSection) bool { return s.ID == "S7" })
	if got := p.Sections[i].State; !strings.HasPrefix(got, "Under way, done by PC Vale, due 2027-01-10") {
		t.Errorf("%q", got)
	}
	path, err := d.WritePaper(ctx, PaperAsked{ID: "spo-steps", Welsh: true}, PaperTo{Purpose: "to keep track", Recipient: "the supervisor", Folder: t.TempDir(), Name: "steps", Table: true}, noon)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) != 11 || filepath.Ext(path) != ".csv" {
		t.Fatalf("%s: %d rows, %v", path, len(rows), err)
	}
	if row := rows[7]; row[1] != "Gwneud cais i'r llys ynadon." || row[2] != "ar y gweill" || row[4] != "PC Vale" {
		t.Errorf("in Welsh: %q", row)
	}
	if n := len(d.x.Registers(timeline.Answer)); n != 1 {
		t.Errorf("%d answers", n)
	}
}

// TestEveryPaperIsListedOnce, each under those whom it is for, and each can be asked
// for of a case that holds nothing.
func TestEveryPaperIsListedOnce(t *testing.T) {
	d := opened(t)
	shelves, err := Papers(false)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, s := range shelves {
		if len(s.Papers) == 0 {
			t.Errorf("nothing stands under %s", s.Title)
		}
		for _, of := range s.Papers {
			p, err := d.Paper(t.Context(), PaperAsked{ID: of.ID}, noon)
			if err != nil || seen[of.ID] || len(p.Sections) != len(of.Sections) || p.Ready != (of.One == "") {
				t.Errorf("%s: %d sections, ready %v, twice %v, %v", of.ID, len(p.Sections), p.Ready, seen[of.ID], err)
			}
			seen[of.ID] = true
		}
	}
	if len(seen) < 25 {
		t.Errorf("%d papers", len(seen))
	}
}
