package report

import (
	"context"
	"reflect"
	"slices"

	"daybook/evidence"
	"daybook/report/protected"
	"daybook/timeline"
)

// Standing is in how much of the case a protected word stands.
type Standing struct {
	Rows  int `json:"rows"`  // in whose texts it stands
	Names int `json:"names"` // of files, in which it stands
	// Street counts the rows that name the street of an address without its number, or with
	// that in words, which a pack shows.
	Street int `json:"street_rows,omitempty"`
}

// Nowhere tells of a word that stands in nothing that was looked through: perhaps
// it is not spelt as it is there.
func (s Standing) Nowhere() bool { return s.Rows+s.Names == 0 }

// Standings counts where protected words stand, by the entry that withholds each: a
// word of the whole case in all rows and names of files, also in those over which it is
// split, one of a single row in that row. What files hold beside their rows, as pictures do, is not looked through, so
// that a word of one file has no count.
func Standings(ctx context.Context, c *evidence.Case, x *timeline.Index, list []timeline.Withholding) (map[uint64]Standing, error) {
	s := standingOf(list)
	if err := split(ctx, x, s); err != nil {
		return nil, err
	}
	if err := s.names(ctx, c); err != nil {
		return nil, err
	}
	if err := s.rows(ctx, x, func() bool { return false }); err != nil {
		return nil, err
	}
	found := map[uint64]Standing{}
	for _, w := range s.words {
		found[w.of.Number] = w.Standing
	}
	return found, nil
}

// standing is the count while it goes on.
type standing struct {
	all   *protected.Words // of all words, to pass over a text without any of them once
	any   *protected.Words // of these and of the streets of addresses
	words []standingWord
}

type standingWord struct {
	Standing
	of     timeline.Withholding
	alone  *protected.Words     // two that are written alike are each counted
	street *protected.Words     // of an address; nil of any other word
	split  map[timeline.ID]bool // rows in which a piece of it stands, that goes on in another
}

func standingOf(list []timeline.Withholding) *standing {
	s := &standing{}
	list = slices.DeleteFunc(slices.Clone(list), func(w timeline.Withholding) bool { return w.Text == "" || w.Item != 0 })
	for _, w := range list {
		s.words = append(s.words, standingWord{of: w, alone: wordsOf([]timeline.Withholding{w}), street: streetOf(w)})
	}
	s.all = wordsOf(list)
	s.any = wordsOf(withStreets(list))
	return s
}

// streetOf is the street of an address that is withheld; nil where it is none.
func streetOf(w timeline.Withholding) *protected.Words {
	if writtenAs(w.Code) != protected.House {
		return nil
	}
	var words []protected.Word
	for _, street := range protected.Streets(w.Text) {
		words = append(words, protected.Word{Text: street})
	}
	return protected.New(words)
}

// withStreets adds the streets of addresses to what is withheld.
func withStreets(list []timeline.Withholding) []timeline.Withholding {
	all := slices.Clone(list)
	for _, w := range list {
		if writtenAs(w.Code) == protected.House {
			for _, street := range protected.Streets(w.Text) {
				all = append(all, timeline.Withholding{WithholdingDraft: timeline.WithholdingDraft{Text: street}})
			}
		}
	}
	return all
}

// joined notes in which rows pieces of a word stand that are withheld there.
func (s *standing) joined(before []scrap, next scrap) {
	if s == nil {
		return
	}
	crosses := false
	piecesOf(s.all, before, next, func(scrap, int, int, int) { crosses = true })
	if !crosses {
		return
	}
	for i, w := range s.words {
		if !w.of.Everywhere() {
			continue
		}
		piecesOf(w.alone, before, next, func(in scrap, _, _, _ int) {
			if s.words[i].split == nil {
				s.words[i].split = map[timeline.ID]bool{}
			}
			s.words[i].split[in.id] = true
		})
	}
}

// nowhere are the words that stand in nothing yet.
func (s *standing) nowhere() (words []string) {
	for _, w := range s.words {
		if w.Nowhere() {
			words = append(words, w.of.Text)
		}
	}
	return words
}

func (s *standing) names(ctx context.Context, c *evidence.Case) error {
	if s.all == nil {
		return nil
	}
	for item, err := range c.Items(ctx) {
		if err != nil {
			return err
		}
		if !s.all.In(item.Name) && !s.all.In(item.Path) {
			continue
		}
		for i, w := range s.words {
			if w.of.Everywhere() && (w.alone.In(item.Name) || w.alone.In(item.Path)) {
				s.words[i].Names++
			}
		}
	}
	return nil
}

// rows counts over all rows of the case, or until it is enough.
func (s *standing) rows(ctx context.Context, x *timeline.Index, enough func() bool) error {
	if s.all == nil {
		return nil
	}
	found, err := x.Find(ctx, timeline.Filter{})
	if err != nil {
		return err
	}
	for at := 0; at < found.Len() && !enough(); at += chunk {
		rows, err := found.Rows(at, min(chunk, found.Len()-at))
		if err != nil {
			return err
		}
		for _, r := range rows {
			s.row(r)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

func (s *standing) row(r timeline.Row) {
	var texts []string
	note := func(text string) string {
		if s.any.In(text) {
			texts = append(texts, text)
		}
		return text
	}
	r.Extra = slices.Clone(r.Extra)
	eachText(&r, note)
	if r.Incident != nil {
		v := *r.Incident
		everyText(reflect.ValueOf(&v).Elem(), note)
	}
	for i, w := range s.words {
		if w.split[r.ID] || (w.of.Everywhere() || w.of.Event == r.ID) && slices.ContainsFunc(texts, w.alone.In) {
			s.words[i].Rows++
		}
		if w.street != nil && (w.of.Everywhere() || w.of.Event == r.ID) && slices.ContainsFunc(texts, func(text string) bool { return w.street.In(w.alone.Clean(text)) }) {
			s.words[i].Street++
		}
	}
}
