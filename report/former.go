package report

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"strings"

	"daybook/report/leak"
	"daybook/report/protected"
	"daybook/timeline"
)

// This file tells what an entry said before it was corrected from what the pack says all the
// same: a stretch of it that a row shows, its own or another, is no leak wherever it stands.

// former are the words of earlier versions.
type former struct {
	stretches *protected.Words
	said      map[string]bool // those of them that a row of this pack shows
	secrets   map[string]bool // texts that are withheld for no other reason than that they were corrected
}

// gatherFormer prepares what is looked for in the rows: whatever a correction changed.
func (p *planner) gatherFormer(context.Context) error {
	if p.gate == nil {
		return nil
	}
	p.former = former{said: map[string]bool{}, secrets: map[string]bool{}}
	parts := map[string]bool{}
	add := func(text string) {
		if text = strings.TrimSpace(text); protected.Letters(text) >= tellingNote {
			for _, part := range leak.Stretches(text) {
				parts[part] = true
			}
		}
	}
	for _, w := range p.written {
		now := fieldTexts(w.Current())
		for _, v := range w.Versions[:len(w.Versions)-1] {
			for _, said := range fieldTexts(v) {
				if !slices.Contains(now, said) {
					add(said.text)
				}
			}
		}
	}
	for _, r := range p.x.Registers() {
		now := r.Current()
		for _, v := range r.Versions[:len(r.Versions)-1] {
			if v.Words != now.Words {
				add(v.Words)
			}
			for id, text := range v.Fields {
				if text != now.Fields[id] {
					add(text)
				}
			}
		}
	}
	var words []protected.Word
	for _, part := range slices.Sorted(maps.Keys(parts)) {
		words = append(words, protected.Word{Text: part})
	}
	p.former.stretches = protected.New(words)
	return nil
}

// sayFormer notes which of them a row says, as this pack shows it.
func (p *planner) sayFormer(shown timeline.Row) {
	words := p.former.stretches
	if words == nil {
		return
	}
	see := func(s string) string {
		for _, h := range words.Find(s) {
			p.former.said[words.Word(h.Word).Text] = true
		}
		return s
	}
	see(shown.Text)
	for _, f := range shown.Extra {
		see(f.Value)
	}
	if w, ok := p.written[shown.ID]; ok {
		v, _ := p.readable(w)
		everyText(reflect.ValueOf(&v).Elem(), see)
	}
}

// tellFormer adds a text of an earlier version, of which the pack would show as much as of
// the current one. What is withheld for another reason too stays so.
func (p *planner) tellFormer(what, text string) {
	text = strings.TrimSpace(text)
	otherwise := p.secret[text] && !p.former.secrets[text]
	if p.tell(what, text, protected.Plain, tellingNote); p.secret[text] && !otherwise {
		p.former.secrets[text] = true
	}
}

// withoutSaid leaves away what the rows of this pack say of such texts, and those of which
// they say everything. Then no more is to be told: a plan that is kept holds none of it.
func (p *planner) withoutSaid() {
	defer func() { p.former = former{} }()
	for i := range p.b.Secrets {
		if s := &p.b.Secrets[i]; p.former.secrets[s.Text] && s.Sum == "" {
			s.Said = slices.DeleteFunc(leak.Stretches(s.Text), func(part string) bool { return !p.former.said[part] })
		}
	}
	p.b.Secrets = slices.DeleteFunc(p.b.Secrets, func(s leak.Secret) bool {
		return len(s.Said) > 0 && len(s.Said) == len(leak.Stretches(s.Text))
	})
}
