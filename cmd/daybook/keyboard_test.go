//go:build linux

package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"daybook/ui/model"
)

// typist does everything with the keyboard, and counts its keys.
type typist struct {
	*road
	pressed int // keys that lead
	typed   int // letters
}

func (y *typist) press(names ...string) {
	y.t.Helper()
	y.pressed += len(names)
	y.key(names...)
}

func (y *typist) types(text string) {
	y.t.Helper()
	y.typed += len(text)
	y.writes(text)
}

// tabs goes on with Tab until what has the keys says this. Wherever it stops on
// its way, what has the keys is in sight, and nothing is come to twice. A page that
// is longer than the window is gone through with Page Down before.
func (y *typist) tabs(says string) {
	y.t.Helper()
	at := y.glance().Keys
	for n := 0; !at.InSight && n < 20; n++ { // a page begins at its top, wherever on it the keys are
		y.press("Page_Down")
		time.Sleep(100 * time.Millisecond)
		at = y.glance().Keys
	}
	seen := map[string]bool{}
	for !strings.Contains(at.Says, says) {
		if seen[at.Which] {
			y.t.Fatalf("Tab went around and did not come to %q", says)
		}
		seen[at.Which] = true
		y.press("Tab")
		at = y.until(fmt.Sprintf("the keys are seen after %s %q", at.Kind, at.Says), func(now glimpse) bool {
			return now.Keys.Which != at.Which && now.Keys.InSight
		}).Keys
	}
}

// TestKeyboardAlone makes a case and writes an incident with the least fields,
// with no mouse, in the usual window and in a small one with text of 200 per cent.
func TestKeyboardAlone(t *testing.T) {
	for _, text := range []string{"100", "200"} {
		t.Run(text, func(t *testing.T) {
			y := &typist{road: &road{screen: newScreen(t), places: t.TempDir()}}
			y.start("--text", text)
			if text == "200" {
				y.tool("xdotool", "windowsize", "--sync", y.window, "900", "600")
			}
			began := time.Now()
			y.makesCase()
			t.Logf("a case: %d keys and %d letters, %.0f s beside a machine that does much else", y.pressed, y.typed, time.Since(began).Seconds())
			if y.pressed > 40 {
				t.Errorf("a case takes %d keys beside what is typed", y.pressed)
			}
			y.pressed, y.typed, began = 0, 0, time.Now()
			y.writesLeast()
			t.Logf("an incident: %d keys and %d letters, %.0f s beside a machine that does much else", y.pressed, y.typed, time.Since(began).Seconds())
			if y.pressed > 7 {
				t.Errorf("an incident takes %d keys beside what is typed", y.pressed)
			}
			y.key("ctrl+q")
			y.ended()
		})
	}
}

// makesCase goes from the first page to the open case.
func (y *typist) makesCase() {
	y.t.Helper()
	y.shows("Is this the safest place to keep it?")
	y.press("Return")
	y.shows("Before you type anything, take a minute")
	y.tabs("Go on here")
	y.press("Return")
	y.shows("Proposed because it is your own folder")
	y.tabs("What this is about")
	y.types(title)
	y.tabs("Your name")
	y.types(keeper)
	y.press("Tab", "Tab") // over the zone
	y.types(passphrase)
	y.press("Tab", "Tab") // over the suggestion
	y.types(passphrase)
	y.tabs("Next: the recovery words")
	y.press("Return")
	y.shows("Write these words down")
	words := y.readsDown(24)
	y.tabs("They are on paper")
	y.press("Return")
	y.givesWordsBack(words, y.shows("copy these three"))
	y.pressed, y.typed = y.pressed+3, y.typed+15 // Enter after each word
	y.shows("may be given to the other side")
	y.tabs("I have read this")
	y.press("Return")
	y.shows(title, "Write it down")
}

// readsDown reads a page down to its end, as far as so many recovery words.
func (y *typist) readsDown(least int) (all glimpse) {
	y.t.Helper()
	seen := map[string]bool{}
	for range 20 {
		for _, r := range y.glance().Runs {
			if numbered.MatchString(r.Text) && !seen[r.Text] {
				seen[r.Text] = true
				all.Runs = append(all.Runs, r)
			}
		}
		if len(seen) >= least {
			return all
		}
		y.press("Page_Down")
		time.Sleep(100 * time.Millisecond)
	}
	y.t.Fatalf("%d words are come to with Page Down", len(seen))
	return all
}

