//go:build linux

package model

import (
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// BenchmarkHandOver writes a bundle of the case that make bench gives, as the window
// does it: the case lies open, and its pictures were prepared beside the person's work.
// It is cut into volumes, written, kept as a numbered one, and held against the rules.
func BenchmarkHandOver(b *testing.B) {
	dir := os.Getenv("DAYBOOK_BENCH_CASE")
	if dir == "" {
		b.Skip("make bench gives a case in DAYBOOK_BENCH_CASE")
	}
	HoldLittle() // as the window does
	d := stranger()
	if err := d.Unlock(b.Context(), dir, os.Getenv("DAYBOOK_PASSPHRASE"), nil); err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := d.Lock(); err != nil {
			b.Error(err)
		}
	}()
	if err := d.PrepareAhead(b.Context()); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		p, err := d.Place(b.TempDir(), "bundle")
		if err != nil {
			b.Fatal(err)
		}
		began, used := time.Now(), processor(b)
		if _, err := d.HandOver(b.Context(), Handover{Cut: "500"}, p, nil); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(began).Seconds(), "s-wall")
		b.ReportMetric(processor(b)-used, "s-cpu")
		b.ReportMetric(peak(b), "MB-peak")
		if err := os.RemoveAll(p.Path()); err != nil {
			b.Fatal(err)
		}
	}
}

// processor is how many seconds of it this process has had.
func processor(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}

// peak is the most memory that this process has held.
func peak(b *testing.B) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kb, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		b.Fatal(err)
	}
	return float64(kb) / 1024
}
