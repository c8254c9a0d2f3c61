package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daybook/evidence"
	"daybook/timeline"
	"daybook/ui/model"
)

// TestEveryDialog draws what stands over the page: something told, something
// asked, work under way, the notice, and what pages ask for.
func TestEveryDialog(t *testing.T) {
	w := practised(t)
	w.show(homeID)
	p := shownTimeline(t, w)
	long := strings.Repeat("a sentence that goes on ", 9) + longWord + " " + arabicName
	for name, show := range map[string]func(){
		"told": func() { w.tell(errors.New(long)) },
		"asked": func() {
			w.ask("Shut this device out, "+longWord+"?", long, "Shut it out for good and all", "Leave it as it is for now", nil)
		},
		"notice": func() { w.chosen.Notice = 0; w.afterNotice(nil) },
		"mark": func() {
			p.list.pickAll()
			p.markDialog()
		},
		"original": func() { p.original(0) },
		"choose":   func() { w.chooseFolder(nil) },
	} {
		t.Run(name, func(t *testing.T) {
			w.inEveryManner(t, "dialog-"+name, func() { w.stop(); show() })
			w.stop()
		})
	}
}

// TestWorkUnderWay draws the bar while something is done, and after Cancel.
func TestWorkUnderWay(t *testing.T) {
	w := window(t, Options{})
	w.inEveryManner(t, "dialog-work", func() {
		w.stop()
		w.env.Go = func(work func()) { work() }
		w.env.Do = func(f func()) {
			if w.job != nil && w.job.bar.Value == 0 {
				f()
			}
		}
		w.runJob("Adding", func(_ context.Context, p evidence.Progress) error {
			p(40, 100, longWord+" "+arabicName)
			return nil
		}, func(error) {})
		w.job.stopping()
	})
	w.stop()
}

// TestFirstSteps draws the steps that make a case, and the neutral sheet.
func TestFirstSteps(t *testing.T) {
	w := window(t, Options{})
	f := model.CreateForm{Folder: "/home/maya/" + longWord, Name: "notes", Title: longWord, Actor: arabicName, Zone: "Europe/London", Passphrase: "tin", Again: "whistle"}
	anew := func() {
		w.stop()
		w.view.loses = nil // what is typed here may be lost
		w.show(createID)
	}
	w.inEveryManner(t, "first-form", func() { anew(); w.put(w.page, createView(w, f)) })
	w.inEveryManner(t, "first-words", func() { anew(); w.recovery(f) })
	w.inEveryManner(t, "first-suggested", func() { anew(); w.tap(t, "Suggest one") })
	w.stop()
	w.inEveryManner(t, "hidden", w.hide)
}

// TestEveryDetail draws all that is known of an event of each kind.
func TestEveryDetail(t *testing.T) {
	w := practised(t)
	for _, kind := range []timeline.Kind{timeline.Message, timeline.Email, timeline.Call, timeline.Photo, timeline.Incident} {
		w.inEveryManner(t, "detail-"+string(kind), func() {
			p := shownTimeline(t, w)
			for line := range p.look.Rows.Len() {
				if event, ok := p.look.Rows.Event(line); ok && p.look.Pages.Row(event).Kind == kind {
					p.list.goTo(line)
					p.openCurrent()
					return
				}
			}
			t.Errorf("there is no %s in the sample case", kind)
		})
	}
}

// TestLongNames draws the steps of pages in which names stand, with names that
// cannot be broken, from right to left and in pictures.
func TestLongNames(t *testing.T) {
	w := longNamed(t)
	for _, step := range []struct {
		name string
		show func(*timelineView)
	}{
		{"detail", func(p *timelineView) { p.list.goTo(1); p.openCurrent() }},
		{"filter", func(p *timelineView) { p.toggle(p.filter.box, true) }},
		{"lanes", func(p *timelineView) { p.toggleLanes() }},
		{"picked", func(p *timelineView) { p.list.pickAll() }},
	} {
		w.inEveryManner(t, "long-timeline-"+step.name, func() { step.show(shownTimeline(t, w)) })
	}
	for n := range 4 {
		w.inEveryManner(t, "long-person-"+string(rune('1'+n)), func() {
			p := newPeopleView(w)
			p.look()
			w.put(mustFind(t, peopleID), p.view())
			p.list.goTo(n)
			p.open(false)
		})
	}
	for _, o := range outcomes(t, w) {
		w.inEveryManner(t, "long-outcome", func() { w.show(addID); w.outcome(o) })
	}
}

func outcomes(t *testing.T, w *Window) (list []model.Outcome) {
	t.Helper()
	lines, err := w.desk.Outcomes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		o, err := w.desk.Outcome(t.Context(), l.Batch)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, o)
	}
	return list
}

// TestNamesRunBothWays draws the pages on which names stand with names that are
// read from right to left, with numbers and brackets beside them.
func TestNamesRunBothWays(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	dir := t.TempDir()
	const hebrew = "דנה (עבודה) 2"
	var chat strings.Builder
	for day, name := range []string{hebrew, arabicName, hebrew, "Maya"} {
		fmt.Fprintf(&chat, "%d/12/2024, 21:05 - %s: %s (3)\n", 20+day, name, name)
	}
	for name, text := range map[string]string{"WhatsApp Chat with " + hebrew + ".txt": chat.String(), arabicName + " 7.xyz": "nobody reads this"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.desk.Add(t.Context(), "Maya", []string{dir}, nil); err != nil {
		t.Fatal(err)
	}
	b, err := w.desk.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(b.Rows, func(r model.PersonRow) bool { return r.Face.Name == hebrew })
	if at < 0 {
		t.Fatalf("nobody is called %s", hebrew)
	}
	walk := &bundleWalk{w: w, h: model.Handover{Served: true}}
	for name, show := range map[string]func(){
		"people":   func() { w.desk.KeepPerson(b.Rows[at].Number); w.show(peopleID) },
		"pattern":  func() { w.showPattern(b.Rows[at].Number) },
		"timeline": func() { w.show(timelineID) },
		"bundle-2": func() { w.show(bundleID); walk.to(1) },
		"bundle-3": func() { w.show(bundleID); walk.to(2) },
		"bundle-4": func() { w.show(bundleID); walk.to(3) },
	} {
		w.inEveryManner(t, "both-ways-"+name, show)
	}
}
