package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAClockIsPutRightAndTakenBack: from the details of an event to the times
// put right, the statement listed, and taken back.
func TestAClockIsPutRightAndTakenBack(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	name := filepath.Join(t.TempDir(), "chat.txt")
	if err := os.WriteFile(name, []byte("24/12/2024, 21:05 - Dan R: the lantern\n25/12/2024, 09:15 - Maya: the gate\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := w.desk.Add(t.Context(), "", []string{name}, nil); err != nil {
		t.Fatal(err)
	}
	w.show(clockID)
	wants(t, w, "open an event of that device")
	p := shownTimeline(t, w)
	p.list.goTo(1)
	p.openCurrent()
	w.tap(t, "Its clock was wrong…")
	if f := focusedField(t, w); f.question != "How far was the clock wrong?" {
		t.Errorf("%q has the keys", f.question)
	}
	w.fields()[0].SetText("a while")
	w.tap(t, "Put the times right")
	wants(t, w, "Write how far the clock was wrong")
	w.tap(t, "OK")
	w.fields()[0].SetText("1 h 7 min")
	w.tap(t, "Put the times right")
	wants(t, w, "Say how you know it first")
	w.tap(t, "OK")
	w.fields()[3].SetText("compared with the oven")
	w.fields()[1].SetText("1 January 2025")
	w.fields()[2].SetText("24 December 2024")
	w.tap(t, "Put the times right")
	wants(t, w, "The clock was wrong until before it began to be")
	w.tap(t, "OK")
	w.fields()[1].SetText("")
	looked(t, w, "clock")
	w.tap(t, "Put the times right")
	wants(t, w, "What was said and holds", "The clock was 1 hour 7 minutes slow, until 25 December 2024 00:00.", "compared with the oven", "chat.txt, said by Maya")
	looked(t, w, "clock-said")
	p = shownTimeline(t, w)
	p.list.goTo(1)
	p.openCurrent()
	wants(t, w, "22:12")
	p = shownTimeline(t, w)
	p.list.goTo(3)
	p.openCurrent()
	if s := w.words(); !strings.Contains(s, "09:15") || strings.Contains(s, "25 Dec 2024 10:22") {
		t.Errorf("what the statement is not about: %s", s)
	}
	w.show(clockID)
	w.tap(t, "Take it back…")
	w.tap(t, "Take it back")
	if list, err := w.desk.Clocks(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("still holds: %+v, %v", list, err)
	}
}
