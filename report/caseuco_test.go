package report

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
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
				if said := string(g.written); strings.Contains(said, e.Hash.String()) == e.NoSum || !strings.Contains(said, fmt.Sprintf("%q", e.Label)) {
					t.Errorf("exhibit %s is not in the graph with its SHA-256, or with one that is not shown", e.Label)
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
