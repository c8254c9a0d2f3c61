//go:build linux || darwin

package report

import (
	"regexp"
	"strings"
	"testing"

	"daybook/assets/papers"
	"daybook/timeline"
)

// Whatever a paper may list, its counts are those of the record: one that was left
// out of served packs is counted in each, and so the papers for one reader agree.
// That something is kept out stands where it would have stood, and the reason only
// where it gives nothing away.
func TestPapersAgreeOnTheirCounts(t *testing.T) {
	k := newCase(t)
	for _, what := range []string{"He stood there.", "He rang the clinic."} {
		must(k.x.WriteIncident(t.Context(), timeline.IncidentDraft{Occurred: at(t, "2024-03-15 08:10"), What: what, AimedAt: "the twins", Codes: []string{"FOLLOW"}}))(t)
	}
	k.leaveOut(t, "rang the clinic", "private")
	read := func(name string) string {
		t.Helper()
		_, text, _ := k.made(t, must(papers.Named(name))(t), PaperAsk{})
		return text
	}
	events := regexp.MustCompile(`Events: (\d+)`)
	for _, name := range []string{"pack-police", "pack-prosecutor", "officer-brief", "pack-advocate", "pack-marac"} {
		if text := read(name); events.FindString(text) != "Events: 3" {
			t.Errorf("%s: %q in %s", name, events.FindString(text), text)
		}
	}
	for name, kept := range map[string]bool{"pack-marac": true, "pack-advocate": false, "pack-school": false, "pack-employer": false, "intake": false, "feedback": false, "pack-police": false} {
		if text := read(name); strings.Contains(text, "Kept out of this paper: 1 event.") != kept || strings.Contains(text, "family court is noted") || strings.Contains(text, "clinic") != (name == "pack-police") {
			t.Errorf("%s: %s", name, text)
		}
	}
	k.tag(t, "stood there", tagFamilyCourt, "")
	for _, name := range []string{"pack-police", "officer-brief", "statistics", "pack-prosecutor"} {
		text := read(name)
		if n := events.FindString(text); n != "" && n != "Events: 2" || strings.Contains(text, "stood there") {
			t.Errorf("%s: %q in %s", name, n, text)
		}
	}
	if text := read("pack-police"); !strings.Contains(text, "no permission of the family court is noted: 1 event.") {
		t.Errorf("pack-police: %s", text)
	}
}

// A field that no incident says takes no column from the others, and is named below.
func TestAPaperHasNoEmptyColumn(t *testing.T) {
	k := newCase(t)
	must(k.x.WriteIncident(t.Context(), timeline.IncidentDraft{Occurred: at(t, "2024-03-15 08:10"), What: "He stood there."}))(t)
	p, text, _ := k.made(t, must(papers.Named("pack-prosecutor"))(t), PaperAsk{})
	for _, i := range p.Items {
		if i.ID != "incidents" {
			continue
		}
		for _, c := range i.Blocks[0].(Table).Cols {
			if c.Title == "Where it stands in the bundle" {
				t.Error("an empty column")
			}
		}
	}
	if !strings.Contains(text, "Not said: ") || !strings.Contains(text, "Where it stands in the bundle") {
		t.Errorf("%s", text)
	}
}
