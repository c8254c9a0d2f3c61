package papers

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestEveryPaperLoads(t *testing.T) {
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		for _, s := range p.Sections {
			for _, part := range s.Parts {
				if part.From != Register && part.From.Title() == "" {
					t.Errorf("%s, %s: nothing says what comes from %s", p.ID, s.ID, part.From)
				}
				if fields, err := part.Holds(); err != nil || len(fields) == 0 {
					t.Errorf("%s, %s: %d fields, %v", p.ID, s.ID, len(fields), err)
				}
			}
		}
		if again, err := Named(strings.ToUpper(p.ID)); err != nil || again.ID != p.ID {
			t.Errorf("%s: found as %s, %v", p.ID, again.ID, err)
		}
	}
	if len(all) < 20 {
		t.Errorf("%d papers", len(all))
	}
}

// What is not held is said under a heading that tells which part of a section it is: no
// two of one section are called alike.
func TestPartsOfASectionAreToldApart(t *testing.T) {
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		for _, s := range p.Sections {
			said := map[string]bool{}
			for _, part := range s.Parts {
				called := part.Title + ", " + string(part.From) + " " + part.Register
				if said[called] {
					t.Errorf("%s, %s: two parts are %q", p.ID, s.ID, called)
				}
				said[called] = true
			}
		}
	}
}

// Private registers stand in no paper that is not made for somebody who may see
// them: work, school and housing have none at all.
func TestWhoNeedsLittleGetsNothingPrivate(t *testing.T) {
	for _, id := range []string{"pack-housing", "pack-employer", "pack-school", "statistics", "intake", "help-card"} {
		p, err := Named(id)
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Private) > 0 || p.Whole {
			t.Errorf("%s: private %v, whole %v", id, p.Private, p.Whole)
		}
	}
}

// Safety stands first in a referral, and the items of the checklist are all there
// in an order that no case changes.
func TestTheReferralBeginsWithSafety(t *testing.T) {
	p, err := Named("referral")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, s := range p.Sections {
		ids = append(ids, s.ID)
	}
	if got := strings.Join(ids[:4], " "); got != "R11 R10 R12 R1" || len(ids) != 28 || !slices.Contains(ids, "R28") {
		t.Errorf("%v", ids)
	}
}

func TestNoNamedRiskTool(t *testing.T) {
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	if found := regexp.MustCompile(`\b(S-?DASH|DASH|SASH|SAM|SRP|DARA|SHARP|SST)\b`).Find(data); found != nil {
		t.Errorf("it names %s", found)
	}
}

func TestWhatIsNotKnownIsRefused(t *testing.T) {
	data, err := files.ReadFile("officer-brief.json")
	if err != nil {
		t.Fatal(err)
	}
	good := string(data)
	if _, err := parse(data); err != nil {
		t.Fatal(err)
	}
	for _, bad := range [][2]string{
		{`"about"`, `"aim"`}, {`"from": "course"`, `"from": "guess"`}, {`"id": "contact"`, `"id": "who"`}, {`"expires"`, `"expiry"`},
		{`"register": "report"`, `"register": "rumour"`}, {`"private": [
    "assessment"
  ]`, `"private": []`}, {`"author": "the Daybook project"`, `"author": ""`}, {`"review_by": "2027-05-26"`, `"review_by": "soon"`}, {`"group": "police"`, `"group": "friends"`},
	} {
		text := strings.Replace(good, bad[0], bad[1], 1)
		if text == good {
			t.Fatalf("%s is not in the paper", bad[0])
		}
		if _, err := parse([]byte(text)); err == nil {
			t.Errorf("%s in place of %s is taken", bad[1], bad[0])
		}
	}
}
