package ui

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"daybook/timeline"
	"daybook/timeline/casework"
	"daybook/ui/model"
)

// closerPages are the pages of whoever looks closer: what the law asks, the course of
// conduct, and each part of the pattern.
func closerPages(t *testing.T, w *Window) (list []scene) {
	t.Helper()
	ctx := t.Context()
	of, err := w.desk.Offences(ctx, model.LawAsked{}, w.env.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range of.List {
		if !strings.HasPrefix(o.Value, "EW-") {
			continue // the law of other countries is English
		}
		list = append(list, scene{"law-" + o.Value, func() {
			w.desk.KeepLaw(model.LawAsked{Offence: o.Value})
			w.show(lawID)
			w.unfoldAll()
		}})
	}
	for _, part := range []string{inOrder, guidance} {
		list = append(list, scene{"law-" + part, func() {
			w.desk.KeepLaw(model.LawAsked{Part: part})
			w.show(lawID)
			w.unfoldAll()
		}})
	}
	pattern := func(name string, a model.PatternAsked) {
		a.Days, a.Least = casework.UsualDays, casework.UsualSilence
		list = append(list, scene{"pattern-" + name, func() {
			w.desk.KeepPattern(a)
			w.show(patternID)
		}})
	}
	whole := model.PatternAsked{}
	for _, by := range []model.By{model.ByBehaviour, model.ByKind} {
		for _, part := range []string{byMonth, byHour, around} {
			whole.Part, whole.By = part, by
			pattern(part, whole)
		}
	}
	whole.Part, whole.Occasions, whole.Table = byMonth, true, true
	pattern("occasions", whole)
	pattern(silences, model.PatternAsked{Part: silences})
	all, err := w.desk.Pattern(ctx, model.PatternQuery{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	pattern("silences-of-one", model.PatternAsked{Part: silences, PatternQuery: model.PatternQuery{Person: all.People()[0].Key}})
	served := model.Moment{Moment: casework.Moment{At: time.Date(2025, 9, 12, 0, 0, 0, 0, time.UTC), Day: true}}
	pattern("around-part", model.PatternAsked{Part: around, PatternQuery: model.PatternQuery{From: "1 Sep 2025", To: "1 Oct 2025"}, Moment: served})
	for _, l := range patternSides() {
		pattern(l.Value, model.PatternAsked{Part: sides, List: l.Value})
	}
	for _, by := range besideBy() {
		pattern("beside-"+by.Value, model.PatternAsked{Part: twoSides, BesideBy: by.Value, Other: model.Period{From: "1 Oct 2025", To: "31 Oct 2025"}})
		pattern("channels-"+by.Value, model.PatternAsked{Part: twoSides, BesideBy: by.Value, Channels: true})
	}
	return list
}

// TestWhoeverLooksCloserReadsNoEnglish: nor is there an English word of ours on the pages
// of the law, the course of conduct and the pattern.
func TestWhoeverLooksCloserReadsNoEnglish(t *testing.T) {
	w := practised(t)
	inWelsh(t)
	english := newEnglishWords(t, w)
	english.evidence += theirOwn(t, w)
	noEnglish(t, w, english, closerPages)
}

// theirOwn are what a page shows of the law by its own name, and of the course in the
// person's own words.
func theirOwn(t *testing.T, w *Window) (all string) {
	t.Helper()
	ctx := t.Context()
	of, err := w.desk.Offences(ctx, model.LawAsked{}, w.env.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range of.List {
		p, err := w.desk.Offence(ctx, o.Value, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range p.About {
			if f.Name == "What the law calls it" {
				all += "\n" + f.Text
			}
		}
	}
	shelf, _, err := w.desk.Guidance(ctx, w.env.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range shelf {
		all += "\n" + g.Title + "\n" + g.From
		if !strings.Contains(g.From, "England and Wales") {
			all += strings.Join(g.Lines, "\n")
		}
	}
	c, err := w.desk.Course(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range c.Steps {
		for _, e := range s.Effect {
			all += "\n– Effaith: " + e + "\n– teimlad: " + e
		}
	}
	return all
}

// TestSentencesOfThePatternHaveWelsh: nor is one of those that the sample case does not
// lead to.
func TestSentencesOfThePatternHaveWelsh(t *testing.T) {
	inWelsh(t)
	values := strings.NewReplacer("%d", "3", "%s", "1 October 2025")
	for _, s := range casework.Sentences() {
		if text := values.Replace(strings.TrimPrefix(strings.TrimPrefix(s, "; "), ", ")); said(text) == text {
			t.Errorf("%q has no Welsh", text)
		}
	}
}

// noEnglish names every text of ours on some pages that has an English word.
func noEnglish(t *testing.T, w *Window, english *englishWords, pages func(*testing.T, *Window) []scene) {
	t.Helper()
	told := map[string]bool{}
	for _, s := range pages(t, w) {
		w.stop()
		w.show(homeID)
		s.show()
		if os.Getenv("DAYBOOK_PICTURES") != "" {
			looked(t, w, "welsh-"+s.name)
		}
		for _, text := range w.allTexts() {
			if found := english.in(text); len(found) > 0 && !told[text] {
				told[text] = true
				t.Errorf("%s: %q has %v", s.name, text, found)
			}
		}
	}
}

// keepingOut are the pages on which words and parts of pictures are kept from the other
// side, and that of what was found all the same.
func keepingOut(t *testing.T, w *Window, walk *bundleWalk) (list []scene) {
	t.Helper()
	for i, why := range timeline.Withholds() {
		if err := w.desk.KeepOut(t.Context(), fmt.Sprintf("Zzyzx %d", 1000+i), why.Code); err != nil {
			t.Fatal(err)
		}
	}
	plan, err := w.desk.Plan(t.Context(), model.Handover{Served: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	leak := model.Leak{What: "Protected word (address)", Words: "2025", Places: []string{"found 12 times in all"}, Exhibits: plan.Exhibits[:1], Pictures: 1}
	list = append(list,
		scene{"keep-out", func() { w.show(bundleID); w.put(w.page, walk.keepOut()) }},
		scene{"found", func() {
			w.show(bundleID)
			w.put(w.page, walk.found(&model.Found{Leaks: []model.Leak{leak}, Looked: "3 files were looked through for 2 things that the pack withholds."}))
		}})
	for _, e := range plan.Exhibits {
		if _, err := w.desk.Painting(e.Item); err == nil {
			return append(list, scene{"painting", func() { w.show(bundleID); walk.hidePart(e) }})
		}
	}
	return list
}
