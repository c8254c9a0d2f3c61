//go:build linux

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daybook/assets/sample"
	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/importers"
	"daybook/importers/all"
	"daybook/timeline"
)

// What make bench gives: a case that is large, and its passphrase. Without them
// a small one is measured.
const (
	benchCase = "DAYBOOK_BENCH_CASE"
	benchPass = "DAYBOOK_PASSPHRASE"
)

// BenchmarkWindow measures the real window from outside, as a person waits for
// it: the start, unlocking, the timeline, a search, the most memory held after
// pages were scrolled, and how soon Cancel answers and the work ends. Each time
// has the way of the key and of the question in it, some 50 ms.
func BenchmarkWindow(b *testing.B) {
	c, pass := os.Getenv(benchCase), os.Getenv(benchPass)
	if c == "" {
		c, pass = smallCase(b), passphrase
	}
	added := longChat(b, 300_000+os.Getpid()%1000) // another one each time, so that it is not known yet
	for b.Loop() {
		s := newScreen(b)
		took := func(name string, from time.Time, words ...string) {
			s.shows(words...)
			b.ReportMetric(float64(time.Since(from).Milliseconds()), name)
		}
		from := time.Now()
		s.start(c)
		took("ms-start", from, "Passphrase")
		s.writes(pass)
		from = time.Now()
		s.key("Return")
		took("ms-unlock", from, "See the timeline")
		from = time.Now()
		s.key("ctrl+4")
		took("ms-timeline", from, "events · ", "Dan R")
		s.writes("baca")
		from = time.Now()
		s.key("Return")
		took("ms-search", from, "Show everything")
		s.clicks("Show everything")
		s.clicks("Dan R")
		s.pages(100)
		b.ReportMetric(s.peak(), "MB-100-pages")
		s.pages(900)
		b.ReportMetric(s.peak(), "MB-1000-pages")
		s.drop(added)
		s.shows("These will be added")
		s.key("Return")
		s.until("it adds", func(g glimpse) bool {
			return strings.Contains(g.text(), "Cancel") && !strings.Contains(g.text(), "Beginning")
		})
		from = time.Now()
		pressed := make(chan struct{})
		go func() { defer close(pressed); s.key("space") }() // xdotool waits after the key
		// "Stopping", or "Stopped" where the end came before a look could be taken.
		s.until("it heard Cancel", func(g glimpse) bool { return strings.Contains(g.text(), "Stopp") })
		b.ReportMetric(float64(time.Since(from).Milliseconds()), "ms-cancel")
		<-pressed
		s.until("it has stopped", func(g glimpse) bool { return strings.Contains(g.text(), "Stopped") })
		b.ReportMetric(float64(time.Since(from).Milliseconds()), "ms-stopped")
		stop(s.cmd)
	}
}

// pages scrolls on by so many pages, as fast as a held key does.
func (s *screen) pages(n int) {
	s.t.Helper()
	s.tool("xdotool", append([]string{"key", "--delay", "20"}, strings.Fields(strings.Repeat("Page_Down ", n))...)...)
	last, still := "", 0
	s.until("the list stands still", func(g glimpse) bool {
		if still++; g.text() != last {
			last, still = g.text(), 0
		}
		return still == 5
	})
}

// longChat writes an export of so many messages.
func longChat(b *testing.B, messages int) string {
	b.Helper()
	name := filepath.Join(b.TempDir(), "WhatsApp Chat with Dan R.txt")
	f, err := os.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	if err := errors.Join(sample.LongChat(f, messages), f.Close()); err != nil {
		b.Fatal(err)
	}
	return name
}

// smallCase makes a case of some messages.
func smallCase(b *testing.B) string {
	b.Helper()
	words, err := keys.NewWords()
	if err != nil {
		b.Fatal(err)
	}
	dir := filepath.Join(b.TempDir(), "notes.daybook")
	c, err := evidence.Create(dir, evidence.CreateOptions{Title: title, Zone: "Europe/London", Actor: keeper, Passphrase: passphrase, Words: words, Weak: true, KDF: keys.LeastCost()})
	if err != nil {
		b.Fatal(err)
	}
	x, err := timeline.Open(b.Context(), c)
	if err != nil {
		b.Fatal(err)
	}
	run := importers.Run{Case: c, Index: x, Set: all.Importers(nil), Limits: importers.DefaultLimits, Assume: importers.Assume{Zone: c.Zone()}}
	if _, err := run.Add(b.Context(), "", longChat(b, 2000)); err != nil {
		b.Fatal(err)
	}
	if err := c.Close(); err != nil {
		b.Fatal(err)
	}
	return dir
}

// peak is the most memory that the program has held, in megabytes.
func (s *screen) peak() float64 {
	s.t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.pid))
	if err != nil {
		s.t.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		var kB float64
		if n, _ := fmt.Sscanf(line, "VmHWM: %f kB", &kB); n == 1 {
			return kB / 1024
		}
	}
	s.t.Fatal("no VmHWM")
	return 0
}