// writesLeast writes an incident with the least fields.
func (y *typist) writesLeast() {
	y.t.Helper()
	y.press("ctrl+2")
	y.until("the field has the keys", func(g glimpse) bool { return g.Keys.Kind == "*ui.formField" })
	y.types(incident)
	// A page begins at its top, and follows the keys from the first one on.
	y.until("the field is in sight", func(g glimpse) bool { return g.Keys.InSight })
	y.press("Tab")
	y.types("yesterday")
	y.press("Tab")
	y.types("6.30 pm")
	y.press("ctrl+Return")
	y.shows("Saved as entry")
}

// hider goes from page to page and hides from each kind of what can have the keys.
type hider struct {
	*screen
	dir    string // of the case
	tapped string // the key that hides
	from   []string
}

func (h *hider) unlocks() {
	h.t.Helper()
	h.shows("Unlock", "Passphrase")
	h.writes(passphrase)
	h.key("Return")
	h.shows("See the timeline")
}

// hidesFrom goes around a page with Tab, and hides from each kind of thing that it
// has not hidden from yet.
func (h *hider) hidesFrom(page string, open bool) {
	h.t.Helper()
	goes := func(steps int) glimpse {
		h.key(page)
		h.until(page, func(g glimpse) bool { return len(g.Runs) > 5 })
		for range steps {
			h.key("Tab")
		}
		return h.settled()
	}
	seen := map[string]bool{}
	g := goes(0)
	for steps := 0; !seen[g.Keys.Which] && steps < 40; steps++ {
		seen[g.Keys.Which] = true
		known := slices.Contains(h.from, g.Keys.Kind)
		if known && g.Keys.Kind == "*ui.railItem" {
			return // what stands around every page comes now
		}
		if !known {
			h.from = append(h.from, g.Keys.Kind)
			h.hidesAt(g.Keys.Kind)
			h.key("ctrl+o")
			if open {
				h.unlocks()
			}
			g = goes(steps)
			seen = map[string]bool{g.Keys.Which: true}
		}
		h.key("Tab")
		g = h.settled()
	}
}

// settled looks once the keys stay where they are.
func (h *hider) settled() glimpse {
	h.t.Helper()
	var last glimpse
	return h.until("the keys stay", func(g glimpse) bool {
		stays := g.Keys.Which == last.Keys.Which
		last = g
		return stays
	})
}

// hidesAt taps the key three times, quickly as a hand does, and again where the
// machine was too busy for it.
func (h *hider) hidesAt(from string) {
	h.t.Helper()
	tap := []string{"keydown", h.tapped, "sleep", "0.03", "keyup", h.tapped, "sleep", "0.06"}
	looks := 0
	h.until("hidden from "+from, func(g glimpse) bool {
		hidden := g.Keys.Kind == "*ui.textArea" && !strings.Contains(g.text(), "Help")
		if looks++; !hidden && looks%100 == 1 {
			h.tool("xdotool", slices.Concat(tap, tap, tap)...)
		}
		return hidden
	})
}

// TestTapsHideFromEverything taps Shift and Alt three times while each kind of
// what can have the keys has them, on each page of a real window.
func TestTapsHideFromEverything(t *testing.T) {
	for _, key := range []string{"shift", "alt"} {
		t.Run(key, func(t *testing.T) { tapsFromEverything(t, key) })
	}
}

func tapsFromEverything(t *testing.T, key string) {
	h := &hider{screen: newScreen(t), dir: secretCase(t), tapped: key}
	d := &model.Desk{}
	if err := d.Unlock(t.Context(), h.dir, passphrase, nil); err != nil {
		t.Fatal(err)
	}
	was := model.DefaultSettings()
	now := was
	now.Hide, now.Notice = key, 99
	if err := d.Keep(was, now); err != nil {
		t.Fatal(err)
	}
	if err := d.Lock(); err != nil {
		t.Fatal(err)
	}
	h.start(h.dir)
	h.unlocks()
	for _, page := range []string{"ctrl+1", "ctrl+2", "ctrl+3", "ctrl+4", "ctrl+5", "ctrl+6", "ctrl+7", "ctrl+8", "ctrl+h", "ctrl+k", "ctrl+comma"} {
		h.hidesFrom(page, true)
	}
	h.key("ctrl+l")
	for _, page := range []string{"ctrl+b", "ctrl+o", "ctrl+n", "ctrl+p"} {
		h.hidesFrom(page, false)
	}
	want := []string{"*ui.button", "*ui.card", "*ui.chips", "*ui.choosing", "*ui.formButton", "*ui.formField", "*ui.formTick", "*ui.line", "*ui.railItem", "*ui.rowList", "*ui.selection"}
	for _, kind := range want {
		if !slices.Contains(h.from, kind) {
			t.Errorf("no %s had the keys: %q did", kind, h.from)
		}
	}
	h.key("ctrl+q")
	h.ended()
}
