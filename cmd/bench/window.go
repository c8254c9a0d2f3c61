package main

import (
	"fmt"
	"os/exec"
	"strings"
)

// window measures the real window with the case of the long chat, on a display
// of its own: what a person waits for, and the most memory held.
func (b *bench) window() error {
	if _, err := exec.LookPath("Xvfb"); err != nil {
		fmt.Fprintln(b.out, "window\t\t\t\tXvfb is not installed")
		return nil
	}
	out, err := b.time("window: go test -bench", "with the test's own start", []string{"DAYBOOK_BENCH_CASE=" + b.path("chat.daybook")},
		"go", "test", "-tags=x11", "-run", "^$", "-bench", "Window$", "-benchtime", "1x", "./cmd/daybook")
	if err != nil {
		return err
	}
	m := metrics(out.stdout)
	fmt.Fprintf(b.out, "  start %.1f s, unlocking %.1f s, the timeline %.1f s: usable after %.1f s (allowed: 3)\n", m["ms-start"]/1000, m["ms-unlock"]/1000, m["ms-timeline"]/1000, (m["ms-start"]+m["ms-unlock"]+m["ms-timeline"])/1000)
	fmt.Fprintf(b.out, "  a search %.0f ms; Cancel while adding is answered after %.0f ms (allowed: 200), the work has ended after %.0f ms\n", m["ms-search"], m["ms-cancel"], m["ms-stopped"])
	fmt.Fprintf(b.out, "  at most %.0f MB held after 100 pages, %.0f MB after 1000 (allowed: 600)\n", m["MB-100-pages"], m["MB-1000-pages"])
	return nil
}

// list measures what the list costs the window's goroutine a frame.
func (b *bench) list(wanted bool) error {
	if !wanted {
		return nil
	}
	out, err := b.time("list: go test -bench", "a million events, with making them", nil,
		"go", "test", "-tags=x11", "-run", "^$", "-bench", "Timeline$", "-benchtime", "200x", "./ui")
	if err != nil {
		return err
	}
	for line := range strings.Lines(out.stdout) {
		if name, ok := strings.CutPrefix(line, "BenchmarkTimeline/"); ok {
			m := metrics(line)
			fmt.Fprintf(b.out, "  %s: %.1f ms a frame, one in a hundred %.1f ms (allowed: 16)\n", strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == ' ' || r == '\t' })[0], m["ms-p50"], m["ms-p99"])
		}
	}
	return nil
}

// metrics are the figures of a benchmark's lines, by their units.
func metrics(out string) map[string]float64 {
	all := map[string]float64{}
	for line := range strings.Lines(out) {
		words := strings.Fields(line)
		if len(words) < 2 || !strings.HasPrefix(words[0], "Benchmark") {
			continue
		}
		for i := 2; i+1 < len(words); i += 2 {
			var v float64
			if n, _ := fmt.Sscan(words[i], &v); n == 1 {
				all[words[i+1]] = v
			}
		}
	}
	return all
}
