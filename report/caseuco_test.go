package report

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

// Every object has an ID of its own and every ID that is named is there, with a
// UUID at its end; exhibits and messages read back as the plan has them.
func TestCaseGraphHoldsTogether(t *testing.T) {
	for _, pack := range []Pack{Full, Served} {
		t.Run(string(pack), func(t *testing.T) {
			k := newCase(t)
			k.leaveOut(t, "address", "about another person")
			b := k.plan(t, pack)
			g := caseGraph(t, b)
			for id := range g.named {
				if g.nodes[id] == nil {
					t.Errorf("%s is named and is not there", id)
				}
			}
			for i := range b.Exhibits {
				e := &b.Exhibits[i]
				if said := string(g.written); !strings.Contains(said, e.Hash.String()) || !strings.Contains(said, fmt.Sprintf("%q", e.Label)) {
					t.Errorf("exhibit %s is not in the graph with its SHA-256", e.Label)
				}
			}
			for r, err := range b.Walk(t.Context(), 1, b.Rows) {
				if err != nil {
					t.Fatal(err)
				}
				n := g.nodes["row "+r.ID.String()]
				switch {
				case r.LeftOut != "" && n != nil:
					t.Errorf("row %d is left out and stands in the graph", r.Number)
				case r.LeftOut == "" && n == nil:
					t.Errorf("row %d is not in the graph", r.Number)
				case r.LeftOut == "" && !strings.Contains(fmt.Sprint(n["core:description"]), r.Text):
					t.Errorf("row %d says %q for %q", r.Number, n["core:description"], r.Text)
				}
			}
		})
	}
}

type readGraph struct {
	written []byte
	nodes   map[string]map[string]any // by ID; a row also by "row " and its own ID
	named   map[string]bool
}

func caseGraph(t *testing.T, b *Bundle) *readGraph {
	t.Helper()
	dir := t.TempDir() + "/b"
	if err := b.Write(t.Context(), dir, WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	g := &readGraph{written: readTree(t, dir)["data/case.jsonld"], nodes: map[string]map[string]any{}, named: map[string]bool{}}
	var whole struct {
		Graph []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal(g.written, &whole); err != nil {
		t.Fatal(err)
	}
	for _, n := range whole.Graph {
		g.take(t, n)
	}
	names := graph{b: b}
	for r, err := range b.Walk(t.Context(), 1, b.Rows) {
		if err != nil {
			t.Fatal(err)
		}
		if n := g.nodes[names.id("row", r.ID.String())]; n != nil {
			g.nodes["row "+r.ID.String()] = n
		}
	}
	return g
}

// take lists an object, or what names one, and what it holds.
func (g *readGraph) take(t *testing.T, n map[string]any) {
	id, ok := n["@id"].(string)
	if ok && len(n) == 1 {
		g.named[id] = true
		return
	}
	if ok {
		if g.nodes[id] != nil {
			t.Errorf("%s is there twice", id)
		}
		if uuid := id[max(0, len(id)-36):]; strings.Count(uuid, "-") != 4 || uuid[14] != '8' {
			t.Errorf("%s does not end in a UUID", id)
		}
		g.nodes[id] = n
	}
	for _, v := range n {
		switch v := v.(type) {
		case map[string]any:
			g.take(t, v)
		case []any:
			for _, o := range v {
				if o, ok := o.(map[string]any); ok {
					g.take(t, o)
				}
			}
		}
	}
}

// A row with an instant stands in the Timesketch sheet at that instant; others,
// and those that are left out, do not.
func TestTimesketchReadsBack(t *testing.T) {
	k := newCase(t)
	k.leaveOut(t, "address", "about another person")
	b := k.plan(t, Served)
	dir := t.TempDir() + "/b"
	if err := b.Write(t.Context(), dir, WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	sheet := readSheet(t, readTree(t, dir)["data/timesketch.csv"])
	if got := strings.Join(sheet[0][:3], ","); got != "message,datetime,timestamp_desc" {
		t.Errorf("the sheet begins with %s", got)
	}
	sheet = sheet[1:]
	out := 0
	for r, err := range b.Walk(t.Context(), 1, b.Rows) {
		if err != nil {
			t.Fatal(err)
		}
		e, err := r.event()
		if err != nil {
			t.Fatal(err)
		}
		if r.LeftOut != "" || e.When.Instant == "" {
			out++
			continue
		}
		got := sheet[0]
		sheet = sheet[1:]
		at, err := time.Parse(time.RFC3339Nano, got[1])
		if err != nil {
			t.Fatal(err)
		}
		if want := strings.TrimSuffix(r.Time.UTC, "Z"); !strings.HasPrefix(at.Format("2006-01-02 15:04:05.000"), want) {
			t.Errorf("row %d stands at %s and happened %s", r.Number, got[1], want)
		}
		if text := strings.TrimPrefix(got[0], "'"); r.Text != "" && text != r.Text || got[3] != fmt.Sprint(r.Number) {
			t.Errorf("row %d reads back as %q", r.Number, got)
		}
	}
	if len(sheet) > 0 || out == 0 {
		t.Errorf("%d rows too many; %d are not in it", len(sheet), out)
	}
}
