package model

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"plain":               "plain",
		"evil \u202egpj.exe":  "evil [U+202E]gpj.exe",
		"zero\u200bwidth":     "zero[U+200B]width",
		"می\u200cخواهم":       "می\u200cخواهم", // letters that must not join
		"👩\u200d🔧 ok":         "👩\u200d🔧 ok",
		"a\x00b\x1b[31m":      "a[U+0000]b[U+001B][31m",
		"cut \xff here":       "cut [0xFF] here",
		"one\r\ntwo\rthree\n": "one\ntwo\nthree\n",
		"tab\there":           "tab here",
		"@\u2068Dan\u2069 hi": "@\u2068Dan\u2069 hi",
	} {
		if got, _ := Visible(in, nil); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := oneLine("a\nb\u202e"); got != "a b[U+202E]" {
		t.Errorf("%q", got)
	}
}

// TestHitsMoveWithTheText: what a hit covers stays the same letters, whatever
// was made visible before it, and an excerpt shows the first.
func TestHitsMoveWithTheText(t *testing.T) {
	part := rapid.SampledFrom([]string{"word ", "\u202e", "عربي ", "\x01", "汉字", strings.Repeat("long ", 90), "\n"})
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		var hits [][2]int
		for range rapid.IntRange(0, 6).Draw(t, "parts") {
			b.WriteString(part.Draw(t, "part"))
			if rapid.Bool().Draw(t, "hit") {
				hits = append(hits, [2]int{b.Len(), b.Len() + len("lantern")})
				b.WriteString("lantern ")
			}
		}
		text, moved := Visible(b.String(), hits)
		if len(moved) != len(hits) {
			t.Fatalf("%d hits of %d", len(moved), len(hits))
		}
		short, some := excerpt(b.String(), hits)
		if len(hits) > 0 && len(some) == 0 || utf8.RuneCountInString(short) > 8*excerptRunes {
			t.Fatalf("%d hits in %q", len(some), short)
		}
		for _, h := range moved {
			if text[h[0]:h[1]] != "lantern" {
				t.Fatalf("%q", text[h[0]:h[1]])
			}
		}
		for _, h := range some {
			if !strings.HasPrefix("lantern", short[h[0]:h[1]]) {
				t.Fatalf("in the excerpt: %q", short[h[0]:h[1]])
			}
		}
	})
}

func TestParseDate(t *testing.T) {
	for text, want := range map[string]string{
		"12 Mar 2025": "Wednesday 12 March 2025", "12 march 2025": "Wednesday 12 March 2025", "2025-03-12": "Wednesday 12 March 2025",
		"12/3/2025": "Wednesday 12 March 2025", "Wed 12 Mar 2025": "Wednesday 12 March 2025", "12.3.2025": "Wednesday 12 March 2025",
		"March 2025": "March 2025", "2025-03": "March 2025", "2025": "2025", " 12  Mar 2025, 14:30": "Wednesday 12 March 2025, 14:30",
	} {
		d, err := ParseDate(text, time.UTC)
		if err != nil || d.Text != want || !d.First.Before(d.Next) {
			t.Errorf("%q: %+v, %v", text, d, err)
		}
	}
	for _, text := range []string{"", "soon", "31 Feb 2025", "13/13/2025"} {
		if d, err := ParseDate(text, time.UTC); err == nil {
			t.Errorf("%q: %+v", text, d)
		}
	}
}

// What the diary takes for a day, a filter takes too; a clock that came twice
// is both times.
func TestDatesAreReadAsInTheDiary(t *testing.T) {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now().In(zone)
	for _, text := range []string{"yesterday", "14 March", "March 14th 2026", "14-03-2026", "last Monday"} {
		d, err := ParseDate(text, zone)
		want, werr := readDay(text, now)
		if err != nil || werr != nil || d.First.Format(time.DateOnly) != want.first.Format(time.DateOnly) {
			t.Errorf("%q: %+v, %v; in the diary %v, %v", text, d, err, want.first, werr)
		}
	}
	d, err := ParseDate("26 Oct 2025 01:30", zone)
	if err != nil || d.First.UTC().Format("15:04") != "00:30" || d.Next.UTC().Format("15:04") != "01:31" {
		t.Errorf("%v to %v, %v", d.First.UTC(), d.Next.UTC(), err)
	}
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{"Dan R": "DR", "Maya": "M", "+44 7700 900123": "23", "dan@example.org": "D", "محمد علي": "مع", "李": "李",
		"": "?", "Jean Luc Picard": "JP", "🌙": "?", "🌙🌻 Layla 🧡": "L", "Ann (2)": "A", "101": "01", "7": "7"} {
		if got := initials(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestLength(t *testing.T) {
	for in, want := range map[string]string{"158 s": "2:38", "42s": "0:42", "3725 s": "1:02:05", "": "", "a while": "a while"} {
		if got := length(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
