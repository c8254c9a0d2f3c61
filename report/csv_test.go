package report

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daybook/timeline"
)

// readSheet reads a CSV file back.
func readSheet(t *testing.T, data []byte) [][]string {
	t.Helper()
	if !bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		t.Error("the file has no byte order mark")
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestSheetsReadBack(t *testing.T) {
	s := newSample(t, Full)
	tree := readTree(t, s.write(t))
	rows := readSheet(t, tree["data/chronology.csv"])
	if len(rows) != 1+len(s.rows) {
		t.Fatalf("%d lines for %d rows", len(rows), len(s.rows))
	}
	for i, r := range s.rows {
		got := rows[i+1]
		if got[0] != strconv.Itoa(r.Number) || strings.TrimPrefix(got[10], "'") != r.Text || got[18] != r.Label || got[20] != r.LeftOut {
			t.Errorf("row %d reads back as %q", r.Number, got)
		}
	}
	if text := rows[2][10]; !strings.HasPrefix(text, "'=HYPERLINK") {
		t.Errorf("a formula stands as %q", text)
	}
	exhibits := readSheet(t, tree["data/exhibits.csv"])
	for i, e := range s.bundle.Exhibits {
		got := exhibits[i+1]
		if got[0] != e.Label || got[8] != e.Hash.String() || got[15] != e.File || got[17] != e.Rows.String() {
			t.Errorf("exhibit %s reads back as %q", e.Label, got)
		}
	}
}

// A zone that is an offset stands in tables as a zone, and not as a formula that was
// made harmless.
func TestAnOffsetIsNoFormula(t *testing.T) {
	for zone, want := range map[string]string{"+01:00": "UTC+01:00", "-03:30": "UTC-03:30", "Europe/London": "Europe/London", "": ""} {
		if got := cell((Time{Zone: zone}).zoneCell()); got != want {
			t.Errorf("%q stands as %q, want %q", zone, got, want)
		}
	}
}

// TestDirectionStands: no table names somebody as whom a message went to where its
// source does not say who sent it, without saying so.
func TestDirectionStands(t *testing.T) {
	e := timeline.Event{Kind: timeline.Call, To: []timeline.Party{{Address: "07700900123"}}, When: timeline.FromInstant(time.Unix(1_700_000_000, 0), timeline.Second, "")}
	for _, from := range []timeline.Party{{}, {Owner: true}} {
		e.From = from
		r := Row{Data: &timeline.Row{Event: e}, To: "07700900123", With: !e.Directed()}
		for name, cells := range map[string][]string{"chronology": r.cells(), "timesketch": r.sketch()} {
			if got := cells[len(cells)-1]; (got == "") == r.With || r.With == from.Owner {
				t.Errorf("%s, from %+v: %q", name, from, got)
			}
		}
		if strings.Contains(r.described(), sayNoDirection) != r.With {
			t.Errorf("case.jsonld, from %+v: %q", from, r.described())
		}
	}
}

// The words of a row come back from events.jsonl as they came.
func TestEventsReadBack(t *testing.T) {
	k := newCase(t)
	dir := t.TempDir() + "/b"
	if err := k.plan(t, Full).Write(t.Context(), dir, WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	found := must(k.x.Find(t.Context(), timeline.Filter{}))(t)
	rows := must(found.Rows(0, found.Len()))(t)
	lines := bytes.Split(bytes.TrimSuffix(readTree(t, dir)["data/events.jsonl"], []byte("\n")), []byte("\n"))
	for _, got := range readSheet(t, readTree(t, dir)["data/chronology.csv"])[1:] {
		if got[6] == "incident" && (got[7] != "" || got[22] != "Alex" || got[23] != "Jo O’Neill") {
			t.Errorf("an incident is from %q, about %q, by %q", got[7], got[22], got[23])
		}
	}
	if len(lines) != len(rows) {
		t.Fatalf("%d lines for %d rows", len(lines), len(rows))
	}
	for i, line := range lines {
		r := must(timeline.ParseJSONL(line))(t)
		if r.ID != rows[i].ID || r.Text != rows[i].Text || r.When.Raw != rows[i].When.Raw {
			t.Errorf("line %d is %s %q, the row is %s %q", i+1, r.ID, r.Text, rows[i].ID, rows[i].Text)
		}
	}
}

// No value of any kind starts like a formula, and taking the apostrophe away
// gives it back.
func TestCellsAreNoFormulas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[=+\-@\t\r\n'].*`)).Draw(t, "value")
		c := cell(s)
		if c != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(c)[0]) {
			t.Fatalf("%q starts like a formula", c)
		}
		if strings.ContainsFunc(c, unprintable) {
			t.Fatalf("%q still has a control character", c)
		}
		if !strings.ContainsFunc(s, unprintable) && c != s && c != "'"+s {
			t.Fatalf("%q became %q", s, c)
		}
	})
}

// Names have no hidden character left, and keep every other.
func TestVisibleHidesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "name")
		v := visible(s)
		if strings.ContainsFunc(v, hidden) {
			t.Fatalf("%q still hides something", v)
		}
		if !strings.ContainsFunc(s, hidden) && v != s {
			t.Fatalf("%q became %q", s, v)
		}
	})
	if got := visible("photo\u202egpj.exe"); got != "photo[U+202E]gpj.exe" {
		t.Errorf("a turned name is shown as %q", got)
	}
}

func TestCellShowsControlCharacters(t *testing.T) {
	if got, want := cell("a\x1b[2J\x07\nb\tc"), "a[U+001B][2J[U+0007]\nb\tc"; got != want {
		t.Errorf("have %q, want %q", got, want)
	}
}
