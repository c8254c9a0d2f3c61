package casework

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"daybook/timeline"
)

// oneself are words for the person who writes, where it is asked at whom an
// incident was aimed.
var oneself = []string{"me", "myself", "self", "reporter"}

// AimedAt is at whom an incident was aimed, where that was another than the person
// who wrote it down.
func AimedAt(v timeline.Version) string {
	s := oneLine(v.AimedAt)
	if slices.Contains(oneself, strings.ToLower(s)) || strings.EqualFold(s, oneLine(v.By)) {
		return ""
	}
	return s
}

// ChildrenThere is what somebody wrote of children who were there; empty where they
// wrote that there were none.
func ChildrenThere(v timeline.Version) string {
	if strings.EqualFold(strings.TrimSpace(v.Children), "no") {
		return ""
	}
	return v.Children
}

// ChildMarked tells that somebody marked that a child was there.
func ChildMarked(r timeline.Row) bool { return hasTag(r, tagChild) }

// reached are the parts of life whose change shows that it reached others.
var reached = []string{"work", "school or study", "friends and family", "children"}

// Tags of the law's data that patterns look for.
const (
	tagByProxy  = "by_proxy"
	tagChild    = "child_present"
	tagPrivate  = "shows_private_knowledge"
	noWordsSaid = "not said"
)

// reach is whom it reached beside the person, field by field.
func (m Material) reach(context.Context) ([]Figure, error) {
	aimed, children, places := tally{group: "aimed at"}, tally{group: "children present"}, tally{group: "place"}
	marked, changed := tally{group: "marked"}, tally{group: "what changed"}
	for _, r := range m.Rows {
		if v := r.Incident; v != nil {
			if s := strings.ToLower(AimedAt(*v)); s != "" {
				aimed.add(s, r.ID)
			}
			if s := strings.ToLower(oneLine(ChildrenThere(*v))); s != "" {
				children.add(s, r.ID)
			}
			if v.Place.Type == "work" || v.Place.Type == "school" {
				places.add(v.Place.Type, r.ID)
			}
		}
		for _, tag := range []string{tagByProxy, tagChild} {
			if hasTag(r, tag) {
				marked.add(tag, r.ID)
			}
		}
		if part := r.Extra.Get("part"); r.Kind == timeline.LifeChange && slices.Contains(reached, part) {
			changed.add(part, r.ID)
		}
	}
	return slices.Concat(aimed.list, children.list, places.list, marked.list, changed.list), nil
}

func hasTag(r timeline.Row, tag string) bool {
	return !r.Kind.Register() && slices.ContainsFunc(r.Marks, func(k timeline.Mark) bool { return k.Tag == tag })
}

// private is what shows knowledge of private things, one by one, with the note and
// the name of whoever marked it.
func (m Material) private(context.Context) ([]Figure, error) {
	var list []Figure
	for _, r := range m.Rows {
		if !hasTag(r, tagPrivate) {
			continue
		}
		var notes []string
		for _, k := range r.Marks {
			if k.Tag == tagPrivate {
				notes = append(notes, "marked by "+k.By)
			}
			if k.Note != "" {
				notes = append(notes, k.Note)
			}
		}
		list = append(list, figure("", dayWords(r.When, m.Index.Zone()), excerpt(r.Text)+" ("+strings.Join(notes, "; ")+")", r.ID))
	}
	return list, nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// quoted is what a row says of its effect in the person's own words: the name of
// the field, and the words.
func quoted(r timeline.Row) (said [][2]string) {
	if v := r.Incident; v != nil {
		for _, q := range [][2]string{{"felt then", v.FeelingThen}, {"felt after", v.FeelingAfter}, {"changed", v.ChangeMade}} {
			if strings.TrimSpace(q[1]) != "" {
				said = append(said, q)
			}
		}
	}
	if r.Kind == timeline.LifeChange {
		said = append(said, [2]string{"changed, " + cmp.Or(r.Extra.Get("part"), noWordsSaid), r.Text})
	}
	return said
}

// impact is what the person said that it did to them: how many entries say so in
// each month, and each with its words.
func (m Material) impact(context.Context) ([]Figure, error) {
	months := tally{group: "by month"}
	var quotes []Figure
	for _, r := range m.Rows {
		said := quoted(r)
		if len(said) == 0 {
			continue
		}
		key := timeline.UnknownKey
		if at, ok := shownAt(r.When, m.Index.Zone()); ok && r.When.Known(timeline.Month) {
			key = at.Format("2006-01")
		}
		months.add(key, r.ID)
		for _, q := range said {
			quotes = append(quotes, figure("in their own words", dayWords(r.When, m.Index.Zone())+", "+q[0], q[1], r.ID))
		}
	}
	slices.SortStableFunc(months.list, func(a, b Figure) int {
		return cmp.Or(cmp.Compare(unknownLast(a), unknownLast(b)), cmp.Compare(a.Key, b.Key))
	})
	return append(months.list, quotes...), nil
}

func unknownLast(f Figure) int {
	if f.Key == timeline.UnknownKey {
		return 1
	}
	return 0
}
