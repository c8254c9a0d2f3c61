//go:build linux

package main

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// shapes are the fields of docs/DESIGN.md, "Terminal program": those that are
// always there, and after the bar those that stand beside them where they are
// set. Scripts lean on them.
var shapes = map[string]string{
	"timeline":    "id kind when from to text files place source marks flags | directed incident about written_by thread extra claims",
	"when":        "instant local zone basis precision raw | until",
	"from":        "name address | owner called",
	"files":       "name item sha256 missing | path type note",
	"source":      "item sha256 path record importer version",
	"marks":       "entry by at | code tag note exhibit left_out",
	"items":       "item sha256 size name path type parent batch added how deleted",
	"skips":       "item path record text reason importer",
	"journal":     "seq time actor action subject detail prev hash",
	"people":      "person name handles first last events sent | about owner shown flags perhaps alike",
	"handles":     "handle address kind strength reason printed first last events sent | about by at owner given shown flags",
	"perhaps":     "persons strength reason | for against by at entry",
	"alike":       "name person other",
	"add":         "batch files items events skips failed unclaimed attachments first last asks sources",
	"attachments": "named found missing",
	"asks":        "item question choices | path what",
	"choices":     "value | example",
}

func (s *sampleRun) json(t *testing.T) {
	c := filepath.Join(s.demo, "sample.daybook")
	events := s.events(t)
	if len(events) < len(s.truth.Records)+len(s.truth.Incidents) {
		t.Errorf("%d events", len(events))
	}
	for _, e := range events {
		shaped(t, "timeline", e)
	}
	for _, command := range []string{"items", "people", "journal"} {
		list := s.list(t, command, c)
		if len(list) == 0 {
			t.Errorf("%s prints nothing", command)
		}
		for _, one := range list {
			shaped(t, command, one)
		}
	}
	// What leaves something open: an order of dates that the file cannot tell,
	// and a record that is no event.
	chat := s.write(t, "WhatsApp Chat with Ann.txt", "04/05/2024, 21:05 - Ann: first\n04/05/2024, 21:06 - Ann: second\n")
	calls := s.write(t, "calls-1.xml", `<?xml version='1.0' encoding='UTF-8'?><calls count="1"><call number="+447700900001" duration="1" date="1730000000000" type="1"/><oddity/></calls>`)
	out := filepath.Join(s.root, "shape.daybook")
	if err := makeCase(out); err != nil {
		t.Fatal(err)
	}
	rec := decoded(t, command(t, 3, "add", out, chat, calls, "--json"))[0]
	shaped(t, "add", rec)
	if len(rec["asks"].([]any)) != 1 {
		t.Errorf("asks: %v", rec["asks"])
	}
	skips := decoded(t, command(t, 0, "skips", out, "--json"))
	if len(skips) == 0 {
		t.Error("skips prints nothing")
	}
	for _, skip := range skips {
		shaped(t, "skips", skip)
	}
}

// shaped compares the fields of an object, and of what lies in it, with their
// shape.
func shaped(t *testing.T, name string, object map[string]any) {
	t.Helper()
	must, may, _ := strings.Cut(shapes[name], "|")
	fields := slices.Sorted(maps.Keys(object))
	for _, f := range strings.Fields(must) {
		if !slices.Contains(fields, f) {
			t.Fatalf("%s: there is no %q in %v", name, f, fields)
		}
	}
	for _, f := range fields {
		if !slices.Contains(strings.Fields(must+" "+may), f) {
			t.Fatalf("%s: nobody told of %q", name, f)
		}
		within := f
		if f == "to" {
			within = "from"
		}
		if _, known := shapes[within]; !known || within == "items" || within == "skips" {
			continue
		}
		switch v := object[f].(type) {
		case map[string]any:
			shaped(t, within, v)
		case []any:
			for _, one := range v {
				shaped(t, within, one.(map[string]any))
			}
		case nil:
			if f != "from" && f != "when" {
				t.Fatalf("%s: %q is null; want an empty list", name, f)
			}
		}
	}
}
