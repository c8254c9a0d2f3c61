package report

import (
	"context"
	"slices"
	"strings"

	"daybook/report/protected"
	"daybook/timeline"
)

// In a chat one line is often sent in two, "17 Yew Tree" and "Close, Hove", and in the
// chronology they stand one under the other.

const (
	// nearby is how many bytes of a conversation are read together with the next message.
	nearby = 1000
	// leastSplit is how many letters a word has that is sought over the end of a message:
	// "to" and "M 25" are no Tom.
	leastSplit = 4
)

// scrap is the text of a message, or the part of it that is next to another.
type scrap struct {
	id   timeline.ID
	by   timeline.Party
	text string
	from int // where it begins in the row's text
}

// successive gives each message of the case with those before it in its conversation,
// and again with those of its sender alone where others write in between. It reads the
// whole case: of two messages one alone may have been chosen.
func successive(ctx context.Context, x *timeline.Index, joined func(before []scrap, next scrap)) error {
	type conversation struct {
		importer, thread string
		by               timeline.Party // zero: everybody
	}
	found, err := x.Find(ctx, timeline.Filter{})
	if err != nil {
		return err
	}
	said := map[conversation][]scrap{}
	for r, err := range found.All(ctx) {
		if err != nil {
			return err
		}
		if _, caption := r.Caption(); caption || r.Thread == "" || r.Text == "" {
			continue
		}
		all := conversation{importer: r.Source.Importer, thread: r.Thread}
		own := all
		own.by = r.From
		next := scrap{id: r.ID, by: r.From, text: r.Text}
		others := slices.ContainsFunc(said[all], func(m scrap) bool { return m.by != r.From })
		joined(said[all], next.beginning())
		if others {
			joined(said[own], next.beginning())
		}
		for _, in := range []conversation{all, own} {
			said[in] = lastOf(append(said[in], next.end()))
		}
	}
	return nil
}

// split notes protected words that are told over successive messages of one
// conversation, or of one of those who write in it: each piece is withheld where it
// stands, and counted there. Stands may be nil.
func split(ctx context.Context, x *timeline.Index, stands *standing, gates ...*gate) error {
	gates = slices.DeleteFunc(slices.Clone(gates), func(g *gate) bool { return g == nil || g.words.Len() == 0 })
	if len(gates) == 0 && (stands == nil || stands.all == nil) {
		return nil
	}
	err := successive(ctx, x, func(before []scrap, next scrap) {
		for _, g := range gates {
			g.joined(before, next)
		}
		stands.joined(before, next)
	})
	for _, g := range gates {
		g.withPassages()
	}
	return err
}

// splitWords notes the pieces of protected words for this bundle, and for the one before.
func (p *planner) splitWords(ctx context.Context) error {
	if p.gate != nil {
		p.stands = standingOf(p.withholdings())
	}
	return split(ctx, p.x, p.stands, p.gate, p.gateThen)
}

// joined notes the pieces of words.
func (g *gate) joined(before []scrap, next scrap) {
	piecesOf(g.words, before, next, func(in scrap, from, to, word int) {
		g.piece(in.id, in.from+from, in.from+to, g.codes[word])
	})
}

// piecesOf gives the pieces of words that begin in the messages before and end in the
// next one, each with the message in which it stands.
func piecesOf(words *protected.Words, before []scrap, next scrap, piece func(in scrap, from, to, word int)) {
	if len(before) == 0 {
		return
	}
	var b strings.Builder
	for _, m := range before {
		b.WriteString(m.text + "\n")
	}
	start := int64(b.Len())
	b.WriteString(next.text)
	text := b.String()
	for _, h := range words.Find(text) {
		if h.From >= start || h.To <= start || protected.Letters(text[h.From:h.To]) < leastSplit {
			continue
		}
		at := 0
		for _, m := range append(slices.Clip(before), next) {
			if from, to := max(int(h.From)-at, 0), min(int(h.To)-at, len(m.text)); from < to {
				piece(m, from, to, h.Word)
			}
			at += len(m.text) + 1
		}
	}
}

func (g *gate) piece(id timeline.ID, from, to int, code string) {
	w := timeline.Withholding{WithholdingDraft: timeline.WithholdingDraft{Code: code, Event: id, From: from, To: to}}
	if g.pieces == nil {
		g.pieces = map[timeline.ID]*passages{}
	}
	if g.pieces[id] == nil {
		g.pieces[id] = &passages{}
	}
	g.pieces[id].ranges = append(g.pieces[id].ranges, w)
}

// withPassages brings what a person withheld of a row together with its pieces.
func (g *gate) withPassages() {
	for id, p := range g.pieces {
		if on := g.rows[id]; on != nil {
			p.ranges = append(p.ranges, on.ranges...)
		}
		*p = *passagesOf(p.ranges)
	}
}

// cut are the passages that are taken out of a row's text; nil where none is.
func (g *gate) cut(id timeline.ID) *passages {
	if p := g.pieces[id]; p != nil {
		return p
	}
	return g.rows[id]
}

// beginning is what of a message is read with those before it, in whole words.
func (m scrap) beginning() scrap {
	if len(m.text) > nearby {
		if at := strings.LastIndexAny(m.text[:nearby], " \n"); at > 0 {
			m.text = m.text[:at]
		}
	}
	return m
}

// end is what of a message is read with those after it, in whole words.
func (m scrap) end() scrap {
	if far := len(m.text) - nearby; far > 0 {
		if at := strings.IndexAny(m.text[far:], " \n"); at >= 0 {
			m.from, m.text = far+at, m.text[far+at:]
		}
	}
	return m
}

// lastOf are the last messages of a conversation, as far as they are read together.
func lastOf(all []scrap) []scrap {
	first := len(all) - 1
	for size := len(all[first].text); first > 0 && size+len(all[first-1].text) < nearby; first-- {
		size += len(all[first-1].text)
	}
	return slices.Clone(all[first:])
}
