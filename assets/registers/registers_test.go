package registers

import (
	"regexp"
	"strings"
	"testing"
)

func TestEveryRegisterLoads(t *testing.T) {
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	private := map[string]bool{"support": true, "assessment": true, "wish": true, "safety": true, "helper": true, "answer": true, "health": true, "force": true}
	for _, r := range all {
		if r.Private != private[r.Kind] {
			t.Errorf("%s: private is %v", r.Kind, r.Private)
		}
		if r.Final != (r.Kind == "review") {
			t.Errorf("%s: final is %v", r.Kind, r.Final)
		}
	}
}

// That somebody assessed the risk is kept, and no question of any tool.
func TestNoNamedRiskTool(t *testing.T) {
	if found := regexp.MustCompile(`\b(S-?DASH|DASH|SASH|SAM|SRP|DARA|SHARP|SST)\b`).Find(data); found != nil {
		t.Errorf("it names %s", found)
	}
}

func TestWhatIsNotKnownIsRefused(t *testing.T) {
	good := string(data)
	for _, bad := range [][2]string{
		{`"about"`, `"aim"`}, {`"type": "choice"`, `"type": "guess"`}, {`"kind": "report"`, `"kind": "notice"`}, {`"of": "order"`, `"of": ""`},
		{`"required_if": "state=done"`, `"required_if": "state=lost"`}, {`"id": "by"`, `"id": "how"`}, {`"served": true,
      "detail"`, `"served": false,
      "detail"`}, {`"occurred": "When it was reported"`, `"occurred": ""`},
		{`"private": true,
      "served": false`, `"private": true,
      "served": true`},
	} {
		text := strings.Replace(good, bad[0], bad[1], 1)
		if text == good {
			t.Fatalf("%s is not in the registers", bad[0])
		}
		if _, err := parse([]byte(text)); err == nil {
			t.Errorf("%s in place of %s is taken", bad[1], bad[0])
		}
	}
}
