package pictures

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"daybook/timeline"
)

var monday = time.Date(2025, 10, 13, 9, 0, 0, 0, time.UTC)

// shot is a screenshot of some lines of a conversation, with what a telephone
// shows above and below.
func shot(name, heading string, lines []string) screen {
	text := "14:22\n" + heading + "\nonline\n" + strings.Join(lines, "\n") + "\nMessage"
	return newScreen(Picture{Name: name, Shot: true, Hash: [32]byte{name[0], byte(len(name)), name[len(name)-1]},
		When: timeline.FromInstant(monday, timeline.Second, "")}, text)
}

// conversation gives so many different messages.
func conversation(n int) []string {
	words := []string{"where", "station", "tonight", "green", "platform", "window", "brother", "kitchen", "eleven", "parcel", "garden"}
	var out []string
	for i := range n {
		out = append(out, words[i%11]+" "+words[(i/11+3)%11]+" "+words[(i*7+i/5)%11])
	}
	return out
}

func order(s Scroll) (names []string, gaps []int) {
	for i, step := range s.Steps {
		names = append(names, step.Picture.Name)
		if step.Gap {
			gaps = append(gaps, i)
		}
	}
	return names, gaps
}

func TestScrollsOfTwoConversations(t *testing.T) {
	dan, mum := conversation(20), []string{"did you eat today", "yes I did, at work", "come on Sunday then", "I will, thank you", "bring the blue box", "which blue box is it"}
	list := []screen{
		shot("c", "Dan R", dan[8:14]), shot("m2", "Mum", mum[2:]), shot("a", "Dan R", dan[0:6]), shot("m1", "Mum", mum[:4]),
		shot("d", "Dan R", dan[15:20]), shot("b", "Dan R", dan[4:10]), shot("a2", "Dan R", dan[0:6]),
	}
	got := scrolls(list)
	if len(got) != 2 {
		t.Fatalf("%d conversations: %+v", len(got), got)
	}
	names, gaps := order(got[0])
	if d := cmp.Diff([]string{"a", "b", "c", "d"}, names); d != "" || !slices.Equal(gaps, []int{3}) || got[0].Heading != "Dan R" {
		t.Errorf("%q: gaps before %v %s", got[0].Heading, gaps, d)
	}
	if d := cmp.Diff([]string{dan[4], dan[5]}, got[0].Steps[1].Shared); d != "" {
		t.Errorf("what the second shares with the first: %s", d)
	}
	if again := got[0].Steps[0].Again; len(again) != 1 || again[0].Name != "a2" {
		t.Errorf("taken twice: %v", again)
	}
	names, gaps = order(got[1])
	if d := cmp.Diff([]string{"m1", "m2"}, names); d != "" || gaps != nil || got[1].Heading != "Mum" {
		t.Errorf("%q: gaps before %v %s", got[1].Heading, gaps, d)
	}
}

// However screenshots of a conversation are shuffled, those that overlap come
// out in their order, and a gap is said to be exactly where they do not.
func TestScrollsInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := conversation(120)
		var list []screen
		var want []string
		var gaps []int
		at := 0
		for i := range rapid.IntRange(2, 8).Draw(t, "screens") {
			size := rapid.IntRange(4, 14).Draw(t, "lines")
			gap := false
			if i > 0 {
				back := rapid.IntRange(-1, 3).Draw(t, "overlap")
				if gap = back < 1; !gap {
					at -= min(back+1, 3)
				}
			}
			if gap {
				gaps = append(gaps, i)
				at++
			}
			if at+size > len(lines) {
				if gap {
					gaps = gaps[:len(gaps)-1]
				}
				break
			}
			s := shot(fmt.Sprintf("%c", 'a'+i), "Dan R", lines[at:at+size])
			s.When = timeline.FromInstant(monday.Add(time.Duration(i)*time.Minute), timeline.Second, "")
			list, want = append(list, s), append(want, s.Name)
			at += size
		}
		if len(list) < 2 {
			return
		}
		got := scrolls(rapid.Permutation(list).Draw(t, "shuffled"))
		if len(got) != 1 {
			t.Fatalf("%d conversations, want one", len(got))
		}
		names, found := order(got[0])
		if d := cmp.Diff(want, names); d != "" {
			t.Errorf("order: %s", d)
		}
		if !slices.Equal(gaps, found) {
			t.Errorf("gaps before %v, want %v", found, gaps)
		}
	})
}

// Misread letters do not hide an overlap, and words that merely look a little
// alike make none.
func TestAlike(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"I am at your platform", "1am at your plattorm", true},
		{"| am at your platform", "lam at your platform", true},
		{"Dan R", "DanR", true},
		{"Dan R", "Dan B", false},
		{"see you at eight", "see you at seven", false},
		{"yes", "yet", false},
	} {
		if got := alike(plainLine(c.a), plainLine(c.b)); got != c.want {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
	}
}

// edits counts as the whole table does.
func TestEdits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SliceOfN(rapid.RuneFrom([]rune("abc")), 0, 8)
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		want := tableEdits(a, b)
		if got := edits(a, b, 3); got != want && (want <= 3 || got <= 3) {
			t.Errorf("%q, %q: %d, want %d", string(a), string(b), got, want)
		}
	})
}

func tableEdits(a, b []rune) int {
	switch {
	case len(a) == 0:
		return len(b)
	case len(b) == 0:
		return len(a)
	case a[0] == b[0]:
		return tableEdits(a[1:], b[1:])
	}
	return 1 + min(tableEdits(a[1:], b), tableEdits(a, b[1:]), tableEdits(a[1:], b[1:]))
}

func TestShownTimes(t *testing.T) {
	for text, want := range map[string][]string{
		"14:22\nDan R\nI am at your platform 14:22\n09:05 pm": {"14:22", "09:05 pm"},
		"Monday 13 October 2025\nOct 3, 2025\n2025-10-13":     {"Monday 13 October 2025", "Oct 3, 2025", "2025-10-13"},
		"Yesterday\n13/10/25 at 7.30, 25:99 or 122":           {"Yesterday", "13/10/25"},
		"no time in it, 100 % of 12 words":                    nil,
	} {
		if d := cmp.Diff(want, ShownTimes(text)); d != "" {
			t.Errorf("%q: %s", text, d)
		}
	}
}
