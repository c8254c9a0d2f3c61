package profiles

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"daybook/assets/dated"
)

func all(t *testing.T) []Profile {
	t.Helper()
	list, err := All()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestEveryProfileLoads(t *testing.T) {
	found := map[ID]bool{}
	for _, p := range all(t) {
		for _, r := range p.Rules {
			found[r.ID] = true
			if !strings.HasSuffix(r.Words, ".") && !strings.HasSuffix(r.Words, "…") {
				t.Errorf("%s, %s: %q is no sentence", p.ID, r.ID, r.Words)
			}
		}
	}
	for _, id := range IDs() {
		if !found[id] {
			t.Errorf("no profile has the rule %s", id)
		}
	}
}

func TestAProfileIsFoundInAnyCapitals(t *testing.T) {
	p, err := Named("ew-GENERAL-2021")
	if err != nil || p.ID != "EW-general-2021" {
		t.Errorf("%q, %v", p.ID, err)
	}
	if _, err := Named("EW-general-2020"); !errors.Is(err, ErrUnknown) || !strings.Contains(err.Error(), "EW-family-2026") {
		t.Errorf("an unknown one: %v", err)
	}
}

// What a profile says and the program does not know is refused, never passed
// over: a rule that is not looked for would seem to be kept.
func TestWhatIsNotKnownIsRefused(t *testing.T) {
	good := `{"id":"x","name":"N","title":"X","about":"Y.","numbering":"pages","rules":[` +
		`{"id":"file-size","words":"W.","numbers":{"megabytes":3},"source":{"document":"D","url":"https://example.org/"},"checked_on":"2026-11-25"}]}`
	if _, err := parse([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, bad := range [][2]string{
		{"file-size", "file-colour"}, {`"megabytes":3`, `"megabytes":0`}, {`"megabytes":3`, `"gigabytes":3`}, {`"megabytes":3`, ``},
		{`"megabytes":3`, `"megabytes":3,"dpi":4`}, {"2026-11-25", "25 November"}, {`"pages"`, `"chapters"`}, {`"words":"W."`, `"words":""`},
		{`"document":"D"`, `"document":""`}, {"https:", "http:"}, {`,"url":"https://example.org/"`, ``}, {`"title"`, `"heading"`}, {`"name":"N",`, ``},
		{`"checked_on"`, `"in_force_from":"2026-02-30","checked_on"`}, {`"checked_on"`, `"in_force_from":"2026-02-03","in_force_to":"2026-02-02","checked_on"`},
		{`"words"`, `"severity":1,"words"`}, {`}]}`, `}]} {}`}, {`"rules":[`, `"rules":[` + good[strings.Index(good, `{"id":"file-size"`):len(good)-2] + `,`},
	} {
		text := strings.Replace(good, bad[0], bad[1], 1)
		if text == good {
			t.Fatalf("%s is not in the profile", bad[0])
		}
		if p, err := parse([]byte(text)); err == nil {
			t.Errorf("%s in place of %s is taken: %+v", bad[1], bad[0], p)
		}
	}
}

func TestAnOldProfileWarns(t *testing.T) {
	for _, p := range all(t) {
		on, err := time.Parse(time.DateOnly, p.CheckedOn())
		if err != nil {
			t.Fatal(err)
		}
		says := func(now time.Time) bool {
			return slices.ContainsFunc(p.Warnings(now), func(w string) bool { return strings.Contains(w, "more than six months ago") })
		}
		if says(on) || says(on.AddDate(0, 6, 0)) || !says(on.AddDate(0, 6, 1)) {
			t.Errorf("%s, looked up on %s: it warns too early or too late", p.ID, p.CheckedOn())
		}
	}
}

func TestARuleHoldsInItsTime(t *testing.T) {
	p, err := Named("EW-family-2026")
	if err != nil {
		t.Fatal(err)
	}
	day := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	if _, ok := p.Rule(PageCount, day("2026-03-01")); ok {
		t.Error("it holds before it is in force")
	}
	if _, ok := p.Rule(PageCount, day("2026-03-02")); !ok {
		t.Error("it does not hold on its first day")
	}
	if w := p.Warnings(day("2026-03-01")); len(w) == 0 || !strings.Contains(w[0], "in force only from 2026-03-02") {
		t.Errorf("%q", w)
	}
	p.To = "2027-01-01"
	if w := p.Warnings(day("2027-01-02")); len(w) == 0 || !strings.Contains(w[0], "until 2027-01-01") {
		t.Errorf("%q", w)
	}
}

// A profile that is written out is read again as the same.
func TestAProfileIsPlainData(t *testing.T) {
	for _, p := range all(t) {
		data, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parse(data); err != nil {
			t.Errorf("%s: %v", p.ID, err)
		}
	}
}

// A warning of rules that were not read in the court's own words names them.
func TestWarningsNameTheRulesNotReadInTheCourtsWords(t *testing.T) {
	p := Profile{Title: "T", Rules: []Rule{{ID: Opens, Entry: dated.Entry{CheckedOn: "2026-03-01", Verify: true}}, {ID: PageNumber, Entry: dated.Entry{CheckedOn: "2026-03-01"}}}}
	now := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	if w := p.Warnings(now); len(w) != 1 || !strings.Contains(w[0], "One rule of T, opens, was not read") {
		t.Error(w)
	}
	p.Rules[1].Verify = true
	if w := p.Warnings(now); len(w) != 1 || !strings.HasSuffix(w[0], "before you rely on them: opens, page-number.") {
		t.Error(w)
	}
}
